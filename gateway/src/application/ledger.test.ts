// SPDX-License-Identifier: Apache-2.0
import {
    powerCredit,
    type TransactionName,
    transactionDefinition,
    transactions,
    walletId,
} from '@power-currency/domain';
import { createLedger } from './ledger.js';
import { type LedgerTransport } from './ports.js';

function recorded(answer: string): { transport: LedgerTransport; calls: string[][] } {
    const calls: string[][] = [];
    return {
        calls,
        transport: {
            submit: (name, request) => {
                calls.push(['submit', name, request]);
                return Promise.resolve({ result: answer, txId: 't', blockNumber: 3n, attempts: 1, latencyMs: 1 });
            },
            evaluate: (name, request) => {
                calls.push(['evaluate', name, request]);
                return Promise.resolve(answer);
            },
        },
    };
}

describe('createLedger', () => {
    it('offers every transaction of the table, and nothing else', () => {
        const ledger = createLedger(recorded('{}').transport) as unknown as Record<string, object>;
        const offered = Object.entries(ledger).flatMap(([contract, calls]) =>
            Object.keys(calls).map((call) => `${contract}:${call}`),
        );
        const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
        expect(offered).toEqual(Object.keys(transactions).map((name) => name.split(':').map(lower).join(':')));
    });

    it('sends each transaction the way the table says', async () => {
        for (const name of Object.keys(transactions) as TransactionName[]) {
            const { transport, calls } = recorded('{}');
            const ledger = createLedger(transport) as unknown as Record<
                string,
                Record<string, (request: object) => Promise<unknown>>
            >;
            const [contract = '', transaction = ''] = name
                .split(':')
                .map((part) => part.charAt(0).toLowerCase() + part.slice(1));
            // Arguments do not matter here; the empty object fails for most, after or before the call.
            await ledger[contract]?.[transaction]?.({}).catch(() => undefined);
            for (const [method] of calls) {
                expect(method).toBe(transactionDefinition(name).kind);
            }
        }
    });

    it('encodes the request canonically and decodes the answer into domain types', async () => {
        const answer =
            '{"asset":"PC","available":"5","held":"0","holdCount":0,"nonce":"2","noteCount":0,"notes":"0","pending":"0","pendingCount":0,"walletId":"alice"}';
        const { transport, calls } = recorded(answer);
        const { available } = await createLedger(transport).wallet.balanceOf({
            walletId: walletId.decode('alice', ''),
            asset: powerCredit,
        });
        expect(available).toBe(5n);
        expect(calls).toEqual([['evaluate', 'Wallet:BalanceOf', '{"asset":"PC","walletId":"alice"}']]);
    });

    it('refuses an answer that is not what the table says', async () => {
        const { transport } = recorded('{"balance":5}');
        const asked = createLedger(transport).wallet.balanceOf({
            walletId: walletId.decode('alice', ''),
            asset: powerCredit,
        });
        await expect(asked).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    });
});
