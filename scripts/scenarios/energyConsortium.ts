// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import {
    type ArgumentsOf,
    type CreditId,
    type Day,
    endOfPeriod,
    type EnergyWh,
    type EntityKind,
    type Facility,
    type FacilityId,
    founding,
    type HolderId,
    independentKinds,
    intervalsOfDay,
    type Period,
    type PowerW,
    type ProposalAction,
    type ProposalId,
    type RequestId,
    requiredEvidence,
    type ResultOf,
    type SourceId,
    type SourceKind,
    sourceKinds,
    type SourceReport,
    sourceReportBytes,
    type WalletId,
    type WalletType,
} from '@power-currency/domain';
import { signedRequest } from '../../gateway/src/application/intents/intentDocument';
import type { FactsOf, IntentTransaction } from '../../gateway/src/application/intents/intentTable';
import type { Ledger } from '../../gateway/src/application/ledger';
import type { Committed } from '../../gateway/src/application/ports';
import { memberWithRole, type Stage } from '../../gateway/src/demo/stage';
import { newSigningKey, type SigningKey } from '../../gateway/src/keys/ed25519';
import { signReport } from '../../gateway/src/sources/signedReport';

/** A plant, or a nation's whole production, as a scenario tells of it. */
export type Plant = Pick<Facility, 'facilityId' | 'entityId' | 'type' | 'carrier' | 'nameplateW'>;

/** The end of a source's chain of reports. */
type Chain = Pick<SourceReport, 'sequence' | 'previousDigest'>;

const noReports: Chain = { sequence: 0n as SourceReport['sequence'], previousDigest: new Uint8Array(32) };
const northSea = { latitudeMilli: 54_000, longitudeMilli: 4_500 };

/** The members of a network, the entities they bring in, and the sources that report on their plants. */
export class EnergyConsortium {
    readonly #stage: Stage;
    readonly #keys = new Map<string, SigningKey>();
    readonly #chains = new Map<SourceId, Chain>();
    #requestCount = 0;

    constructor(stage: Stage) {
        this.#stage = stage;
    }

    get regulator(): Ledger {
        return this.#stage.regulator.client;
    }

