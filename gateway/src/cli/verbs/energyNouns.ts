// SPDX-License-Identifier: Apache-2.0
import { type Noun, row } from './noun.js';

const entity: Noun = {
    noun: 'entity',
    description: 'bring in nations, cooperatives and producers, and decide about them',
    verbs: [
        row(
            ...(['apply', 'EnergyRegistry:ApplyEntity', 'entityId kind evidence'] as const),
            "greenfield cooperative evidence.csv --display-name 'Greenfield eG' --country NL --parent-id netherlands",
        ),
        row('approve', 'EnergyRegistry:ApproveEntity', 'entityId', 'greenfield'),
        row('activate', 'EnergyRegistry:ActivateEntity', 'entityId', 'greenfield'),
        row('suspend', 'EnergyRegistry:SuspendEntity', 'entityId', "greenfield --reason 'audit open'"),
        row('reinstate', 'EnergyRegistry:ReinstateEntity', 'entityId', "greenfield --reason 'audit passed'"),
        row('revoke', 'EnergyRegistry:RevokeEntity', 'entityId', "greenfield --reason 'fraud proved'"),
        row(
            ...(['renew-evidence', 'EnergyRegistry:RenewEvidence', 'entityId kind digest'] as const),
            'greenfield authority-approval licence.pdf --issuer ACM --expires-at 2030-01-01',
        ),
        row('link', 'EnergyRegistry:LinkEntity', 'entityId', 'greenfield --parent-id netherlands'),
        row('show', 'EnergyRegistry:DescribeEntity', 'entityId', 'greenfield'),
        row('check', 'EnergyRegistry:CheckEntity', 'entityId', 'greenfield'),
        row(
            ...(['list', 'EnergyRegistry:ListEntities', '', '--all'] as const),
            'entityId kind country parentId state sponsor',
        ),
    ],
};

const facilityColumns = 'facilityId entityId type carrier nameplateW commissionedOn retiredOn';

const facility: Noun = {
    noun: 'facility',
    description: 'register the plants, storages and aggregates of energy entities',
    verbs: [
        row(
            ...([
                'register',
                'EnergyRegistry:RegisterFacility',
                'facilityId entityId type carrier nameplateW',
            ] as const),
            `roof-1 greenfield generation B16 250000 --display-name 'Roof of the school' --country NL --zone 10YNL----------L --latitude-milli 52370 --longitude-milli 4890 --interval-minutes 15 --commissioned-on 2024-03-01`,
        ),
        row('retire', 'EnergyRegistry:RetireFacility', 'facilityId retiredOn', 'roof-1 2030-12-31'),
        row('show', 'EnergyRegistry:DescribeFacility', 'facilityId', 'roof-1'),
        row('check', 'EnergyRegistry:CheckFacility', 'facilityId day', 'roof-1 2026-11-20'),
        row('list', 'EnergyRegistry:ListFacilities', '', '--all', facilityColumns),
        row('of', 'EnergyRegistry:ListFacilitiesOf', 'entityId', 'greenfield --all', facilityColumns),
    ],
};

const source: Noun = {
    noun: 'source',
    description: 'devices and providers that report energy: their keys, their files, their signed reports',
    verbs: [
        row(
            ...(['register', 'EnergyRegistry:RegisterSource', 'sourceId kind'] as const),
            "roof-1-meter sensor --public-key keys/meter.pem --display-name 'Meter of roof 1' --facility-id roof-1",
        ),
        row('revoke', 'EnergyRegistry:RevokeSource', 'sourceId', "roof-1-meter --reason 'meter stolen'"),
        row('show', 'EnergyRegistry:DescribeSource', 'sourceId', 'roof-1-meter'),
        row('list', 'EnergyRegistry:ListSources', '', '--all', 'sourceId kind facilityId registeredBy revoked.reason'),
    ],
};

/** Who takes part in energy, what they own and who reports on it. */
export const energyNouns: readonly Noun[] = [entity, facility, source];
