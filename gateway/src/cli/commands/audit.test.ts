// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scenario } from '@power-currency/chaincode/testing';
import type { AssetCode } from '@power-currency/domain';
import { bookedTables } from '../../../../chaincode/src/ledger/tables';
import { story } from '../../../../chaincode/src/testing/story';
import { recordReaders } from '../../application/audit/recordBooks.js';
import { madeBlocks, type MadeTransaction } from '../../fabric/testing/madeBlocks.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

/** What the chaincode itself says of an asset, by the audit's names. */
type Account = Readonly<Record<string, unknown>>;

let content: (readonly MadeTransaction[])[];
let accounts: ReadonlyMap<string, Account>;
let desk: Desk;
let dir: string;

beforeAll(async () => {
    const scenario = await Scenario.empty();
    content = [];
    const commit = scenario.ledger.commit.bind(scenario.ledger);
    scenario.ledger.commit = async (transactions) => {
        const committed = await commit(transactions);
        content.push(committed.map(({ txId, readWriteSet: results }) => ({ txId, results, code: 0 })));
        return committed;
    };
    await story(scenario);
    accounts = await accountsOf(scenario);
    scenario.close();
});
beforeEach(() => {
    desk = openDesk();
    dir = desk.at('blocks');
    mkdirSync(dir);
});
afterEach(() => {
    desk.leave();
});

async function accountsOf(scenario: Scenario): Promise<ReadonlyMap<string, Account>> {
    const reader = scenario.person('RegulatorMSP');
    const codes = [...(await scenario.ledger.state()).keys()].flatMap(
        (key) => /^supply~([A-Z0-9]+)~/.exec(key)?.[1] ?? [],
    );
    const all = codes.map(async (asset): Promise<[string, Account]> => {
        const query = { asset: asset as AssetCode };
        return [asset, { ...(await scenario.ledger.evaluate(reader, 'Asset:DescribeSupply', query)) }];
    });
    return new Map(await Promise.all(all));
}

const fileOf = (number: number) => join(dir, `${String(number).padStart(4, '0')}.pb`);
const keep = (blocks: readonly Uint8Array[]) => {
    for (const [number, bytes] of blocks.entries()) writeFileSync(fileOf(number), bytes);
};

interface Report {
    readonly assets: readonly Readonly<Record<string, unknown>>[];
    readonly problem: {
        readonly block: number;
        readonly txId: string;
        readonly asset: string;
        readonly problem: string;
    };
}

async function audit(): Promise<{ readonly exitCode: number; readonly report: Report }> {
    const { exitCode, out } = await desk.power([
        'audit',
        '--blocks',
        dir,
        '-o',
        'json',
        '--json',
        desk.at('audit.json'),
    ]);
    expect(JSON.parse(readFileSync(desk.at('audit.json'), 'utf8'))).toEqual(JSON.parse(out));
    return { exitCode, report: JSON.parse(out) as Report };
}

/** The record of a block's transaction with another text in it, of the same length: every length stays true. */
function tampered(content: readonly (readonly MadeTransaction[])[], from: RegExp, to: (found: string) => string) {
    const block = content.findLastIndex((transactions) =>
        transactions.some(({ results }) => from.test(Buffer.from(results).toString('latin1'))),
    );
    const changed = content[block]!.map((transaction) => {
        const text = Buffer.from(transaction.results).toString('latin1').replace(from, to);
        return { ...transaction, results: Buffer.from(text, 'latin1') };
    });
    return { block: block + 1, blocks: madeBlocks(content.with(block, changed)) };
}

