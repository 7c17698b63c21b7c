// SPDX-License-Identifier: Apache-2.0
import { boolean, type Decoded, integer, object, oneOf } from '../encoding/codec.js';
import { amount } from '../encoding/quantityCodec.js';

/** Reserve: central banks. Sovereign: treasuries, states, cities. Commercial: licensed institutions (KD-062…KD-065). */
const walletTypes = ['reserve', 'sovereign', 'cooperative', 'commercial', 'personal'] as const;
export const walletType = oneOf(walletTypes);
export type WalletType = Decoded<typeof walletType>;

const powers = {
    receivesIssuance: boolean,
    opensProgrammes: boolean,
    grossSettlement: boolean,
    settlementRank: integer(1, 9),
    tierMin: integer(0, 3),
    creditLine: boolean,
    transactionMax: amount,
} as const;

/**
 * What a wallet may do by its type.
 * - `receivesIssuance`: a share of newly issued K-Dollars may be allocated to it (KD-063, KD-064).
 * - `opensProgrammes`: may put a budget into escrow for an infrastructure programme (PC-08, PC-30; KD-063).
 * - `grossSettlement`: settles directly, one payment at a time, rather than in netting cycles (KD-062, Q17).
 * - `settlementRank`: who settles first when liquidity is short; the higher rank does (Q20).
 * - `tierMin`: KYC tier its holder needs to open it (PC-15).
 * - `creditLine`: may draw on a collateralised intraday facility (KD-065, Q19).
 * - `transactionMax`: most that one payment out of it moves, in minor units; 0 is no limit (KD-062, KD-065, Q18).
 */
const walletPowers = object(powers);
export type WalletPowers = Decoded<typeof walletPowers>;
export type WalletPower = keyof WalletPowers;
export const walletPower = oneOf(Object.keys(powers) as WalletPower[]);

/** The policy table: changed only by executing an approved proposal. */
export const walletPolicies = object({
    reserve: walletPowers,
    sovereign: walletPowers,
    cooperative: walletPowers,
    commercial: walletPowers,
    personal: walletPowers,
} satisfies Record<WalletType, unknown>);
export type WalletPolicies = Decoded<typeof walletPolicies>;

const ordinary = { receivesIssuance: false, opensProgrammes: false, grossSettlement: false, creditLine: false };
const unlimited = { transactionMax: '0' };

/** The table a new ledger starts with. */
export const initialWalletPolicies: WalletPolicies = walletPolicies.decode(
    {
        reserve: {
            ...ordinary,
            grossSettlement: true,
            settlementRank: 5,
            tierMin: 3,
            ...unlimited,
        },
        sovereign: {
            ...ordinary,
            receivesIssuance: true,
            opensProgrammes: true,
            settlementRank: 4,
            tierMin: 3,
            ...unlimited,
        },
        cooperative: { ...ordinary, receivesIssuance: true, settlementRank: 3, tierMin: 2, ...unlimited },
        commercial: { ...ordinary, creditLine: true, settlementRank: 2, tierMin: 2, ...unlimited },
        personal: { ...ordinary, settlementRank: 1, tierMin: 0, ...unlimited },
    },
    'initialWalletPolicies',
);
