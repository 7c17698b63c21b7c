// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type Day,
    type EntityEvidence,
    type EntityKind,
    type Facility,
    type FacilityId,
    type HolderId,
    independentKinds,
    type PowerW,
    requiredEvidence,
    type SourceId,
    type SourceKind,
    type WalletId,
} from '@power-currency/domain';
import { type Holder, newHolder, type Scenario, sha256 } from './scenario.js';

/** Documents of every kind the entity needs, good for ten years. */
export function evidenceOf(scenario: Scenario, kind: EntityKind): readonly EntityEvidence[] {
    const expiresAt = scenario.later(315_360_000n);
    return requiredEvidence[kind].map((evidence) => ({
        ...{ kind: evidence, digest: sha256(Buffer.from(evidence)), issuer: `office of ${evidence}`, expiresAt },
    }));
}

interface EntityOptions {
    /** Its nation, in the Netherlands unless another country is named. */
    readonly parent?: HolderId;
    readonly country?: string;
    /** Until when its credential is good, in seconds from now. */
    readonly credentialSeconds?: bigint;
}

const sponsor = 'CooperativeMSP';

/** The application of an entity by the cooperative, which keeps its wallet. Nations and their entities are Dutch. */
export function applicationOf(
    scenario: Scenario,
    name: string,
    kind: EntityKind,
    { parent, country }: EntityOptions = {},
): Omit<ArgumentsOf<'EnergyRegistry:ApplyEntity'>, 'requestId'> {
    const isDutch = kind === 'nation' || parent !== undefined;
    return {
        ...{ entityId: name as HolderId, kind, displayName: name, parentId: parent ?? null },
        ...{ country: country ?? (isDutch ? 'NL' : 'DE'), evidence: evidenceOf(scenario, kind) },
    };
}

/**
 * An active entity: brought in by the cooperative, approved by the authority. Its wallet is `name`, with which it signs
 * as every other holder. An entity without a parent is German unless told otherwise: there, no nation contains it.
 */
export async function activeEntity(
    scenario: Scenario,
    name: string,
    kind: EntityKind,
    options: EntityOptions = {},
): Promise<HolderId> {
    const entityId = name as HolderId;
    const [delegate, approver] = [scenario.person(sponsor, 'admin'), scenario.person('AuthorityMSP', 'admin')];
    if (!scenario.holders.has(name as WalletId)) await scenario.openWallet(name);
    const application = applicationOf(scenario, name, kind, options);
    await scenario.submit(delegate, 'EnergyRegistry:ApplyEntity', application);
    await scenario.submit(approver, 'EnergyRegistry:ApproveEntity', { entityId });
    await scenario.submit(approver, 'Registry:GrantCredential', {
        ...{ holderId: entityId, kind: 'issuance', evidence: sha256(Buffer.from(name)) },
        expiresAt: scenario.later(options.credentialSeconds ?? 315_360_000n),
    });
    await scenario.submit(delegate, 'EnergyRegistry:ActivateEntity', { entityId });
    return entityId;
}

export type FacilityOptions = Partial<
    Pick<
        Facility,
        'type' | 'carrier' | 'country' | 'zone' | 'location' | 'intervalMinutes' | 'displayName' | 'commissionedOn'
    >
> & { readonly nameplateW?: bigint };

/** The facility as it would be registered: a solar plant of 1 MW on an hourly meter, or else what its type takes. */
export async function facilityFactsOf(
    scenario: Scenario,
    entityId: HolderId,
    facilityId: string,
    { nameplateW = 1_000_000n, ...options }: FacilityOptions = {},
): Promise<Omit<ArgumentsOf<'EnergyRegistry:RegisterFacility'>, 'requestId'>> {
    const regulator = scenario.person('RegulatorMSP');
    const { country } = await scenario.ledger.evaluate(regulator, 'EnergyRegistry:DescribeEntity', { entityId });
    const { type = 'generation' } = options;
    return {
        ...{ facilityId: facilityId as FacilityId, entityId, displayName: facilityId, type, country },
        carrier: ({ generation: 'B16', storage: 'B25', aggregate: 'B20' } as const)[type],
        zone: '10YNL----------L',
        location: type === 'aggregate' ? null : { latitudeMilli: 52_370, longitudeMilli: 4_890 },
        ...{ intervalMinutes: '60', commissionedOn: '2010-01-01' as Day, nameplateW: nameplateW as PowerW },
        ...options,
    };
}

/** Registers {@link facilityFactsOf} for an entity of {@link activeEntity}. */
export async function facilityOf(
    scenario: Scenario,
    entityId: HolderId,
    facilityId: string,
    options: FacilityOptions = {},
): Promise<Facility> {
    const facts = await facilityFactsOf(scenario, entityId, facilityId, options);
    return scenario.submit(scenario.person(sponsor, 'admin'), 'EnergyRegistry:RegisterFacility', facts);
}

/**
 * Registers a source with a fresh key and returns the key, to sign reports with. A sensor names its facility; satellites
 * and auditors are brought in by a member that has no facilities here.
 */
export async function sourceFor(
    scenario: Scenario,
    kind: SourceKind,
    sourceId: string,
    facilityId: string | null = null,
): Promise<Holder> {
    const key = newHolder();
    const mspId = independentKinds.includes(kind) ? 'CentralBankMSP' : sponsor;
    await scenario.submit(scenario.person(mspId, 'admin'), 'EnergyRegistry:RegisterSource', {
        ...{ sourceId: sourceId as SourceId, kind, publicKey: key.publicKey, displayName: sourceId },
        facilityId: facilityId as FacilityId | null,
    });
    return key;
}
