// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, list, object, oneOf } from '../encoding/codec.js';
import { proposalId, redemptionId, requestId, transactionId, walletId } from '../encoding/identifier.js';
import { amount, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { day } from '../time/day.js';
import { year } from '../time/period.js';
import { assetCode } from './asset.js';
import { addMoney, type Money, subtractMoney, zeroMoney } from './money.js';

/** Running totals of one asset. Written by issuance and redemption only; outstanding supply is the difference. */
export const supply = object({ issued: amount, redeemed: amount });
export type Supply = Decoded<typeof supply>;

/** Before the first issuance. */
export const noSupply: Supply = { issued: zeroMoney, redeemed: zeroMoney };

/** Why units came into being or ceased to be: the attestation, proposal, order or redemption that made it so (F01). */
const supplyCauses = {
    attestation: object({ day }),
    proposal: object({ proposalId }),
    growth: object({ year }),
    issuer: object({ walletId, requestId }),
    redemption: object({ redemptionId }),
    retirement: object({ walletId, requestId }),
} as const;
const supplyCause = union(supplyCauses);
export const supplyCauseKinds = Object.keys(supplyCauses) as (keyof typeof supplyCauses)[];
export type SupplyCause = Decoded<typeof supplyCause>;

/** One change of an asset's supply, inserted by the transaction that made it. */
export const supplyChange = object({
    direction: oneOf(['issued', 'redeemed']),
    amount: positiveAmount,
    cause: supplyCause,
    at: instant,
    transactionId,
});
export type SupplyChange = Decoded<typeof supplyChange>;

const supplyCounts = {
    asset: assetCode,
    issued: amount,
    redeemed: amount,
    wallets: amount,
    pending: amount,
    held: amount,
    notes: amount,
    escrow: amount,
    vouchers: amount,
    /** Records counted. */
    recordCount: integer(0, Number.MAX_SAFE_INTEGER),
} as const;

/** Running totals beside an independent count of every record that holds money, all of one height. */
export const supplyAccount = object(supplyCounts);
export type SupplyAccount = Decoded<typeof supplyAccount>;

const causeTotal = object({
    direction: oneOf(['issued', 'redeemed']),
    kind: oneOf(supplyCauseKinds),
    amount,
    changeCount: integer(0, Number.MAX_SAFE_INTEGER),
});
export type CauseTotal = Decoded<typeof causeTotal>;

/** An account of supply with what made it so: the causes of one direction add up to its total. */
export const supplyDescription = object({ ...supplyCounts, causes: list(causeTotal, 2 * supplyCauseKinds.length) });

/** Units in existence: issued and not redeemed. */
export function outstandingSupply({ issued, redeemed }: Supply): Money {
    return subtractMoney(issued, redeemed) ?? zeroMoney;
}

/** Throws AMOUNT_OVERFLOW. */
export function issueSupply(totals: Supply, issued: Money): Supply {
    return { ...totals, issued: addMoney(totals.issued, issued) };
}

/** Throws AMOUNT_OVERFLOW. */
export function redeemSupply(totals: Supply, redeemed: Money): Supply {
    return { ...totals, redeemed: addMoney(totals.redeemed, redeemed) };
}
