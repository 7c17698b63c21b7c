// SPDX-License-Identifier: Apache-2.0
import { publicKey } from '../encoding/byteCodec.js';
import { freeText, list, nullable, object } from '../encoding/codec.js';
import { facilityId, holderId, requestId, sourceId } from '../encoding/identifier.js';
import { country, energyEntity, entityEvidence, entityKind, evidenceFacts } from '../energy/energyEntity.js';
import { energySource, sourceKind } from '../energy/energySource.js';
import { standing } from '../energy/entityStanding.js';
import { facility, facilityFacts } from '../energy/facility.js';
import { day } from '../time/day.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';

const entityId = holderId;
const reason = freeText(200, 1);
const parentErrors = ['PARENT_NOT_ALLOWED', 'NATION_EXISTS', 'PARENT_MISSING', 'PARENT_INVALID'] as const;
const credentialErrors = ['CREDENTIAL_MISSING', 'CREDENTIAL_REVOKED', 'CREDENTIAL_EXPIRED'] as const;
const foundErrors = ['ENTITY_NOT_FOUND', 'ENTITY_NOT_IN_STATE'] as const;
const keyErrors = ['KEY_NOT_CANONICAL', 'KEY_SMALL_ORDER', 'KEY_NOT_ON_CURVE', 'KEY_ALREADY_USED'] as const;