    /** A client of the member with an attester role, or its admin. */
    member(role: 'data' | 'risk' | 'ops', user: 'client' | 'admin' = 'client'): Ledger {
        return memberWithRole(this.#stage, role)[user];
    }

    request(name: string): { readonly requestId: RequestId } {
        return { requestId: `${name}-${String(++this.#requestCount)}` as RequestId };
    }

    /** What was committed, once every peer has it. */
    async settled<T>(submitted: Promise<Committed<T>>): Promise<T> {
        return (await this.#stage.settle(await submitted)).result;
    }

    async openWallet(name: string, type: WalletType): Promise<WalletId> {
        const [walletId, key] = [name as WalletId, this.#keyOf(name)];
        const keys = { publicKeys: [key.publicKey], threshold: 1, postQuantumKey: null };
        await this.settled(this.member('data').wallet.open({ ...this.request('open'), walletId, type, keys }));
        return walletId;
    }

    /** What the wallet's holder signs. */
    signed<N extends IntentTransaction>(
        name: N,
        wallet: WalletId,
        facts: FactsOf<N>,
        { nonce = 0n, foldIds = [] }: { readonly nonce?: bigint; readonly foldIds?: readonly CreditId[] } = {},
    ): ArgumentsOf<N> {
        const { requestId } = this.request('intent');
        const terms = { wallet, requestId, channel: 'power', nonce, now: new Date(), foldIds };
        return signedRequest(name, facts, [this.#keyOf(wallet)], terms);
    }

    /** Every member votes for the action, and it is executed. */
    async vote(name: string, action: ProposalAction): Promise<ProposalId> {
        const [proposalId, delegate] = [name as ProposalId, this.member('ops', 'admin').governance];
        await this.settled(delegate.propose({ ...this.request('propose'), proposalId, action, rationale: '' }));
        for (const role of ['data', 'risk', 'ops'] as const) {
            const ballot = { ...this.request('vote'), proposalId, choice: 'for' } as const;
            await this.settled(this.member(role, 'admin').governance.castVote(ballot));
        }
        await this.settled(delegate.close({ ...this.request('close'), proposalId }));
        await this.settled(delegate.execute({ ...this.request('execute'), proposalId }));
        return proposalId;
    }

    /** The cooperative brings an entity in, the authority approves it and lets it count. Its wallet has its name. */
    async activeEntity(name: string, kind: EntityKind, parentId: HolderId | null, type: WalletType): Promise<HolderId> {
        const entityId = name as HolderId;
        await this.openWallet(name, type);
        const [sponsor, approver] = [this.member('data', 'admin'), this.member('ops', 'admin')];
        const evidence = requiredEvidence[kind].map((document) => ({
            ...{ kind: document, digest: sha256(document), issuer: 'an office', expiresAt: inTenYears() },
        }));
        const application = { entityId, kind, displayName: name, country: 'NL', parentId, evidence };
        await this.settled(sponsor.energyRegistry.applyEntity({ ...this.request('apply'), ...application }));
        await this.settled(approver.energyRegistry.approveEntity({ ...this.request('approve'), entityId }));
        const credential = {
            holderId: entityId,
            kind: 'issuance',
            evidence: sha256(name),
            expiresAt: inTenYears(),
        } as const;
        await this.settled(approver.registry.grantCredential({ ...this.request('grant'), ...credential }));
        await this.settled(sponsor.energyRegistry.activateEntity({ ...this.request('activate'), entityId }));
        return entityId;
    }

    /** Registers a plant with an hourly meter, and a source of each kind for it: the independent ones by another member. */
    async plant(
        entityId: HolderId,
        name: string,
        facts: Pick<Plant, 'type' | 'carrier'>,
        gigawatts: bigint,
    ): Promise<Plant> {
        const plant: Plant = {
            ...{ facilityId: name as FacilityId, entityId, ...facts },
            nameplateW: (gigawatts * 1_000_000_000n) as PowerW,
        };
        const place = {
            country: 'NL',
            zone: '10YNL----------L',
            location: facts.type === 'aggregate' ? null : northSea,
        };
        const meter = { intervalMinutes: '60', commissionedOn: '2010-01-01' as Day } as const;
        const { energyRegistry } = this.member('data', 'admin');
        const facility = { ...this.request('facility'), ...plant, displayName: name, ...place, ...meter };
        await this.settled(energyRegistry.registerFacility(facility));
        await Promise.all(
            sourceKinds.map(async (kind) => {
                const sourceId = sourceOf(plant, kind);
                const { publicKey } = this.#keyOf(sourceId);
                const source = { ...this.request('source'), sourceId, kind, publicKey, displayName: sourceId };
                const facilityId = kind === 'sensor' ? plant.facilityId : null;
                const registrar = this.member(independentKinds.includes(kind) ? 'risk' : 'data', 'admin');
                await this.settled(registrar.energyRegistry.registerSource({ ...source, facilityId }));
            }),
        );
        return plant;
    }

    /** The sources' reports on a period, each what it says in Wh, and what the endorsers make of them. */
    async measured(
        plant: Plant,
        period: string,
        said: Partial<Record<SourceKind, bigint>>,
    ): Promise<ResultOf<'Measurement:Reconcile'>> {
        for (const kind of sourceKinds) {
            const energyWh = said[kind];
            if (energyWh !== undefined) await this.#report(plant, kind, period as Period, energyWh);
        }
        const { facilityId } = plant;
        const of = { ...this.request('reconcile'), facilityId, period: period as Period };
        return this.settled(this.member('ops').measurement.reconcile(of));
    }

    async #report(plant: Plant, kind: SourceKind, period: Period, energyWh: bigint): Promise<void> {
        const sourceId = sourceOf(plant, kind);
        const { sequence, previousDigest } = this.#chains.get(sourceId) ?? noReports;
        const report: SourceReport = {
            ...{ type: 'power/source-report', version: '1', network: founding.network, channel: 'power' },
            ...{ sourceId, kind, facilityId: plant.facilityId, period, energyWh: energyWh as EnergyWh },
            ...{ sequence: (sequence + 1n) as SourceReport['sequence'], previousDigest, evidence: null },
            producedAt: endOfPeriod(period),
            readings: kind === 'sensor' && period.length === 10 ? evenHours(period as string as Day, energyWh) : [],
        };
        const signed = signReport(report, this.#keyOf(sourceId).sign);
        await this.settled(this.member('risk').measurement.submitReport({ ...this.request('report'), ...signed }));
        this.#chains.set(sourceId, { sequence: report.sequence, previousDigest: sha256(sourceReportBytes(report)) });
    }

    #keyOf(name: string): SigningKey {
        const key = this.#keys.get(name) ?? newSigningKey();
        this.#keys.set(name, key);
        return key;
    }
}

export function sourceOf({ facilityId }: Pick<Plant, 'facilityId'>, kind: SourceKind): SourceId {
    return `${facilityId}-${kind}` as SourceId;
}

export function sha256(bytes: string | Uint8Array): Uint8Array {
    return createHash('sha256').update(bytes).digest();
}

/** The same in every hour, but for what does not divide: that is in the first one. */
function evenHours(day: Day, energyWh: bigint): SourceReport['readings'] {
    return intervalsOfDay(day, '60').map((start, index) => ({
        ...{ start, energyWh: (energyWh / 24n + (index === 0 ? energyWh % 24n : 0n)) as EnergyWh },
    }));
}

export function inTenYears(): never {
    return (BigInt(Math.floor(Date.now() / 1000)) + 315_360_000n) as never;
}
