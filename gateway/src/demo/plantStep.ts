// SPDX-License-Identifier: Apache-2.0
import {
    type Day,
    facilityId,
    type FacilityId,
    type HolderId,
    holderOf,
    independentKinds,
    type Instant,
    type Location,
    type PowerW,
    requestId,
    requiredEvidence,
    sourceId,
    type SourceKind,
    sourceKinds,
} from '@power-currency/domain';
import { parseEic } from '../energy/eic.js';
import { primitives } from '../keys/ed25519.js';
import { memberWithRole, type Stage } from './stage.js';
import { type StepLog } from './stepLog.js';
import { type DemoWallet } from './walletStep.js';

/** A solar park in the south of Portugal with an hourly meter. */
export const solarPark = {
    carrier: 'B16',
    nameplateW: 400_000_000n as PowerW,
    zone: parseEic('10YPT-REN------W'),
    location: { latitudeMilli: 38_000, longitudeMilli: -7_900 } as Location,
} as const;

const TEN_YEARS_SECONDS = 315_360_000n;

/**
 * The cooperative brings its solar entity in, the authority approves it and lets it count; then the plant is registered,
 * with a key for each of the four sources that report on it. The satellite and the auditor are brought in by the central
 * bank: no member alone makes all the evidence of its plant.
 */
export async function registerPlant(stage: Stage, log: StepLog, owner: DemoWallet): Promise<FacilityId> {
    const entityId = holderOf(owner.walletId);
    const park = facilityId.decode(`park-${entityId}`, 'facilityId');
    await activateEntity(stage, log, entityId);
    const sponsor = memberWithRole(stage, 'data').admin;
    const plant = {
        ...{ ...solarPark, facilityId: park, entityId, displayName: 'Solar park Alentejo' },
        ...({ type: 'generation', country: 'PT', intervalMinutes: '60', commissionedOn: '2020-01-01' as Day } as const),
    };
    await log.did(sponsor.energyRegistry.registerFacility({ requestId: request('plant', entityId), ...plant }));
    await Promise.all(
        sourceKinds.map(async (kind) => {
            const source = sourceNamed(park, kind);
            const { publicKey } = stage.key(source);
            const registrar = independentKinds.includes(kind) ? memberWithRole(stage, 'risk').admin : sponsor;
            await log.did(
                registrar.energyRegistry.registerSource({
                    ...{ requestId: request('source', source), sourceId: source, kind, publicKey, displayName: kind },
                    facilityId: kind === 'sensor' ? park : null,
                }),
            );
        }),
    );
    return park;
}

/** The source of a kind that reports on the plant. */
export function sourceNamed(plant: FacilityId, kind: SourceKind): ReturnType<typeof sourceId.decode> {
    return sourceId.decode(`${kind}-${plant}`, 'sourceId');
}

async function activateEntity(stage: Stage, log: StepLog, entityId: HolderId): Promise<void> {
    const [sponsor, approver] = [memberWithRole(stage, 'data').admin, memberWithRole(stage, 'ops').admin];
    const expiresAt = (BigInt(Math.floor(new Date().getTime() / 1000)) + TEN_YEARS_SECONDS) as Instant;
    const evidence = requiredEvidence.cooperative.map((kind) => ({
        ...{ kind, digest: primitives.sha256(Buffer.from(kind)), issuer: 'registry of cooperatives', expiresAt },
    }));
    const application = { entityId, kind: 'cooperative', displayName: 'Solar cooperative', country: 'PT' } as const;
    await log.did(
        sponsor.energyRegistry.applyEntity({
            ...{ requestId: request('apply', entityId), ...application, parentId: null, evidence },
        }),
    );
    await log.did(approver.energyRegistry.approveEntity({ requestId: request('approve', entityId), entityId }));
    await log.did(
        approver.registry.grantCredential({
            ...{ requestId: request('count', entityId), holderId: entityId, kind: 'issuance', expiresAt },
            evidence: primitives.sha256(Buffer.from('issuance')),
        }),
    );
    await log.did(sponsor.energyRegistry.activateEntity({ requestId: request('activate', entityId), entityId }));
}

function request(step: string, id: string): ReturnType<typeof requestId.decode> {
    return requestId.decode(`${step}-${id}`, 'requestId');
}
