// SPDX-License-Identifier: Apache-2.0
import {
    attestationDigest,
    type AttestationFile,
    type Correction,
    type Day,
    dayOf,
    digestText,
    DomainError,
    type EnergyWh,
    type Instant,
    money,
    nextDay,
    outstandingSupply,
    type Parameters,
    type Ppm,
    prepareAttestation,
    type Quantity,
    type Signer,
    type SignerId,
    signedMessage,
    startOfDay,
    withSignature,
} from '@power-currency/domain';
import { sha256 } from '../scenario.js';
import { CoverageLedger, modelSignature } from './coverageLedger.js';
import { type CoverageWitness } from './coverageWitness.js';

const zoneCodes = ['10YNL----------L', '10YBE----------2'] as const;
const secondsPerDay = 86_400n;

const people = [
    ['data-1', 'data', 'cooperative'],
    ['data-2', 'data', 'cooperative'],
    ['risk-1', 'risk', 'centralbank'],
    ['risk-2', 'risk', 'cooperative'],
    ['ops-1', 'ops', 'authority'],
    ['revoked', 'ops', 'authority'],
] as const;
const signers = people.map(([signerId, role, participantId], index) => ({
    ...{ signerId, role, participantId, publicKey: new Uint8Array(32).fill(index + 1), registeredAt: 0n },
    revokedAt: signerId === 'revoked' ? 1n : null,
})) as unknown as readonly Signer[];

/** A number from 0 to below the bound. Numbers come from xorshift (G. Marsaglia, 2003), so that a seed repeats a run. */
type Draw = (bound: number) => number;

function drawFrom(seed: number): Draw {
    let state = seed | 0 || 1;
    return (bound) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % bound;
    };
}

/**
 * Years of days on a ledger whose users do whatever they can: they attest late, several days at once, out of order or
 * with figures and signatures that are not right, correct earlier days, issue too much, too late and twice, and vote.
 * The witness is told all that the rules let pass.
 */
export class CoverageYears {
    readonly ledger = new CoverageLedger(signers);
    readonly refusals = new Map<string, number>();
    readonly #draw: Draw;
    readonly #witness: CoverageWitness;
    /** Files that were planned and may be submitted at any time. */
    readonly #planned: AttestationFile[] = [];
    #holidayUntil = '' as Day;
    #time = startOfDay('2001-01-01' as Day);

    constructor(seed: number, witness: CoverageWitness) {
        this.#draw = drawFrom(seed);
        this.#witness = witness;
    }

