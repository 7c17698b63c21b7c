// SPDX-License-Identifier: Apache-2.0
import { type Decoded, integer, object, oneOf, text } from '../encoding/codec.js';
import { proposalId, redemptionId, requestId, walletId } from '../encoding/identifier.js';
import { amount, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { day } from '../time/day.js';
import { assetCode } from './asset.js';
import { addMoney, type Money, subtractMoney, zeroMoney } from './money.js';

/** Running totals of one asset. Written by issuance and redemption only; outstanding supply is the difference. */
export const supply = object({ issued: amount, redeemed: amount });
export type Supply = Decoded<typeof supply>;

/** Before the first issuance. */
export const noSupply: Supply = { issued: zeroMoney, redeemed: zeroMoney };

/** Why units came into being or ceased to be: the attestation, proposal, order or redemption that made it so (F01). */
const supplyCause = union({
    attestation: object({ day }),
    proposal: object({ proposalId }),
    issuer: object({ walletId, requestId }),
    redemption: object({ redemptionId }),
    retirement: object({ walletId, requestId }),
});
export type SupplyCause = Decoded<typeof supplyCause>;

/** One change of an asset's supply, inserted by the transaction that made it. */
export const supplyChange = object({
    direction: oneOf(['issued', 'redeemed']),
    amount: positiveAmount,
    cause: supplyCause,
    at: instant,
    transactionId: text(/^[0-9a-f]{64}$/, 'transaction id'),
});
export type SupplyChange = Decoded<typeof supplyChange>;

/** Running totals beside an independent count of every record that holds money, all of one height. */
export const supplyAccount = object({
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
});
export type SupplyAccount = Decoded<typeof supplyAccount>;

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
