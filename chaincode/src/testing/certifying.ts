// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type BundleId,
    chargeStorageIntent,
    claimCertificatesIntent,
    closeWalletIntent,
    type Codec,
    type Day,
    type Decoded,
    dischargeStorageIntent,
    encodeArguments,
    type EnergyWh,
    type FacilityId,
    type ForeignEntry,
    type HolderId,
    type Intent,
    type IntervalStart,
    issueCertificatesIntent,
    lockCertificatesIntent,
    releaseCertificatesIntent,
    reserveCertificatesIntent,
    type ResultOf,
    splitCertificateIntent,
    takeCertificatesIntent,
    transferCertificatesIntent,
    unlockCertificatesIntent,
    type WalletId,
    withdrawCertificatesIntent,
} from '@power-currency/domain';
import { intervalRef } from '../ledger/certificates.js';
import { activeEntity, facilityOf, type FacilityOptions } from './energySteps.js';
import './quiet.js';
import { Scenario, sha256 } from './scenario.js';
import type { SimulatedIdentity } from './simulatedIdentity.js';

/** What wallets sign about certificates, by the transaction that carries it. */
const intents = {
    'Certificate:Issue': issueCertificatesIntent,
    'Certificate:Split': splitCertificateIntent,
    'Certificate:Transfer': transferCertificatesIntent,
    'Certificate:Reserve': reserveCertificatesIntent,
    'Certificate:Take': takeCertificatesIntent,
    'Certificate:Release': releaseCertificatesIntent,
    'Certificate:Claim': claimCertificatesIntent,
    'Certificate:Lock': lockCertificatesIntent,
    'Certificate:Unlock': unlockCertificatesIntent,
    'Certificate:Withdraw': withdrawCertificatesIntent,
    'Storage:Charge': chargeStorageIntent,
    'Storage:Discharge': dischargeStorageIntent,
} as const;
type SignedName = keyof typeof intents;
type FactsOf<N extends SignedName> = Omit<Decoded<(typeof intents)[N]>, keyof Intent>;
type Wish = FactsOf<'Certificate:Issue'>;

/** The day whose energy is certified: the ledger's time is a day later. */
export const certifiedDay = '2027-01-14' as Day;

/** When an hour of that day begins. */
export function hourOf(hour: number): IntervalStart {
    return `${certifiedDay}T${String(hour).padStart(2, '0')}:00Z` as IntervalStart;
}

/** The id of a range of that hour. */
export function bundleOf(facility: string, hour: number, range: string): BundleId {
    return `${facility}/${hourOf(hour)}/${range}` as BundleId;
}

/** A cooperative that has a plant and a battery, whose energy is certified. */
export class Certifying {
    readonly scenario: Scenario;
    /** Its wallet has the same name. */
    readonly entity: WalletId;
    readonly plant: FacilityId;
    readonly battery: FacilityId;

    private constructor(scenario: Scenario, entity: WalletId, plant: FacilityId, battery: FacilityId) {
        this.scenario = scenario;
        this.entity = entity;
        this.plant = plant;
        this.battery = battery;
    }

    /** On a ledger of its own, on which others have wallets. */
    static async founded(...others: readonly WalletId[]): Promise<Certifying> {
        const scenario = await Scenario.founded();
        for (const walletId of others) await scenario.openWallet(walletId);
        return Certifying.of(scenario);
    }

    static async of(scenario: Scenario, name = 'sunny', intervalMinutes: '15' | '60' = '60'): Promise<Certifying> {
        await activeEntity(scenario, name, 'cooperative');
        return Certifying.#withFacilities(scenario, name as WalletId, name, intervalMinutes);
    }

