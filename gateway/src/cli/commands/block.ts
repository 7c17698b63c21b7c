// SPDX-License-Identifier: Apache-2.0
import { styleText } from 'node:util';
import { type Command } from 'commander';
import { compareChains } from '../../application/blockDifference.js';
import { type BlockView } from '../../application/blockView.js';
import { Failure } from '../../application/failure.js';
import { blockText, type Paint } from '../blockText.js';
import { type LedgerConnection } from '../environment.js';
import { ExitCode } from '../exitCodes.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';

/** `power block N` and `power block diff`. */
export function addBlockCommand(program: Command, surface: Surface): void {
    const block = program
        .command('block')
        .description('show a block in full: for people on a terminal, as JSON otherwise')
        .argument('<number>', 'number of the block, or `newest`')
        .action(async (number: string) => {
            await showBlock(number, surface);
        })
        .addHelpText('after', '\nExamples:\n  $ power block newest\n  $ power block 4 -o json | jq .transactions');
    block
        .command('diff')
        .argument('<context>', 'who asks the first peer (see `power context`)')
        .argument('<other>', 'who asks the second')
        .description(
            'compare the chains of two peers: exit code 2 and the first difference, or the height they agree to',
        )
        .action(async (left: string, right: string) => {
            await compare(left, right, surface);
        })
        .addHelpText('after', '\nExample:\n  $ power block diff authority regulator');
}

async function showBlock(text: string, surface: Surface): Promise<void> {
    const ledger = await surface.ledger();
    const block = await ledger.blocks.block(text === 'newest' ? (await heightOf(ledger)) - 1 : parseNumber(text));
    const format = surface.formatForReader;
    if (format === 'table') surface.printText(blockText(block, paintOf(surface)));
    else surface.print(block as unknown as Printable, format);
}

async function compare(left: string, right: string, surface: Surface): Promise<void> {
    const chains = [await chainOf(left, surface), await chainOf(right, surface)] as const;
    const { agreedHeight, difference } = await compareChains(...chains, (number) => {
        if (number > 0 && number % 1000 === 0) surface.note(`the first ${String(number)} blocks agree`);
    });
    if (difference !== null) surface.exitCode = ExitCode.CheckFailed;
    surface.print({
        agreedHeight,
        heights: { [left]: chains[0].height, [right]: chains[1].height },
        difference: difference && { ...difference },
    });
}

async function chainOf(
    name: string,
    surface: Surface,
): Promise<{ height: number; blockAt: (number: number) => Promise<BlockView> }> {
    const ledger = await surface.ledgerNamed(name);
    return { height: await heightOf(ledger), blockAt: (number) => ledger.blocks.block(number) };
}

async function heightOf({ chain }: LedgerConnection): Promise<number> {
    return Number((await chain.chainInfo()).height);
}

/** Colours where they are wanted. */
export function paintOf(surface: Surface): Paint {
    // The answer's own terminal has been looked at; styleText would look at another stream.
    return (format, text) => (surface.isColored ? styleText(format, text, { validateStream: false }) : text);
}

function parseNumber(text: string): number {
    if (!/^\d{1,15}$/.test(text)) {
        throw new Failure('INPUT_INVALID', {
            field: 'number',
            problem: `"${text}" is no number of a block, nor newest`,
        });
    }
    return Number(text);
}
