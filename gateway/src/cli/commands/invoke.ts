// SPDX-License-Identifier: Apache-2.0
import { transactionDefinition, type TransactionName, transactions } from '@power-currency/domain';
import { type Command } from 'commander';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';
import { parseCall } from './parseCall.js';

/** `power submit` and `power evaluate`: any transaction of the ledger by its name. */
export function addInvokeCommands(program: Command, surface: Surface): void {
    program
        .command('submit')
        .argument('<transaction>', 'Contract:Transaction')
        .argument('[json]', 'its argument, or - to read it from standard input', '{}')
        .description('submit a transaction and wait for its commit')
        .action(async (transaction: string, json: string) => {
            const { name, request } = parseCall(transaction, json, 'submit');
            const { transport } = await surface.ledger();
            const { result, txId, blockNumber, attempts } = await transport.submit(name, request);
            surface.print({
                txId,
                blockNumber: blockNumber.toString(),
                attempts,
                result: JSON.parse(result) as Printable,
            });
        })
        .addHelpText(
            'after',
            () =>
                `\nExample:\n  $ power submit Governance:Close '{"requestId":"close-1","proposalId":"p1"}'\n\n${listOf('submit')}`,
        );
    program
        .command('evaluate')
        .argument('<transaction>', 'Contract:Transaction')
        .argument('[json]', 'its argument, or - to read it from standard input', '{}')
        .description('ask the ledger without writing to it')
        .action(async (transaction: string, json: string) => {
            const { name, request } = parseCall(transaction, json, 'evaluate');
            const { transport } = await surface.ledger();
            surface.print(JSON.parse(await transport.evaluate(name, request)) as Printable);
        })
        .addHelpText(
            'after',
            () => `\nExample:\n  $ power evaluate Wallet:BalanceOf '{"walletId":"alice"}'\n\n${listOf('evaluate')}`,
        );
}

function listOf(kind: 'submit' | 'evaluate'): string {
    const names = (Object.keys(transactions) as TransactionName[]).filter(
        (name) => transactionDefinition(name).kind === kind,
    );
    const width = Math.max(...names.map((name) => name.length));
    return [
        'Transactions:',
        ...names.map((name) => `  ${name.padEnd(width)}  ${transactionDefinition(name).summary}`),
    ].join('\n');
}