    static async #withFacilities(
        scenario: Scenario,
        entity: WalletId,
        name: string,
        intervalMinutes: '15' | '60',
    ): Promise<Certifying> {
        const facility = async (suffix: string, options: FacilityOptions): Promise<FacilityId> =>
            (
                await facilityOf(scenario, entity as string as HolderId, `${name}-${suffix}`, {
                    intervalMinutes,
                    ...options,
                })
            ).facilityId;
        const battery = await facility('battery', { type: 'storage' });
        return new Certifying(scenario, entity, await facility('plant', {}), battery);
    }

    /** The same cooperative with another plant and another battery, for a test that others shall not disturb. */
    async elsewhere(): Promise<Certifying> {
        return Certifying.#withFacilities(this.scenario, this.entity, `site-${this.scenario.requestId()}`, '60');
    }

    /** The id of a range of watt-hours of the plant. */
    idOf(hour: number, range: string): BundleId {
        return bundleOf(this.plant, hour, range);
    }

    /** Has so much energy verified of an hour. */
    async verified(hour: number, energyWh: bigint, facilityId: FacilityId = this.plant): Promise<void> {
        await this.verifiedAt(hourOf(hour), energyWh, facilityId);
    }

    async verifiedAt(at: string, energyWh: bigint, facilityId: FacilityId = this.plant): Promise<void> {
        const start = at as IntervalStart;
        const energy = { facilityId, start, verifiedWh: energyWh as EnergyWh, allocatedWh: 0n as EnergyWh };
        await this.scenario.ledger.plant([[intervalRef(facilityId, start), energy]]);
    }

    /** Signs and submits what a wallet does with certificates. */
    async sign<N extends SignedName>(
        name: N,
        wallet: WalletId,
        facts: FactsOf<N>,
        change: Partial<Intent> = {},
    ): Promise<ResultOf<N>> {
        const codec = intents[name] as Codec<Intent>;
        const intent = { ...this.scenario.intentFields(wallet, 0n), type: typeOf(codec), ...facts, ...change };
        const argument = this.scenario.signed(codec, intent);
        return this.scenario.ledger.submit(this.scenario.person('CentralBankMSP'), name, argument as never);
    }

    /** Certifies energy of hours of the day; of all that have some where none is named. */
    async issue(hours: readonly number[] = [], energyWh: bigint | null = null): Promise<readonly BundleId[]> {
        const { bundleIds } = await this.sign('Certificate:Issue', this.entity, this.wish(hours, energyWh));
        return bundleIds;
    }

    wish(hours: readonly number[], energyWh: bigint | null, facilityId: FacilityId = this.plant): Wish {
        return { facilityId, day: certifiedDay, starts: hours.map(hourOf), energyWh: energyWh as EnergyWh | null };
    }

    /** Verifies and certifies one hour. */
    async bundle(hour: number, energyWh: bigint): Promise<BundleId> {
        await this.verified(hour, energyWh);
        const [bundleId] = await this.issue([hour]);
        if (bundleId === undefined) throw new Error('nothing was issued');
        return bundleId;
    }

    async split(bundleId: BundleId, ...quantities: readonly bigint[]): Promise<readonly BundleId[]> {
        const facts = { bundleId, quantities: quantities as readonly EnergyWh[] };
        return (await this.sign('Certificate:Split', this.entity, facts)).splitInto;
    }

    async transfer(
        bundleIds: readonly BundleId[],
        to: WalletId,
        from = this.entity,
    ): Promise<ResultOf<'Certificate:Transfer'>> {
        return this.sign('Certificate:Transfer', from, { bundleIds, to });
    }

    async claim(bundleIds: readonly BundleId[], by = this.entity): Promise<ResultOf<'Certificate:Claim'>> {
        return this.sign('Certificate:Claim', by, { bundleIds, beneficiary: 'Bakery', purpose: 'ovens' });
    }

    /** Takes withdrawn certificates back. */
    async reissue(
        bundleIds: readonly BundleId[],
        to: WalletId,
        cancellation: ForeignEntry,
    ): Promise<ResultOf<'Certificate:Reissue'>> {
        const command = await this.approvedReissue(bundleIds, to, cancellation);
        return this.scenario.ledger.submit(this.#bank, 'Certificate:Reissue', command);
    }

    /** What two organisations vouch for, not carried out yet. */
    async approvedReissue(
        bundleIds: readonly BundleId[],
        to: WalletId,
        cancellation: ForeignEntry,
    ): Promise<ArgumentsOf<'Certificate:Reissue'>> {
        const { scenario } = this;
        const transaction = 'Certificate:Reissue';
        const command = { requestId: scenario.requestId(), bundleIds, to, cancellation };
        const commandDigest = sha256(Buffer.from(`${transaction} ${encodeArguments(transaction, command)}`));
        const expiresAt = scenario.later(1_000n);
        await scenario.submit(this.#bank, 'Compliance:ProposeOperation', { transaction, commandDigest, expiresAt });
        await scenario.submit(this.#authority, 'Compliance:ApproveOperation', { commandDigest });
        return command;
    }

    get #bank(): SimulatedIdentity {
        return this.scenario.person('CentralBankMSP', 'admin');
    }

    get #authority(): SimulatedIdentity {
        return this.scenario.person('AuthorityMSP', 'admin');
    }

    /** The holder closes a wallet whose keys never changed. */
    async close(walletId: WalletId): Promise<void> {
        const { scenario } = this;
        const closing = { ...scenario.intentFields(walletId, 1n), type: 'power/close-wallet' } as const;
        const argument = scenario.signed(closeWalletIntent, closing);
        await scenario.ledger.submit(scenario.person('CentralBankMSP'), 'Wallet:Close', argument);
    }

    async describe(bundleId: BundleId): Promise<ResultOf<'Certificate:Describe'>> {
        return this.scenario.ledger.evaluate(this.scenario.person('RegulatorMSP'), 'Certificate:Describe', {
            bundleId,
        });
    }

    async life(hour: number, facilityId: FacilityId = this.plant): Promise<ResultOf<'Certificate:DescribeInterval'>> {
        const query = { facilityId, start: hourOf(hour) };
        const reader = this.scenario.person('RegulatorMSP');
        return this.scenario.ledger.evaluate(reader, 'Certificate:DescribeInterval', query);
    }

    /** What a wallet holds of the plant's energy, by id. */
    async holdings(walletId: WalletId): Promise<readonly BundleId[]> {
        const query = { walletId, pageSize: 100, bookmark: '' };
        const reader = this.scenario.person('RegulatorMSP');
        const { rows } = await this.scenario.ledger.evaluate(reader, 'Certificate:ListHoldings', query);
        const ofPlant = rows.filter(({ deviceId }) => deviceId === this.plant);
        return ofPlant.map(({ certificateBundleId }) => certificateBundleId);
    }
}

function typeOf({ schema }: Codec<Intent>): string {
    const { type } = schema.properties as { readonly type: { readonly enum: readonly [string] } };
    return type.enum[0];
}
