// SPDX-License-Identifier: Apache-2.0
import type { AttestationFile, AttestationRecord, Day, Parameters, Signer } from '@power-currency/domain';
import type { CoverageLedger } from './coverageLedger.js';

/** An issuance the rules let pass, and the ledger's time then in seconds since 1970. */
interface Issuance {
    readonly day: Day;
    readonly amount: bigint;
    readonly at: bigint;
}

const million = 1_000_000n;

/**
 * Keeps books of its own, by sums that are not those of the rules, and complains of what must never happen. Amounts are
 * minor units, energy Wh, ratios parts per million, euros millionths.
 */
export class CoverageWitness {
    readonly counts = { attested: 0, corrected: 0, minted: 0, frozen: 0 };
    readonly #changes: { at: bigint; parameters: Parameters }[] = [];
    readonly #zones = new Map<string, bigint>();
    readonly #issuedOfDay = new Map<string, bigint>();
    readonly #issuedOn = new Map<bigint, bigint>();
    #rawWh = 0n;
    #heldWh = 0n;
    #lastNumber = 0n;
    #wasFrozen = false;

    changed(parameters: Parameters, at: bigint): void {
        this.#changes.push({ at, parameters });
    }

    attested(record: AttestationRecord, file: AttestationFile, signers: readonly Signer[]): void {
        this.counts.attested++;
        this.#checkSigners(record, signers);
        this.#checkEnergy(file);
        this.#checkParameters(record);
        this.#checkFreeze(record);
    }

    minted({ day, amount, at }: Issuance, { supply, records, head, parameters, contractedWh }: CoverageLedger): void {
        this.counts.minted++;
        const record = records.get(day);
        if (record === undefined || head?.day !== day) throw new Error(`issued against ${day}, not the last day`);
        if (head.isFrozen) throw new Error(`issued against ${day} during a freeze`);
        const number = at / 86_400n > this.#lastNumber ? at / 86_400n : this.#lastNumber;
        this.#lastNumber = number;
        if (number > record.acceptedAt / 86_400n + 1n) throw new Error(`issued against ${day} too late`);
        const ofDay = add(this.#issuedOfDay, day, amount);
        const onDay = add(this.#issuedOn, number, amount);
        if (ofDay > record.mintSuggested) throw new Error(`issued more against ${day} than it suggests`);
        if (ofDay > record.dailyCap) throw new Error(`issued more against ${day} than the daily cap`);
        if (onDay > record.mintSuggested) throw new Error(`issued more on one day of the ledger than ${day} suggests`);
        const outstanding = supply.issued - supply.redeemed;
        const reserve = parameters.contractedGate === 1n ? contractedWh : record.whReserve;
        // value / (price * supply) >= minimum, without a division
        const value = reserve * parameters.energyPrice * million;
        if (value < (outstanding * parameters.targetPrice * parameters.coverageRatioMin) / million) {
            throw new Error(`coverage is below its minimum after issuing against ${day}`);
        }
    }

    #checkSigners({ day, signedBy }: AttestationRecord, signers: readonly Signer[]): void {
        const signing = signers.filter(({ signerId, revokedAt }) => signedBy.includes(signerId) && revokedAt === null);
        const distinct = (name: 'role' | 'participantId'): number => new Set(signing.map((one) => one[name])).size;
        if (Math.min(distinct('role'), distinct('participantId')) < 2) throw new Error(`${day} was not signed by two`);
    }

    /** Whatever was corrected and in which order: all attested days together hold what their zones came to. */
    #checkEnergy({ day, zones, corrections, wh_dc_raw: raw }: AttestationFile): void {
        for (const { eic, wh } of zones) this.#setZone(`${day} ${eic}`, wh);
        for (const one of corrections) this.#setZone(`${one.day} ${one.eic}`, one.wh_after);
        this.counts.corrected += corrections.length;
        this.#rawWh += raw;
        if (this.#rawWh !== this.#heldWh) throw new Error(`${day}: energy was counted twice or lost`);
    }

    #setZone(key: string, wh: bigint): void {
        this.#heldWh += wh - (this.#zones.get(key) ?? 0n);
        this.#zones.set(key, wh);
    }

    /** Of the change that was the last before midnight UTC at the end of the day. */
    #checkParameters({ day, alphaBase }: AttestationRecord): void {
        const end = BigInt(Date.parse(`${day}T00:00:00Z`)) / 1000n + 86_400n;
        const change = this.#changes.findLast(({ at }) => at < end);
        if (alphaBase !== (change?.parameters.alphaBase ?? 180_000n)) {
            throw new Error(`${day} was not planned with the parameters at its end`);
        }
    }

    #checkFreeze(record: AttestationRecord): void {
        const { day, isFrozen, supply, gate, coverageRatio, coverageRatioContracted } = record;
        const end = BigInt(Date.parse(`${day}T00:00:00Z`)) / 1000n + 86_400n;
        const inForce = this.#changes.findLast(({ at }) => at < end)?.parameters;
        const needed =
            (inForce?.coverageRatioMin ?? 1_100_000n) + (this.#wasFrozen ? (inForce?.unfreezeMargin ?? 0n) : 0n);
        const ratio = gate === 'notional' ? coverageRatio : coverageRatioContracted;
        const isBelow = supply > 0n && BigInt(ratio.replace('.', '')) < needed;
        if (isFrozen !== isBelow) throw new Error(`${day}: a freeze where none belongs, or none where one does`);
        if (isFrozen) this.counts.frozen++;
        this.#wasFrozen = isFrozen;
    }
}

function add<K>(sums: Map<K, bigint>, key: K, amount: bigint): bigint {
    const sum = (sums.get(key) ?? 0n) + amount;
    sums.set(key, sum);
    return sum;
}
