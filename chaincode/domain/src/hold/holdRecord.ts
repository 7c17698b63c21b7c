// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, freeText, nullable, object, oneOf } from '../encoding/codec.js';
import { externalReference, holdId, walletId } from '../encoding/identifier.js';
import { amount, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { assetCode } from '../money/asset.js';
import { type Money, subtractMoney, zeroMoney } from '../money/money.js';

const holdKinds = ['payment', 'deposit', 'withdrawal'] as const;
export const holdKind = oneOf(holdKinds);
export type HoldKind = (typeof holdKinds)[number];

/** What a hold is for, which decides who settles it, and how. */
const holdPurpose = union({
    /** The counterparty takes what it has earned. */
    payment: object({ text: freeText(140) }),
    /** A dealer pays its customer when it was paid outside, under this reference. */
    deposit: object({ reference: externalReference }),
    /** A dealer takes the customer's money when it has paid an account outside: the reference is that payment's. */
    withdrawal: object({ accountDigest: digest, reference: nullable(externalReference) }),
} satisfies Record<HoldKind, unknown>);
export type HoldPurpose = Decoded<typeof holdPurpose>;

const endedStates = ['posted', 'voided', 'expired'] as const;
export const endedState = oneOf(endedStates);

const fields = {
    holdId,
    asset: assetCode,
    /** Who pays: the money was in its pocket, and what is not posted goes back to it. */
    wallet: walletId,
    /** The counterparty, who is paid. */
    to: walletId,
    purpose: holdPurpose,
    /** As reserved. */
    amount: positiveAmount,
    /** Paid to the counterparty so far. */
    posted: amount,
    /** Still on hold: zero exactly if the hold has ended. */
    remaining: amount,
    state: oneOf(['open', ...endedStates]),
    /** Why it was voided; empty otherwise. */
    reason: freeText(140),
    reservedAt: instant,
    /** Until then the money is promised: it can be posted before, and taken back from then on. */
    expiresAt: instant,
} as const;

/** Money set aside from a wallet's pocket in favour of another wallet. Its id is the payer's, for ever. */
export const hold = object(fields);
export type Hold = Decoded<typeof hold>;

/**
 * ISO 20022 status of each phase of a hold, from the external code sets ExternalPaymentTransactionStatus1Code and, for
 * PART, ExternalPaymentGroupStatus1Code: a hold posted in parts is a group of payments (F06).
 */
const paymentStatusOf = {
    /** Accepted, settlement in process. */
    reserved: 'ACSP',
    /** Some was posted: the rest is open still, or went back. */
    'posted-in-part': 'PART',
    /** Settlement completed. */
    posted: 'ACSC',
    /** Cancelled at the counterparty's word before anything was posted. */
    voided: 'CANC',
    /** Rejected: its time passed before anything was posted. */
    expired: 'RJCT',
} as const satisfies Record<string, string>;
type HoldPhase = keyof typeof paymentStatusOf;

const phases = Object.keys(paymentStatusOf) as HoldPhase[];
const statuses = Object.values(paymentStatusOf);

/** A hold with what follows from its record. */
export const holdView = object({
    ...fields,
    /** Back with the payer. */
    returned: amount,
    phase: oneOf(phases),
    /** ISO 20022 status code of the phase. */
    paymentStatus: oneOf(statuses),
});
export type HoldView = Decoded<typeof holdView>;

/** The hold as queries and receipts show it. */
export function holdViewOf(record: Hold): HoldView {
    const phase = phaseOf(record);
    return { ...record, returned: returnedOf(record), phase, paymentStatus: paymentStatusOf[phase] };
}

function returnedOf({ amount: reserved, posted, remaining }: Hold): Money {
    return subtractMoney(reserved, (posted + remaining) as Money) ?? zeroMoney;
}

function phaseOf({ state, amount: reserved, posted }: Hold): HoldPhase {
    if (posted === reserved) return 'posted';
    if (posted > 0n) return 'posted-in-part';
    return state === 'open' ? 'reserved' : state;
}
