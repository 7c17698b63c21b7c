// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { type AuditReport, ChainAudit } from '../../application/audit/auditChain.js';
import { Failure } from '../../application/failure.js';
import { listBlockFiles, readBlockFile } from '../blockFiles.js';
import { ExitCode } from '../exitCodes.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';

interface AuditOptions {
    readonly blocks: string;
    readonly chaincode: string;
    readonly json?: string;
}

const BLOCKS_BETWEEN_NOTES = 1000;

/** `power audit`. */
export function addAuditCommand(program: Command, surface: Surface): void {
    program
        .command('audit')
        .requiredOption('--blocks <dir>', 'folder of blocks, from 0000.pb on (see `power blocks export`)')
        .option('--chaincode <name>', 'whose records hold the money', 'power-currency')
        .option('--json <file>', 'write the report there as well')
        .description(
            'recount every asset from blocks alone: no network, no chaincode; checks the chain, and the books after each transaction',
        )
        .action(async (options: AuditOptions) => {
            await audit(options, surface);
        })
        .addHelpText(
            'after',
            `
Exit codes:
  0  the chain holds together and the books balance after every transaction
  1  a block is damaged or missing, or a sum is off: the answer names block, transaction and asset

Example:
  $ power blocks export ./blocks && power audit --blocks ./blocks --json audit.json`,
        );
}

async function audit({ blocks: dir, chaincode, json }: AuditOptions, surface: Surface): Promise<void> {
    const decode = await surface.environment.blockDecoder();
    const files = listBlockFiles(dir);
    if (files.length === 0) throw new Failure('NOT_FOUND', { what: `blocks in ${dir}` });
    const found = new ChainAudit(chaincode);
    for (const file of files) {
        if (!found.add(file.number, () => decode(readBlockFile(file)))) break;
        if (file.number > 0 && file.number % BLOCKS_BETWEEN_NOTES === 0) {
            surface.note(`block ${String(file.number)} of ${String(files.at(-1)?.number ?? 0)}`);
        }
    }
    const report = found.report();
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(printable(report), null, 4)}\n`);
    if (report.problem !== null) surface.exitCode = ExitCode.Internal;
    print(report, surface);
}

/** People see a line for each asset; programs the whole report. */
function print(report: AuditReport, surface: Surface): void {
    const { assets, ...rest } = printable(report);
    if (surface.outputFormat !== 'table') {
        surface.print({ assets, ...rest });
        return;
    }
    surface.print(assets);
    const { blocks, transactions, problem } = report;
    surface.note(`${String(blocks)} blocks, ${String(transactions)} transactions that took effect`);
    if (problem === null) return;
    const { block, txId, asset } = problem;
    const place = [
        `block ${String(block)}`,
        txId === null ? '' : `transaction ${txId}`,
        asset === null ? '' : `asset ${asset}`,
    ];
    surface.note(`${place.filter((part) => part !== '').join(', ')}: ${problem.problem}`);
}

function printable({ assets, blocks, transactions, problem }: AuditReport): {
    readonly assets: readonly Readonly<Record<string, Printable>>[];
    readonly blocks: number;
    readonly transactions: number;
    readonly problem: Printable;
} {
    const rows = assets.map(({ code, holds, ...amounts }) => ({
        code,
        ...Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount.toString()])),
        holds: Number(holds),
    }));
    return { assets: rows, blocks, transactions, problem: problem && { ...problem } };
}
