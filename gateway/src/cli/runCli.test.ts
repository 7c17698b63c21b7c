// SPDX-License-Identifier: Apache-2.0
import { ExitCode } from './exitCodes.js';
import { type Desk, openDesk } from './testing/desk.js';

let desk: Desk;

beforeEach(() => {
    desk = openDesk();
});

afterEach(() => {
    desk.leave();
});

describe('power', () => {
    const everyCommand = [
        [],
        ['context'],
        ['context', 'add'],
        ['get'],
        ['get', 'wallets'],
        ['get', 'supply'],
        ['get', 'transaction'],
        ['describe'],
        ['describe', 'wallet'],
        ['submit'],
        ['evaluate'],
        ['energy'],
        ['energy', 'load'],
        ['energy', 'plan'],
        ['energy', 'sign'],
        ['energy', 'verify'],
        ['energy', 'submit'],
        ['energy', 'zones'],
        ['certs'],
        ['keys', 'new'],
        ['keys', 'show'],
    ];

    it.each(everyCommand.map((command) => [command]))('%j has help with usage', async (command) => {
        const { exitCode, out } = await desk.power([...command, '--help']);
        expect(exitCode).toBe(ExitCode.Ok);
        expect(out).toContain('Usage: power');
    });

    it.each(
        everyCommand
            .filter((command) => !['context', 'get', 'describe'].includes(command.join(' ')))
            .map((command) => [command]),
    )('%j has examples in its help', async (command) => {
        expect((await desk.power([...command, '--help'])).out).toContain('$ ');
    });

    it.each<[string, string[]]>([
        ['an unknown command', ['fly']],
        ['an unknown option', ['get', 'wallets', '--fast']],
        ['an unknown format', ['-o', 'xml', 'energy', 'zones']],
        ['a missing argument', ['describe', 'wallet']],
        ['a missing option', ['energy', 'load']],
    ])('tells %s with exit code 3', async (_, args) => {
        const { exitCode, err } = await desk.power(args);
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toMatch(/error: |Usage: /);
    });

    it('never shows a stack, not even for its own faults', async () => {
        await desk.addContext();
        const { exitCode, err } = await desk.power(['get', 'supply'], {
            'Asset:DescribeSupply': new Error('surprise'),
        });
        expect(exitCode).toBe(ExitCode.Internal);
        expect(err).toBe('error: this is a fault of power: surprise\n');
    });
});

describe('power context', () => {
    it('adds, lists, uses and shows contexts', async () => {
        await desk.addContext();
        await desk.power([
            'context',
            'add',
            'bank',
            '--msp-id',
            'B',
            '--msp-dir',
            'b',
            '--peer',
            'b:1',
            '--tls-ca',
            'b',
        ]);
        expect((await desk.power(['context', 'list'])).out).toMatch(
            /CURRENT +NAME.*\n\* +authority +AuthorityMSP.*\n +bank /,
        );
        await desk.power(['context', 'use', 'bank']);
        expect(JSON.parse((await desk.power(['context', 'show', '-o', 'json'])).out)).toMatchObject({
            name: 'bank',
            mspId: 'B',
        });
    });

    it('tells an unknown context and the known ones, with exit code 4', async () => {
        await desk.addContext();
        const { exitCode, err } = await desk.power(['-c', 'bnak', 'get', 'supply']);
        expect(exitCode).toBe(ExitCode.NotFound);
        expect(err).toContain('error: CONTEXT_UNKNOWN (context: bnak, known: authority)\n  see `power context list`');
    });
});