    liveDay(): void {
        // Around midnight clients do not agree on the day.
        const second = this.#draw(5) === 0 ? this.#draw(200) : this.#draw(86_400);
        this.#time = (startOfDay(nextDay(dayOf(this.#time))) + BigInt(second)) as Instant;
        const steps = [(): void => this.#plan(), (): void => this.#mint()];
        const rare: readonly [number, () => void][] = [
            [4, () => this.#mint()],
            [6, () => this.#submit()],
            [5, () => this.#redeem()],
            [20, () => this.#vote()],
            [15, () => this.#lock()],
        ];
        steps.push(...rare.filter(([days]) => this.#draw(days) === 0).map(([, step]) => step));
        while (steps.length > 0) steps.splice(this.#draw(2) === 0 ? 0 : this.#draw(steps.length), 1)[0]?.();
    }

    /** What a client claims: within the guard of five minutes. */
    #clientTime(): Instant {
        return (this.#time + BigInt(this.#draw(601)) - 300n) as Instant;
    }

    /** Yesterday mostly, or the day after the last attested one, or any of the last ones. */
    #dayToPlan(): Day {
        const yesterday = dayOf(this.#time - secondsPerDay);
        const { head } = this.ledger;
        const kind = this.#draw(10);
        if (kind === 0) return dayOf(this.#time - secondsPerDay * BigInt(this.#draw(9)));
        return head !== undefined && (kind < 3 || yesterday <= head.day) ? nextDay(head.day) : yesterday;
    }

    #plan(): void {
        // Now and then nobody attests for days.
        if (dayOf(this.#time) < this.#holidayUntil) return;
        if (this.#draw(60) === 0) this.#holidayUntil = dayOf(this.#time + secondsPerDay * BigInt(this.#draw(6)));
        const codes = zoneCodes.slice(0, 2 - (this.#draw(8) === 0 ? this.#draw(3) : 0));
        const zones = codes.map((eic) => ({ name: eic.slice(3, 5), eic, wh: this.#energy() }));
        const day = this.#dayToPlan();
        this.#attempt(() => {
            const corrections = this.#corrections();
            this.#planned.push(prepareAttestation({ day, zones, corrections }, this.ledger.basis(), sha256));
        });
        if (this.#draw(8) > 0) this.#submit();
    }

    #energy(): EnergyWh {
        return BigInt(100_000_000 + this.#draw(20_000_000) * (this.#draw(8) === 0 ? -5 : 1)) as EnergyWh;
    }

    /** Late data of days the ledger knows, right mostly. */
    #corrections(): readonly Correction[] {
        const { head, files, corrections } = this.ledger;
        if (head === undefined || this.#draw(7) > 0) return [];
        return Array.from({ length: this.#draw(4) }, () => {
            const day = dayOf(startOfDay(head.day) - secondsPerDay * BigInt(this.#draw(this.#draw(8) === 0 ? 40 : 9)));
            const eic = zoneCodes[this.#draw(2)] ?? zoneCodes[0];
            const attested = files.get(day)?.zones.find((zone) => zone.eic === eic)?.wh ?? 0n;
            const held = corrections.get(`${day} ${eic}`)?.wh ?? attested;
            const before = this.#draw(10) === 0 ? attested : held;
            return { day, eic, wh_before: before as EnergyWh, wh_after: this.#energy() };
        });
    }

    #submit(): void {
        const index = this.#draw(3) === 0 ? this.#draw(this.#planned.length + 1) : this.#planned.length - 1;
        const [file] = this.#draw(5) === 0 ? this.#planned.slice(index, index + 1) : this.#planned.splice(index, 1);
        if (this.#planned.length > 5) this.#planned.shift();
        if (file === undefined) return;
        const signed = this.#signed(this.#draw(12) === 0 ? this.#forged(file) : file);
        this.#attempt(() => {
            const time = this.#clientTime();
            const record = this.ledger.attest(signed, time);
            this.#witness.attested(record, signed, this.ledger.signers);
        });
    }

    /** Figures that suit the submitter, with the digest made to fit. */
    #forged(file: AttestationFile): AttestationFile {
        const better = (file.mint_suggested * 2n + 1n) as typeof file.mint_suggested;
        const change = [
            { mint_suggested: better },
            { wh_dc_raw: (file.wh_dc_raw + 1n) as EnergyWh },
            { CR: '9.000000' },
        ];
        const altered = { ...file, ...change[this.#draw(3)] };
        const digest = digestText(attestationDigest(altered, sha256));
        return { ...altered, meta: { ...altered.meta, digest_signed: digest } };
    }

    #signed(file: AttestationFile): AttestationFile {
        const message = signedMessage({
            ...{
                day: file.day,
                digest: Buffer.from(file.meta.digest_signed.slice(2), 'hex'),
                version: 2,
                chain: 'FABRIC:power',
            },
        });
        const signing = this.#draw(4) === 0 ? signers.filter(() => this.#draw(3) === 0) : [signers[0], signers[2]];
        return signing.reduce<AttestationFile>((signed, signer) => {
            if (signer === undefined) return signed;
            const { signerId, role, publicKey } = signer;
            const signature = modelSignature(publicKey, this.#draw(30) === 0 ? new Uint8Array(1) : message);
            const names = { signer_id: signerId as SignerId, role, public_key: publicKey };
            return withSignature(signed, names, { signer_id: signerId, signature });
        }, file);
    }

    /** As much as the last attestation suggests, or a part, or one unit too much, against the last day or another. */
    #mint(): void {
        const { head, records } = this.ledger;
        if (head === undefined) return;
        const day =
            this.#draw(10) === 0 ? dayOf(startOfDay(head.day) - secondsPerDay * BigInt(this.#draw(4))) : head.day;
        const { mintSuggested: suggested = 0n, acceptedAt = 0n } = records.get(day) ?? {};
        if (this.#time - acceptedAt > 2n * secondsPerDay && this.#draw(8) > 0) return;
        const parts = [suggested, suggested / 2n, suggested + 1n, 1n, suggested * 3n, suggested / 3n];
        const amount = money(parts[this.#draw(parts.length)] ?? 0n);
        if (amount === 0n) return;
        this.#attempt(() => {
            const time = this.#clientTime();
            this.ledger.mint(day, amount, time);
            this.#witness.minted({ day, amount, at: this.ledger.now(time) }, this.ledger);
        });
    }

    #redeem(): void {
        const outstanding = outstandingSupply(this.ledger.supply);
        const amount = (outstanding * BigInt(this.#draw(400))) / 10_000n;
        if (amount > 0n) this.ledger.redeem(money(amount));
    }

    #lock(): void {
        this.ledger.contractedWh = BigInt(this.#draw(100_000_000)) as EnergyWh;
    }

    #vote(): void {
        const { parameters } = this.ledger;
        const min = BigInt(1_100_000 + this.#draw(3) * 20_000) as Ppm;
        const changes: readonly Partial<Parameters>[] = [
            { alphaBase: BigInt(120_000 + this.#draw(120_000)) as Ppm },
            { energyPrice: BigInt(60_000_000 + this.#draw(60_000_000)) as Parameters['energyPrice'] },
            { coverageRatioMin: min, coverageRatioTarget: (min + BigInt(this.#draw(100_000))) as Ppm },
            { dailyCapFraction: BigInt(this.#draw(100_000)) as Ppm },
            { unfreezeMargin: BigInt(this.#draw(60_000)) as Ppm },
            { reserveWindowDays: BigInt(1 + this.#draw(60)) as Quantity<'count'> },
            { contractedGate: BigInt(this.#draw(3) === 0 ? 1 : 0) as Quantity<'count'> },
            { zonesMinimum: BigInt(1 + this.#draw(2)) as Quantity<'count'> },
        ];
        const changed = { ...parameters, ...changes[this.#draw(changes.length)] };
        const time = this.#clientTime();
        this.ledger.change(changed, time);
        this.#witness.changed(changed, this.ledger.now(time));
    }

    /** Counts refusals by their code; anything else is a fault. */
    #attempt(step: () => void): void {
        try {
            step();
        } catch (thrown) {
            if (!(thrown instanceof DomainError)) throw thrown;
            this.refusals.set(thrown.code, (this.refusals.get(thrown.code) ?? 0) + 1);
        }
    }
}
