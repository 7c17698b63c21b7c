// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { ExitCode } from './exitCodes.js';
import { type Desk, openDesk } from './testing/desk.js';

let desk: Desk;

beforeEach(() => {
    desk = openDesk();
});

afterEach(() => {
    desk.leave();
});

describe('a file that cannot be used is told as one, not as a fault of power', () => {
    it('a folder where the contexts are looked for', async () => {
        mkdirSync(desk.at('power.yaml'));
        const { exitCode, err } = await desk.power(['get', 'supply']);
        expect(err).toMatch(/^error: FILE_UNUSABLE \(problem: EISDIR/);
        expect(exitCode).toBe(ExitCode.Usage);
    });

    it('a key below a file', async () => {
        writeFileSync(desk.at('file'), '');
        const { exitCode, err } = await desk.power(['keys', 'new', desk.at('file/key.pem')]);
        expect(err).toMatch(/^error: FILE_UNUSABLE \(problem: EEXIST/);
        expect(exitCode).toBe(ExitCode.Usage);
    });

    it('a folder for a document, and a document that is not there', async () => {
        const load = (file: string): string[] => ['energy', 'load', '--day', '2025-11-19', '--file', file];
        expect((await desk.power(load(desk.at('.')))).err).toMatch(/^error: FILE_UNUSABLE \(problem: EISDIR/);
        expect((await desk.power(load(desk.at('none')))).err).toMatch(/^error: FILE_NOT_FOUND/);
    });

    it('a device without an end', async () => {
        const { exitCode, err } = await desk.power(['energy', 'verify', '/dev/zero']);
        expect(err).toMatch(/^error: FILE_TOO_LARGE \(file: \/dev\/zero, bytesMax: 67108864\)/);
        expect(exitCode).toBe(ExitCode.Usage);
    });
});

it('a malformed id is a wrong argument, not a refusal of the ledger', async () => {
    const { exitCode, err } = await desk.power(['describe', 'wallet', '../../x']);
    expect(err).toContain('INVALID_ARGUMENT (field: wallet');
    expect(exitCode).toBe(ExitCode.Usage);
});
