// SPDX-License-Identifier: Apache-2.0
import { encodeArguments, type TransactionName, type WalletId } from '@power-currency/domain';
import { Scenario } from './scenario.js';
import type { TextCall } from './simulatedLedger.js';

/** A transaction that is executed often enough for its cost to matter. */
export interface HotTransaction {
    readonly name: TransactionName;
    /** Requests to the peer it may make. */
    readonly roundTrips: number;
    /** Distinct calls, each of which succeeds on the prepared ledger. */
    readonly calls: (prepared: PreparedLedger) => Promise<readonly TextCall[]> | readonly TextCall[];
}

/** A ledger on which {@link hotTransactions} can be executed, again and again: nothing is committed. */
export interface PreparedLedger {
    readonly scenario: Scenario;
    /** Wallets with money, each with a key of its own. */
    readonly wallets: readonly WalletId[];
}

/** What the benchmark measures and what a test counts the round trips of. */
export const hotTransactions: readonly HotTransaction[] = [
    {
        name: 'Wallet:Transfer',
        roundTrips: 2,
        calls: ({ scenario, wallets }) =>
            wallets.map((from, index) => {
                const to = wallets[(index + 1) % wallets.length] ?? from;
                const intent = scenario.intent({ from, to, amount: 5n, nonce: 1n });
                return call(scenario, 'Wallet:Transfer', scenario.signedIntent(intent));
            }),
    },
];

/** A ledger with this many wallets of ten units, at the given time in seconds since 1970. */
export async function preparedLedger(walletCount: number, time: bigint): Promise<PreparedLedger> {
    const scenario = await Scenario.founded({ time });
    const yesterday = new Date(Number(time - 86_400n) * 1000).toISOString().slice(0, 10);
    await scenario.attestDay(yesterday, 10n ** 12n);
    const wallets: WalletId[] = [];
    for (let index = 0; index < walletCount; index++) {
        const walletId = await scenario.openWallet(`wallet-${String(index)}`);
        await scenario.fund(yesterday, 10n, walletId);
        wallets.push(walletId);
    }
    return { scenario, wallets };
}

function call<N extends TransactionName>(
    scenario: Scenario,
    transaction: N,
    value: Parameters<typeof encodeArguments<N>>[1],
): TextCall {
    const argument = encodeArguments(transaction, value);
    return { identity: scenario.person('AuthorityMSP'), transaction, argument };
}
