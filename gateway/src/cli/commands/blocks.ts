// SPDX-License-Identifier: Apache-2.0
import { type Command } from 'commander';
import { BrokenChain, type ChainBlock, ChainCheck } from '../../application/audit/chainBlock.js';
import { Failure } from '../../application/failure.js';
import { listBlockFiles, makeFolder, readBlockFile, writeBlockFile } from '../blockFiles.js';
import { type Surface } from '../surface.js';

interface ExportOptions {
    readonly from?: number;
    readonly to?: number;
}

const BLOCKS_BETWEEN_NOTES = 1000;

/** `power blocks export`. */
export function addBlocksCommand(program: Command, surface: Surface): void {
    const blocks = program.command('blocks').description('keep blocks as files');
    blocks
        .command('export')
        .argument('<dir>', 'folder for the files; made if it is not there')
        .option('--from <number>', 'first block (0)', parseNumber)
        .option('--to <number>', 'last block (the newest)', parseNumber)
        .description(
            'write the blocks of the own peer as NNNN.pb, each checked against the one before it; goes on after the last file there is',
        )
        .action(async (dir: string, options: ExportOptions) => {
            await exportBlocks(dir, options, surface);
        })
        .addHelpText(
            'after',
            '\nExamples:\n  $ power blocks export ./blocks\n  $ power blocks export ./blocks --to 99 && power audit --blocks ./blocks',
        );
}

async function exportBlocks(dir: string, options: ExportOptions, surface: Surface): Promise<void> {
    const { blocks, chain } = await surface.ledger();
    const decode = await surface.environment.blockDecoder();
    makeFolder(dir);
    const check = new ChainCheck();
    const last = listBlockFiles(dir).at(-1);
    if (last !== undefined) checked(check, last.number, readBlockFile(last), decode);
    const from = firstBlock(options.from, last?.number);
    const height = Number((await chain.chainInfo()).height);
    const to = options.to ?? height - 1;
    if (to >= height)
        throw new Failure('NOT_FOUND', { what: `block ${String(to)}: the chain has ${String(height)} blocks` });
    let next = from;
    if (from <= to) {
        for await (const bytes of blocks.stored(from, to)) {
            checked(check, next, bytes, decode);
            writeBlockFile(dir, next, bytes);
            next++;
            if (next % BLOCKS_BETWEEN_NOTES === 0) surface.note(`block ${String(next - 1)} of ${String(to)}`);
        }
    }
    surface.print({ dir, from, to, written: next - from });
}

/** What is there is continued: a hole in the files could not be checked. */
function firstBlock(wanted: number | undefined, last: number | undefined): number {
    if (last === undefined) return wanted ?? 0;
    if (wanted !== undefined && wanted > last + 1) {
        const problem = `the folder ends with block ${String(last)}; from ${String(last + 1)} on, or into another folder`;
        throw new Failure('INPUT_INVALID', { field: '--from', problem });
    }
    return last + 1;
}

function checked(
    check: ChainCheck,
    number: number,
    bytes: Uint8Array,
    decode: (bytes: Uint8Array) => ChainBlock,
): void {
    try {
        const block = decode(bytes);
        if (block.number !== number) throw new BrokenChain(number, `it says that it is block ${String(block.number)}`);
        check.add(block);
    } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        throw new Failure('BLOCKS_DAMAGED', { block: number, problem }, { cause: error });
    }
}

function parseNumber(text: string): number {
    if (!/^\d{1,15}$/.test(text)) {
        throw new Failure('INPUT_INVALID', { field: 'number', problem: `"${text}" is no number of a block` });
    }
    return Number(text);
}
