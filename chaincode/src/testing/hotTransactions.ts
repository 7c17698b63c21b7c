// SPDX-License-Identifier: Apache-2.0
import {
    type CreditId,
    encodeArguments,
    type HoldId,
    manyTransferIntent,
    money,
    type NoteId,
    powerCredit,
    type Quantity,
    requestRedemptionIntent,
    type TransactionName,
    type WalletId,
} from '@power-currency/domain';
import { HoldSteps } from './holdSteps.js';
import { NoteSteps } from './noteSteps.js';
import { Redeeming } from './redeeming.js';
import { Scenario } from './scenario.js';
import type { TextCall } from './simulatedTransaction.js';

/** A transaction that is executed often enough for its cost to matter. */
export interface HotTransaction {
    readonly name: TransactionName;
    /** Requests to the peer it may make. */
    readonly roundTrips: number;
    /** Distinct calls, each of which succeeds on the prepared ledger. */
    readonly calls: (prepared: PreparedLedger) => readonly TextCall[];
}

/** A ledger on which {@link hotTransactions} can be executed, again and again: nothing is committed. */
export interface PreparedLedger {
    readonly scenario: Scenario;
    /** Wallets with money, each with a key of its own, a hold in favour of the next, a note and a credit to fold. */
    readonly wallets: readonly PreparedWallet[];
    /** An accredited provider of energy. */
    readonly provider: WalletId;
}

interface PreparedWallet {
    readonly walletId: WalletId;
    /** Whom it pays. */
    readonly next: WalletId;
    readonly holdId: HoldId;
    readonly creditId: CreditId;
    readonly noteId: NoteId;
}

/** Each wallet has reserved once, and drawn a note. */
const nonce = 3n as Quantity<'count'>;
const noteAmount = 5n;

type Row = readonly [
    name: TransactionName,
    value: (scenario: Scenario, wallet: PreparedWallet, provider: WalletId) => object,
];

const rows: readonly Row[] = [
    [
        'Wallet:Transfer',
        (scenario, { walletId: from, next: to }) =>
            scenario.signedIntent(scenario.intent({ from, to, amount: 5n, nonce })),
    ],
    [
        'Wallet:TransferMany',
        (scenario, { walletId, next }) => {
            const payees = Array.from({ length: 10 }, () => ({ to: next, amount: money(1n), reference: '' }));
            const intent = { ...scenario.intentFields(walletId, nonce), type: 'power/transfer-many' } as const;
            const terms = { asset: powerCredit, payees, memo: '', travelRule: null };
            return { ...scenario.signed(manyTransferIntent, { ...intent, ...terms }), foldIds: [] };
        },
    ],
    [
        'Wallet:Fold',
        (scenario, { walletId, creditId }) => ({
            ...{ requestId: scenario.requestId(), walletId, asset: powerCredit, creditIds: [creditId] },
        }),
    ],
    [
        'Hold:Reserve',
        (scenario, { walletId: from, next: to }) =>
            new HoldSteps(scenario).reservation('bench', { from, to, amount: 5n, nonce }),
    ],
    [
        'Hold:Post',
        (scenario, { walletId: payer, next: by, holdId }) => new HoldSteps(scenario).posting({ by, payer, holdId }, 1n),
    ],
    [
        'Note:Spend',
        (scenario, { walletId, next, noteId }) =>
            new NoteSteps(scenario).spending(walletId, [noteId], [[next, noteAmount]]),
    ],
    [
        'Redemption:Request',
        (scenario, { walletId, next }, provider) => {
            const redeeming = new Redeeming(scenario, walletId, provider);
            const intent = redeeming.requesting(`of-${next}`, 1_000n, { nonce });
            return { ...scenario.signed(requestRedemptionIntent, intent), foldIds: [] };
        },
    ],
];

/** What the benchmark measures and what a test counts the round trips of: one batch read, one batch written. */
export const hotTransactions: readonly HotTransaction[] = rows.map(([name, value]) => ({
    name,
    roundTrips: 2,
    calls: ({ scenario, wallets, provider }) =>
        wallets.map((wallet) => ({
            identity: scenario.person('CooperativeMSP'),
            transaction: name,
            argument: encodeArguments(name, value(scenario, wallet, provider) as never),
        })),
}));

/** A ledger with this many wallets, at the given time in seconds since 1970. */
export async function preparedLedger(walletCount: number, time: bigint): Promise<PreparedLedger> {
    const scenario = await Scenario.founded({ time });
    const yesterday = new Date(Number(time - 86_400n) * 1000).toISOString().slice(0, 10);
    await scenario.attestDay(yesterday, 10n ** 12n);
    const names: WalletId[] = [];
    for (let index = 0; index < walletCount; index++) names.push(await scenario.openWallet(`wallet-${String(index)}`));
    const wallets: PreparedWallet[] = [];
    for (const [index, walletId] of names.entries()) {
        const next = names[(index + 1) % walletCount] ?? walletId;
        await scenario.fund(yesterday, 2_000n, walletId);
        const { creditId } = await scenario.mint(yesterday, 1n, walletId);
        const terms = { from: walletId, to: next, amount: 10n, nonce: 1n };
        const { hold } = await new HoldSteps(scenario).reserve('prepared', terms);
        for (const noteId of await new NoteSteps(scenario).draw(walletId, 2n, [noteAmount]))
            wallets.push({ walletId, next, holdId: hold.holdId, creditId, noteId });
    }
    const { provider } = await Redeeming.between(scenario, await scenario.openWallet('redeemer'));
    return { scenario, wallets, provider };
}