describe('power audit', () => {
    it('reads every kind of record that holds money', () => {
        // A new one is written into application/audit/recordBooks.ts, from its documented form.
        const unread = bookedTables.filter(({ name }) => !Object.hasOwn(recordReaders, name));
        expect(unread.map(({ name }) => name)).toEqual([]);
    });

    it('recounts from blocks alone what the ledger says of itself', async () => {
        keep(madeBlocks(content));
        const { exitCode, report } = await audit();
        expect(report.problem).toBeNull();
        expect(exitCode).toBe(ExitCode.Ok);
        expect(report.assets.map(({ code }) => code)).toEqual([...accounts.keys()].sort());
        for (const { code, holds, ...amounts } of report.assets) {
            expect(holds).toEqual(expect.any(Number));
            const account = accounts.get(code as string) ?? {};
            const said = Object.keys(amounts).map((name) => [name, String(account[name])]);
            expect(amounts).toEqual(Object.fromEntries(said));
        }
    });

    it('notices one unit that nobody issued, and names block, transaction and asset', async () => {
        const more = (found: string) => `${found.slice(0, -1)}${String((Number(found.at(-1)) + 1) % 10)}`;
        const { block, blocks } = tampered(content, /\{"balance":"\d+/, more);
        keep(blocks);
        const { exitCode, report } = await audit();
        expect(exitCode).toBe(1);
        const [changed] = content[block - 1]!;
        const [, asset] = /b~([A-Z0-9]+)~[^{]*\{"balance":/.exec(Buffer.from(changed!.results).toString('latin1'))!;
        expect(report.problem).toMatchObject({ block, asset, txId: changed!.txId });
        expect(report.problem.problem).toContain('what is held differs');
    });

    it('notices a record it cannot read', async () => {
        const { block, blocks } = tampered(content, /\{"balance":"\d/, () => '{"balance":"-');
        keep(blocks);
        expect(await audit()).toMatchObject({ exitCode: 1, report: { problem: { block } } });
    });

    it('notices a block that is missing, also the first', async () => {
        const blocks = madeBlocks(content);
        keep(blocks);
        rmSync(fileOf(5));
        expect(await audit()).toMatchObject({
            exitCode: 1,
            report: { problem: { block: 5, problem: 'it is missing' } },
        });
        keep(blocks);
        rmSync(fileOf(0));
        expect(await audit()).toMatchObject({
            exitCode: 1,
            report: { problem: { block: 0, problem: 'it is missing' } },
        });
    });

    it('notices a transaction whose flag was flipped, whichever it is', async () => {
        const blocks = madeBlocks(content);
        for (const number of [1, Math.floor(blocks.length / 2), blocks.length - 1]) {
            const flipped = content[number - 1]!.map((transaction) => ({ ...transaction, code: 11 }));
            const other = madeBlocks(content.with(number - 1, flipped))[number]!;
            // Flipped, with the commit hash as it was.
            const patched = Buffer.from(blocks[number]!);
            const at = other.findIndex((byte, index) => byte !== patched[index]);
            patched[at] = other[at]!;
            keep(blocks.with(number, patched));
            const { exitCode, report } = await audit();
            expect([exitCode, report.problem.block]).toEqual([1, number]);
        }
    });

    it('notices bytes that changed anywhere', async () => {
        const blocks = madeBlocks(content);
        for (const share of [0.1, 0.5, 0.9]) {
            const patched = Buffer.from(blocks[7]!);
            patched[Math.floor(patched.length * share)]! ^= 1;
            keep(blocks.with(7, patched));
            expect(await audit()).toMatchObject({ exitCode: 1, report: { problem: { block: 7 } } });
        }
    });

    it('shows people a line for each asset, and what is wrong', async () => {
        const blocks = madeBlocks(content);
        keep(blocks);
        expect((await desk.power(['audit', '--blocks', dir])).out).toMatch(/^CODE +ISSUED/);
        rmSync(fileOf(3));
        const { err } = await desk.power(['audit', '--blocks', dir]);
        expect(err).toContain('block 3: it is missing');
    });

    it('says that there are no blocks, and what it needs', async () => {
        expect((await desk.power(['audit', '--blocks', dir])).exitCode).toBe(ExitCode.NotFound);
        expect((await desk.power(['audit'])).exitCode).toBe(ExitCode.Usage);
    });
});
