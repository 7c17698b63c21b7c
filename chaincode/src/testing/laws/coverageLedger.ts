// SPDX-License-Identifier: Apache-2.0
import {
    acceptAttestation,
    type AttestationBasis,
    type AttestationFile,
    type AttestationHead,
    type AttestationRecord,
    type Day,
    dayOf,
    type EnergyWh,
    initialParameters,
    type Instant,
    issueSupply,
    type LedgerDayIssuance,
    ledgerNow,
    mint,
    type Money,
    noPreviousDigest,
    noSupply,
    outstandingSupply,
    type Parameters,
    type ParameterTimeline,
    type Quantity,
    redeemSupply,
    type Signer,
    timelineOf,
    withVersion,
    zeroMoney,
    type ZoneCorrection,
} from '@power-currency/domain';
import { nodePlatform } from '../../platform/nodePlatform.js';
import { sha256 } from '../scenario.js';

/** A signature of the model: a digest over key and message, thousands of times cheaper than Ed25519. */
export function modelSignature(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
    return sha256(Buffer.concat([publicKey, message]));
}

const primitives = {
    ...nodePlatform.primitives,
    verifyEd25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
        Buffer.compare(modelSignature(key, message), signature) === 0,
};

/** The records that coverage touches, kept by the rules alone: what the contracts load and write, without a ledger. */
export class CoverageLedger {
    readonly records = new Map<Day, AttestationRecord>();
    readonly files = new Map<Day, AttestationFile>();
    readonly corrections = new Map<string, ZoneCorrection>();
    readonly signers: readonly Signer[];
    head: AttestationHead | undefined;
    parameters: Parameters = initialParameters;
    supply = noSupply;
    contractedWh = 0n as EnergyWh;
    #timeline: ParameterTimeline = timelineOf(initialParameters);
    #clock: Instant | undefined;
    #ledgerDay: LedgerDayIssuance | undefined;
    readonly #issued = new Map<Day, Money>();

    constructor(signers: readonly Signer[]) {
        this.signers = signers;
    }

    /** The ledger's time in a transaction with this client time. */
    now(clientTime: Instant): Instant {
        return ledgerNow(this.#clock, clientTime);
    }

    basis(): AttestationBasis {
        return {
            ...{ network: 'power-test', channel: 'power', sequence: this.#nextSequence() },
            previousDigest: this.head?.digestSigned ?? noPreviousDigest,
            lastDay: this.head?.day ?? null,
            ...{ supply: outstandingSupply(this.supply), contractedWh: this.contractedWh },
            earlierWh: this.head?.committedWh ?? [],
            ...{ parameters: this.parameters, versions: this.#timeline.versions },
        };
    }

    attest(file: AttestationFile, clientTime: Instant): AttestationRecord {
        const held = file.corrections.map(({ day, eic }) => ({
            attested: this.files.get(day),
            earlier: this.corrections.get(`${day} ${eic}`),
        }));
        const now = this.now(clientTime);
        const existing = this.records.get(file.day);
        const facts = {
            file,
            basis: this.basis(),
            head: this.head,
            existing,
            held,
            transactionId: '',
            signers: this.signers,
        };
        const { record, head } = acceptAttestation({ ...facts, now, primitives });
        this.records.set(file.day, record);
        this.files.set(file.day, file);
        this.head = head;
        for (const { day, eic, wh_after: wh } of file.corrections) {
            this.corrections.set(`${day} ${eic}`, { wh, correctedBy: file.day });
        }
        this.#clock = now;
        return record;
    }

    mint(day: Day, amount: Money, clientTime: Instant): void {
        const { dayIssuance, ledgerDay } = mint({
            ...{ day, amount, attestation: this.records.get(day), head: this.head, ledgerDay: this.#ledgerDay },
            dayIssuance: { issued: this.#issued.get(day) ?? zeroMoney },
            ...{ supply: this.supply, contractedWh: this.contractedWh, parameters: this.parameters },
            now: this.now(clientTime),
        });
        this.#issued.set(day, dayIssuance.issued);
        this.#ledgerDay = ledgerDay;
        this.supply = issueSupply(this.supply, amount);
    }

    redeem(amount: Money): void {
        this.supply = redeemSupply(this.supply, amount);
    }

    change(parameters: Parameters, clientTime: Instant): void {
        const now = this.now(clientTime);
        this.#timeline = withVersion(this.#timeline, parameters, dayOf(now), this.head?.day);
        this.parameters = parameters;
        this.#clock = now;
    }

    #nextSequence(): Quantity<'count'> {
        return ((this.head?.sequence ?? 0n) + 1n) as Quantity<'count'>;
    }
}
