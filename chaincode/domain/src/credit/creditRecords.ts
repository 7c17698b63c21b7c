// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, nullable, object, text } from '../encoding/codec.js';
import { creditId, walletId } from '../encoding/identifier.js';
import { amount, energyWh, positiveAmount } from '../encoding/quantityCodec.js';
import { assetCode } from '../money/asset.js';
import { day } from '../time/day.js';
import { reserveGate } from './reserve.js';

/** What was issued against one day's attestation. */
export const dayIssuance = object({ issued: amount });
export type DayIssuance = Decoded<typeof dayIssuance>;

/** What was issued on one of the ledger's own days. */
export const ledgerDayIssuance = object({ day, issued: amount });
export type LedgerDayIssuance = Decoded<typeof ledgerDayIssuance>;

export const mintReceipt = object({
    day,
    to: walletId,
    asset: assetCode,
    amount: positiveAmount,
    creditId,
    /** What may still be issued against the day. */
    available: amount,
});
export type MintReceipt = Decoded<typeof mintReceipt>;

/** A coverage ratio with six decimals, or "infinite" while supply is zero. */
export const coverageRatioText = text(/^(infinite|(0|[1-9][0-9]*)\.[0-9]{6})$/, 'coverage ratio');

/**
 * Coverage now: the last attested reserve, and the energy that is locked, over the present supply. `gate` says which of
 * the two allows issuance.
 */
export const coverageAccount = object({
    day: nullable(day),
    supply: amount,
    gate: reserveGate,
    whReserve: energyWh,
    coverageRatio: coverageRatioText,
    whContracted: energyWh,
    coverageRatioContracted: coverageRatioText,
    isFrozen: boolean,
    /** What may be issued now against the last attestation. */
    available: amount,
});
export type CoverageAccount = Decoded<typeof coverageAccount>;
