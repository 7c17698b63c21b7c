// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, integer, nullable, object, oneOf, text } from '../encoding/codec.js';
import { creditId, walletId } from '../encoding/identifier.js';
import { amount, positiveAmount } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';

/** Running totals of one asset. Written by issuance and redemption only; outstanding supply is the difference. */
export const supply = object({ issued: amount, redeemed: amount });
export type Supply = Decoded<typeof supply>;

/** What was issued against one day's attestation. */
export const dayIssuance = object({ issued: amount });
export type DayIssuance = Decoded<typeof dayIssuance>;

export const mintReceipt = object({
    day,
    to: walletId,
    asset: oneOf(['PC']),
    amount: positiveAmount,
    creditId,
    /** What may still be issued against the day. */
    available: amount,
});
export type MintReceipt = Decoded<typeof mintReceipt>;

/** Totals beside an independent count: at one height, `inWallets + pending` equals `issued - redeemed`. */
export const supplyAccount = object({
    asset: oneOf(['PC']),
    issued: amount,
    redeemed: amount,
    inWallets: amount,
    pending: amount,
    walletCount: integer(0, Number.MAX_SAFE_INTEGER),
    pendingCount: integer(0, Number.MAX_SAFE_INTEGER),
});
export type SupplyAccount = Decoded<typeof supplyAccount>;

/** A coverage ratio with six decimals, or "infinite" while supply is zero. */
export const coverageRatioText = text(/^(infinite|(0|[1-9][0-9]*)\.[0-9]{6})$/, 'coverage ratio');

/** Coverage now: the last attested reserve over the present supply. */
export const coverageAccount = object({
    day: nullable(day),
    supply: amount,
    coverageRatio: coverageRatioText,
    isFrozen: boolean,
    /** What may be issued now against the last attestation. */
    available: amount,
});
export type CoverageAccount = Decoded<typeof coverageAccount>;
