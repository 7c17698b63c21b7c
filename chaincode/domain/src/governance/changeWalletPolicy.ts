// SPDX-License-Identifier: Apache-2.0
import type { Json } from '../encoding/json.js';
import { type WalletPolicies, walletPolicies, type WalletPower, type WalletType } from '../wallet/walletPolicy.js';
import type { ActionOf } from './action.js';
import { checkedRules, type Constraint } from './checkedRules.js';

/** A power of a wallet type as it is written in a proposal. */
export function powerText(current: WalletPolicies, walletType: WalletType, power: WalletPower): string {
    return current[walletType][power].toString();
}

/** The policy table with one power of one type changed. Throws PROPOSAL_VALUE_OUT_OF_RANGE. */
export function changeWalletPolicy(current: WalletPolicies, change: ActionOf<'wallet-policy'>): WalletPolicies {
    const { walletType, power, value } = change;
    const table = walletPolicies.encode(current) as Readonly<Record<string, Readonly<Record<string, Json>>>>;
    const changed = { ...table, [walletType]: { ...table[walletType], [power]: wireForms[power](value) } };
    const proposed = { parameter: `${walletType}.${power}`, value };
    return checkedRules(proposed, () => walletPolicies.decode(changed, ''), constraints);
}

const flag = (text: string): Json => (text === 'true' || text === 'false' ? text === 'true' : text);
const whole = (text: string): Json => (/^(0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : text);
const decimal = (text: string): Json => text;

/** How a power's text becomes its wire form; text that is none is left for the codec to refuse. */
const wireForms: Readonly<Record<WalletPower, (text: string) => Json>> = {
    receivesIssuance: flag,
    opensProgrammes: flag,
    grossSettlement: flag,
    settlementRank: whole,
    tierMin: whole,
    creditLine: flag,
    transactionMax: decimal,
};

const constraints: readonly Constraint<WalletPolicies>[] = [
    // Q18, Q19: credit is a facility of licensed institutions; no balance of another type is ever below zero.
    [
        'only commercial wallets have a creditLine',
        ({ reserve, sovereign, cooperative, personal }) =>
            [reserve, sovereign, cooperative, personal].every(({ creditLine }) => !creditLine),
    ],
    // Q18
    ['reserve wallets have no transactionMax', ({ reserve }) => reserve.transactionMax === 0n],
];