export const energyRegistryTransactions = {
    'EnergyRegistry:ApplyEntity': submit({
        summary: 'Brings in the application of a nation, cooperative or producer that the caller keeps the wallets of.',
        arguments: object({
            ...{ requestId, entityId, kind: entityKind, displayName: freeText(80, 1), country },
            parentId: nullable(holderId),
            evidence: list(entityEvidence, 8, 1),
        }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [
            ...(['ENTITY_EXISTS', 'HOLDER_NOT_FOUND', 'HOLDER_NOT_CUSTODIAN'] as const),
            ...parentErrors,
            ...(['EVIDENCE_NOT_NEEDED', 'EVIDENCE_MISSING', 'EVIDENCE_EXPIRED'] as const),
        ],
        events: ['EntityApplied'],
    }),
    'EnergyRegistry:ApproveEntity': submit({
        summary: "Approves another member's application.",
        arguments: object({ requestId, entityId }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [
            ...foundErrors,
            ...(['SECOND_ORGANISATION_NEEDED', 'EVIDENCE_EXPIRED', 'NATION_EXISTS', 'PARENT_MISSING'] as const),
            ...(['PARENT_INVALID', 'ENTITY_COUNT_EXCEEDED'] as const),
        ],
        events: ['EntityApproved'],
    }),
    'EnergyRegistry:ActivateEntity': submit({
        summary:
            "Lets an approved entity count from now on; it needs another member's issuance credential and good evidence.",
        arguments: object({ requestId, entityId }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [
            ...foundErrors,
            ...(['EVIDENCE_EXPIRED', ...credentialErrors, 'SECOND_ORGANISATION_NEEDED', 'NATION_UNLINKED'] as const),
        ],
        events: ['EntityActivated'],
    }),
    'EnergyRegistry:SuspendEntity': submit({
        summary: 'Stops an approved or active entity from counting, at once.',
        arguments: object({ requestId, entityId, reason }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [...foundErrors],
        events: ['EntitySuspended'],
    }),
    'EnergyRegistry:ReinstateEntity': submit({
        summary: 'Ends a suspension, as a member that does not sponsor the entity.',
        arguments: object({ requestId, entityId, reason }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [
            ...foundErrors,
            ...(['SECOND_ORGANISATION_NEEDED', 'EVIDENCE_EXPIRED', ...credentialErrors, 'NATION_UNLINKED'] as const),
        ],
        events: ['EntityReinstated'],
    }),
    'EnergyRegistry:RevokeEntity': submit({
        summary: "Ends an entity for ever: its sponsor's withdrawal of an application, or a second member's word.",
        arguments: object({ requestId, entityId, reason }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [...foundErrors, 'ENTITY_NOT_OWNED', 'SECOND_ORGANISATION_NEEDED'],
        events: ['EntityRevoked'],
    }),
    'EnergyRegistry:RenewEvidence': submit({
        summary: 'Puts a new document in place of one that ends, as a member that does not sponsor the entity.',
        arguments: object({ requestId, entityId, ...evidenceFacts }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [...foundErrors, 'SECOND_ORGANISATION_NEEDED', 'EVIDENCE_NOT_NEEDED', 'EVIDENCE_EXPIRED'],
        events: ['EvidenceRenewed'],
    }),
    'EnergyRegistry:LinkEntity': submit({
        summary: "Says which nation's aggregate contains the entity, where that nation came later or is gone.",
        arguments: object({ requestId, entityId, parentId: nullable(holderId) }),
        result: energyEntity,
        roles: ['delegate'],
        errors: [...foundErrors, 'ENTITY_NOT_OWNED', ...parentErrors],
        events: ['EntityLinked'],
    }),
    'EnergyRegistry:RegisterFacility': submit({
        summary: 'Registers a plant, a storage or the aggregate of an entity the caller sponsors.',
        arguments: object({ requestId, ...facilityFacts }),
        result: facility,
        roles: ['delegate'],
        errors: [
            ...(['FACILITY_EXISTS', 'ENTITY_NOT_FOUND', 'ENTITY_NOT_OWNED', 'ENTITY_NOT_IN_STATE'] as const),
            ...(['FACILITY_TYPE_NOT_ALLOWED', 'FACILITY_CARRIER_NOT_ALLOWED', 'FACILITY_COUNTRY_MISMATCH'] as const),
            ...(['FACILITY_LOCATION_INVALID', 'AGGREGATE_EXISTS'] as const),
        ],
        events: ['FacilityRegistered'],
    }),
    'EnergyRegistry:RetireFacility': submit({
        summary: 'Sets the last day of a facility the caller registered, today or later.',
        arguments: object({ requestId, facilityId, retiredOn: day }),
        result: facility,
        roles: ['delegate'],
        errors: ['FACILITY_NOT_FOUND', 'FACILITY_NOT_OWNED', 'FACILITY_RETIRED', 'RETIREMENT_INVALID'],
        events: ['FacilityRetired'],
    }),
    'EnergyRegistry:RegisterSource': submit({
        summary: 'Registers the key of a device of one facility (sensor), or of a provider that reports on many.',
        arguments: object({
            ...{ requestId, sourceId, kind: sourceKind, publicKey, displayName: freeText(80, 1) },
            facilityId: nullable(facilityId),
        }),
        result: energySource,
        roles: ['delegate'],
        errors: [
            ...(['SOURCE_EXISTS', 'SOURCE_FACILITY_INVALID', 'FACILITY_NOT_FOUND', 'FACILITY_NOT_OWNED'] as const),
            ...(['FACILITY_RETIRED', ...keyErrors] as const),
        ],
        events: ['SourceRegistered'],
    }),
    'EnergyRegistry:RevokeSource': submit({
        summary: "Ends the validity of a source's key, for good, by the member that registered it.",
        arguments: object({ requestId, sourceId, reason }),
        result: energySource,
        roles: ['delegate'],
        errors: ['SOURCE_NOT_FOUND', 'SOURCE_NOT_OWNED', 'SOURCE_REVOKED'],
        events: ['SourceRevoked'],
    }),
    'EnergyRegistry:DescribeEntity': evaluate({
        summary: 'One energy entity, whatever became of it.',
        arguments: object({ entityId }),
        result: energyEntity,
        errors: ['ENTITY_NOT_FOUND'],
    }),
    'EnergyRegistry:CheckEntity': evaluate({
        summary: 'Whether an entity counts now for issuance, votes and certificates, and if not, why.',
        arguments: object({ entityId }),
        result: object({ entity: energyEntity, standing }),
        errors: ['ENTITY_NOT_FOUND'],
    }),
    'EnergyRegistry:ListEntities': evaluate({
        summary: 'A page of the energy entities in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(energyEntity),
        errors: [],
    }),
    'EnergyRegistry:DescribeFacility': evaluate({
        summary: 'One facility.',
        arguments: object({ facilityId }),
        result: facility,
        errors: ['FACILITY_NOT_FOUND'],
    }),
    'EnergyRegistry:ListFacilities': evaluate({
        summary: 'A page of the facilities in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(facility),
        errors: [],
    }),
    'EnergyRegistry:ListFacilitiesOf': evaluate({
        summary: 'A page of the facilities of one entity in order of their ids.',
        arguments: object({ entityId, ...pageRequest }),
        result: pageOf(facility),
        errors: [],
    }),
    'EnergyRegistry:CheckFacility': evaluate({
        summary: 'Whether what a facility gives on a day counts: it is at work then, and its entity counts now.',
        arguments: object({ facilityId, day }),
        result: facility,
        errors: ['FACILITY_NOT_FOUND', 'FACILITY_NOT_OPERATING', 'ENTITY_NOT_FOUND', 'ENTITY_NOT_ACTIVE'],
    }),
    'EnergyRegistry:DescribeSource': evaluate({
        summary: 'One source, revoked or not.',
        arguments: object({ sourceId }),
        result: energySource,
        errors: ['SOURCE_NOT_FOUND'],
    }),
    'EnergyRegistry:ListSources': evaluate({
        summary: 'A page of the sources ever registered, in order of their ids.',
        arguments: object(pageRequest),
        result: pageOf(energySource),
        errors: [],
    }),
} as const;
