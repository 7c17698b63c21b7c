// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordedChain, recordedFiles } from '../../fabric/testing/recordedBlocks.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

const [files, blocks] = [recordedFiles().slice(0, 20), recordedChain().slice(0, 20)];
let desk: Desk;
let dir: string;

beforeEach(async () => {
    desk = openDesk();
    await desk.addContext();
    desk.blocks.set('authority', { blocks, files });
    dir = desk.at('blocks');
});
afterEach(() => {
    desk.leave();
});

const exported = async (...flags: readonly string[]) => desk.power(['blocks', 'export', dir, '-o', 'json', ...flags]);
const fileOf = (number: number) => join(dir, `${String(number).padStart(4, '0')}.pb`);

describe('power blocks export', () => {
    it('writes every block as the peer holds it, in files that sort', async () => {
        const { out, exitCode } = await exported();
        expect(exitCode).toBe(ExitCode.Ok);
        expect(JSON.parse(out)).toEqual({ dir, from: 0, to: 19, written: 20 });
        expect(readdirSync(dir).sort()).toEqual(files.map((_, number) => `${String(number).padStart(4, '0')}.pb`));
        for (const [number, bytes] of files.entries()) expect(readFileSync(fileOf(number)).equals(bytes)).toBe(true);
    });

    it('writes those that are asked for', async () => {
        expect(JSON.parse((await exported('--from', '5', '--to', '7')).out)).toMatchObject({
            from: 5,
            to: 7,
            written: 3,
        });
        expect(readdirSync(dir).sort()).toEqual(['0005.pb', '0006.pb', '0007.pb']);
    });

    it('goes on after the last file, and has nothing to do at the end', async () => {
        await exported('--to', '7');
        writeFileSync(`${fileOf(8)}.new`, 'half a block');
        expect(JSON.parse((await exported()).out)).toMatchObject({ from: 8, written: 12 });
        expect(existsSync(`${fileOf(8)}.new`)).toBe(false);
        expect(JSON.parse((await exported()).out)).toMatchObject({ from: 20, written: 0 });
    });

    it('leaves no hole', async () => {
        await exported('--to', '7');
        const { exitCode, err } = await exported('--from', '10');
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toContain('--from');
    });

    it('does not continue a chain with blocks of another one', async () => {
        await exported('--to', '7');
        rmSync(fileOf(7));
        writeFileSync(fileOf(7), readFileSync(fileOf(6)));
        expect(await exported()).toMatchObject({ exitCode: ExitCode.CheckFailed });
        const swapped = files.with(8, files[9]!);
        desk.blocks.set('authority', { blocks, files: swapped });
        rmSync(fileOf(7));
        const { exitCode, err } = await exported();
        expect(exitCode).toBe(ExitCode.CheckFailed);
        expect(err).toContain('block: 8');
        expect(existsSync(fileOf(7))).toBe(true);
        expect(existsSync(fileOf(8))).toBe(false);
    });

    it('says that there is no such block', async () => {
        expect((await exported('--to', '20')).exitCode).toBe(ExitCode.NotFound);
    });

    it.each(['-1', '1e3', 'newest', ''])('takes %j for no number', async (text) => {
        expect((await exported(`--from=${text}`)).exitCode).toBe(ExitCode.Usage);
    });
});
