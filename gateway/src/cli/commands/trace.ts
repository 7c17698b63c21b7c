// SPDX-License-Identifier: Apache-2.0
import { type Command } from 'commander';
import { traceTransaction } from '../../application/transactionTrace.js';
import { type Context, contextNamed } from '../../config/contextFile.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';
import { traceText } from '../traceText.js';
import { paintOf } from './block.js';

/** `power trace`. */
export function addTraceCommand(program: Command, surface: Surface): void {
    program
        .command('trace')
        .description(
            "show a transaction's life: proposal, endorsers' reads, writes and timing, ordering, verdict, the key that conflicted",
        )
        .argument('<txid>', 'transaction id, 64 hexadecimal digits')
        .option(
            '--peers <contexts...>',
            'administrators whose peers are asked for their records (every context NAME-admin)',
        )
        .action(async (txId: string, { peers }: { peers?: readonly string[] }) => {
            await showTrace(txId, peers, surface);
        })
        .addHelpText(
            'after',
            `
A peer of the embedded engine remembers the last thousand proposals it ran, and shows them to its organisation's administrators.
Peers of Hyperledger Fabric record none; everything that the chain tells is shown all the same.

Examples:
  $ power trace ${'4f'.repeat(4)}…
  $ power trace ${'4f'.repeat(4)}… --peers authority-admin -o json`,
        );
}

async function showTrace(txId: string, peers: readonly string[] | undefined, surface: Surface): Promise<void> {
    const { blocks } = await surface.ledger();
    const asked = await Promise.all(
        askedContexts(peers, surface).map(async (context) => ({
            context: context.name,
            blocks: (await surface.ledgerOf(context)).blocks,
        })),
    );
    const trace = await traceTransaction(txId, blocks, asked);
    if (surface.outputFormat === 'table') surface.printText(traceText(trace, paintOf(surface)));
    else surface.print(trace as unknown as Printable);
}

/** The administrators that are at hand, else whoever asks. */
function askedContexts(names: readonly string[] | undefined, surface: Surface): readonly Context[] {
    const file = surface.contexts();
    if (names !== undefined) return names.map((name) => contextNamed(file, name));
    const administrators = file.contexts.filter(({ name }) => name.endsWith('-admin'));
    return administrators.length > 0 ? administrators : [surface.context()];
}
