// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
    canonicalJson,
    attestationBasis,
    DomainError,
    initialParameters,
    parameters,
    noPreviousDigest,
} from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { selfSigned } from '../fabric/testing/certificates.js';
import { acknowledgementXml, flatDay, marketDocumentXml } from '../energy/testing/energyDocuments.js';
import { type LedgerConnection } from './environment.js';
import { ExitCode } from './exitCodes.js';
import { runCli } from './runCli.js';

interface Ran {
    readonly exitCode: number;
    readonly out: string;
    readonly err: string;
}

type Answers = Readonly<Record<string, string | Error>>;

let folder: string;
let calls: string[][];

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-cli-'));
    calls = [];
});

afterEach(() => {
    rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

function connection(answers: Answers): LedgerConnection {
    const answer = (kind: string, name: string, request: string): string => {
        calls.push([kind, name, request]);
        const found = answers[`${name} ${request}`] ?? answers[name];
        if (found === undefined || found instanceof Error) {
            throw found ?? new Error(`no answer for ${name}`);
        }
        return found;
    };
    return {
        transport: {
            evaluate: async (name, request) => answer('evaluate', name, request),
            submit: async (name, request) => {
                const result = answer('submit', name, request);
                return { result, txId: 'ab'.repeat(32), blockNumber: 9n, attempts: 1, latencyMs: 5 };
            },
        },
        chain: {
            chainInfo: async () => ({ height: 10n, blockHash: 'aa' }),
            transactionStatus: async (txId) => ({ txId, blockNumber: 9n, validationCode: 'VALID' }),
        },
        close: () => undefined,
    };
}

async function power(
    args: readonly string[],
    answers: Answers = {},
    variables: Record<string, string> = {},
): Promise<Ran> {
    let [out, err] = ['', ''];
    const exitCode = await runCli(args, {
        variables: { POWER_CONFIG: at('power.yaml'), ...variables },
        write: (text) => (out += text),
        writeError: (text) => (err += text),
        isTerminal: false,
        now: () => new Date('2025-11-20T00:00:00Z'),
        connect: async () => connection(answers),
    });
    return { exitCode, out, err };
}

async function withContext(): Promise<void> {
    const args = [
        '--msp-id',
        'AuthorityMSP',
        '--msp-dir',
        at('msp'),
        '--peer',
        'localhost:7051',
        '--tls-ca',
        at('ca.pem'),
    ];
    await power(['context', 'add', 'authority', ...args]);
}

function document(name: string, bytes: Uint8Array): string {
    writeFileSync(at(name), bytes);
    return at(name);
}

const flat = (): string =>
    document(
        'nl.xml',
        marketDocumentXml('A65', [flatDay('10YNL----------L', '2025-11-18T23:00Z', '2025-11-19T23:00Z', '1000')]),
    );

const basis = canonicalJson({
    network: 'power-test',
    channel: 'power',
    sequence: '1',
    previousDigest: noPreviousDigest,
    lastDay: null,
    supply: '0',
    parameters: parameters.encode(initialParameters),
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
        const { exitCode, out } = await power([...command, '--help']);
        expect(exitCode).toBe(ExitCode.Ok);
        expect(out).toContain('Usage: power');
    });

    it.each(
        everyCommand
            .filter((command) => !['context', 'get', 'describe'].includes(command.join(' ')))
            .map((command) => [command]),
    )('%j has examples in its help', async (command) => {
        expect((await power([...command, '--help'])).out).toContain('$ ');
    });

    it.each<[string, string[]]>([
        ['an unknown command', ['fly']],
        ['an unknown option', ['get', 'wallets', '--fast']],
        ['an unknown format', ['-o', 'xml', 'energy', 'zones']],
        ['a missing argument', ['describe', 'wallet']],
        ['a missing option', ['energy', 'load']],
    ])('tells %s with exit code 3', async (_, args) => {
        const { exitCode, err } = await power(args);
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toMatch(/error: |Usage: /);
    });

    it('never shows a stack, not even for its own faults', async () => {
        await withContext();
        const { exitCode, err } = await power(['get', 'supply'], {
            'PowerCredit:DescribeSupply': new Error('surprise'),
        });
        expect(exitCode).toBe(ExitCode.Internal);
        expect(err).toBe('error: this is a fault of power: surprise\n');
    });
});

describe('power context', () => {
    it('adds, lists, uses and shows contexts', async () => {
        await withContext();
        await power(['context', 'add', 'bank', '--msp-id', 'B', '--msp-dir', 'b', '--peer', 'b:1', '--tls-ca', 'b']);
        expect((await power(['context', 'list'])).out).toMatch(
            /CURRENT +NAME.*\n\* +authority +AuthorityMSP.*\n +bank /,
        );
        await power(['context', 'use', 'bank']);
        expect(JSON.parse((await power(['context', 'show', '-o', 'json'])).out)).toMatchObject({
            name: 'bank',
            mspId: 'B',
        });
    });

    it('tells an unknown context and the known ones, with exit code 4', async () => {
        await withContext();
        const { exitCode, err } = await power(['-c', 'bnak', 'get', 'supply']);
        expect(exitCode).toBe(ExitCode.NotFound);
        expect(err).toContain('error: CONTEXT_UNKNOWN (context: bnak, known: authority)\n  see `power context list`');
    });
});

describe('power get and describe', () => {
    const wallet = (id: string): object => ({ walletId: id, pocket: { balance: '5', nonce: '0' } });
    const pages: Answers = {
        'Wallet:List {"bookmark":"","pageSize":2}': canonicalJson({
            rows: [wallet('a'), wallet('b')],
            bookmark: 'next',
        }),
        'Wallet:List {"bookmark":"next","pageSize":2}': canonicalJson({ rows: [wallet('c')], bookmark: '' }),
    };

    beforeEach(withContext);

    it('list a page as a table, and say that more follow', async () => {
        const { out, err } = await power(['get', 'wallets', '--page-size', '2'], pages);
        expect(out).toBe(
            'WALLETID  POCKET.BALANCE  POCKET.NONCE\na         5               0\nb         5               0\n',
        );
        expect(err).toContain("add --bookmark 'next' or --all");
    });

    it('go on from a bookmark, and through all pages', async () => {
        const second = await power(['get', 'wallets', '--page-size', '2', '--bookmark', 'next', '-o', 'json'], pages);
        expect(JSON.parse(second.out)).toEqual({ rows: [wallet('c')], bookmark: '' });
        const all = await power(['get', 'wallets', '--page-size', '2', '--all', '-o', 'json'], pages);
        expect((JSON.parse(all.out) as { rows: object[] }).rows).toHaveLength(3);
    });

    it('print JSON on one line and YAML', async () => {
        const supply = {
            asset: 'PC',
            issued: '5',
            redeemed: '0',
            inWallets: '5',
            pending: '0',
            walletCount: 1,
            pendingCount: 0,
        };
        const answers = { 'PowerCredit:DescribeSupply': canonicalJson(supply) };
        expect((await power(['get', 'supply', '-o', 'json'], answers)).out).toBe(`${canonicalJson(supply)}\n`);
        expect((await power(['get', 'supply', '-o', 'yaml'], answers)).out).toContain('issued: "5"');
    });

    it('show how a transaction ended', async () => {
        const { out } = await power(['get', 'transaction', 'ab'.repeat(32), '-o', 'json']);
        expect(JSON.parse(out)).toMatchObject({ blockNumber: '9', validationCode: 'VALID' });
    });

    it('tell what does not exist with exit code 4 and what to do', async () => {
        const { exitCode, err } = await power(['describe', 'wallet', 'bob'], {
            'Wallet:Describe': new DomainError('WALLET_NOT_FOUND', { walletId: 'bob' }),
        });
        expect(exitCode).toBe(ExitCode.NotFound);
        expect(err).toBe('error: WALLET_NOT_FOUND (walletId: bob)\n  No wallet has this id. Open it first.\n');
    });

    it.each([['0'], ['1001'], ['ten']])('refuse the page size %s', async (size) => {
        const { exitCode, err } = await power(['get', 'wallets', '--page-size', size]);
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toContain('1 to 1000');
    });

    it('do not let text of the ledger draw on the screen', async () => {
        const answers = { 'Registry:ListParticipants': new Failure('NOT_FOUND', { what: '\u001b[2J' }) };
        const { err } = await power(['get', 'participants'], answers);
        expect(err).not.toContain('\u001b');
    });
});

describe('power submit and evaluate', () => {
    beforeEach(withContext);

    it('send the canonical argument and print the receipt', async () => {
        const json = '{ "walletId": "w", "requestId": "r", "creditIds": [] }';
        const { out } = await power(['submit', 'Wallet:Fold', json, '-o', 'json'], {
            'Wallet:Fold': '{"balance":"1"}',
        });
        expect(calls).toEqual([['submit', 'Wallet:Fold', '{"creditIds":[],"requestId":"r","walletId":"w"}']]);
        expect(JSON.parse(out)).toEqual({
            txId: 'ab'.repeat(32),
            blockNumber: '9',
            attempts: 1,
            result: { balance: '1' },
        });
    });

    it.each<[string, string[], string]>([
        ['a transaction that is not there', ['submit', 'Wallet:Steal', '{}'], 'there is no Wallet:Steal'],
        ['a query as a transaction', ['submit', 'Wallet:BalanceOf', '{}'], 'Wallet:BalanceOf is for `power evaluate`'],
        ['a field that is wrong', ['evaluate', 'Wallet:BalanceOf', '{"walletId":"A B"}'], 'field: walletId'],
        ['a field that is missing', ['evaluate', 'Wallet:BalanceOf', '{}'], 'field: walletId'],
        ['text that is no JSON', ['evaluate', 'Wallet:BalanceOf', '{'], 'field: json'],
    ])('refuse %s before asking anybody', async (_, args, text) => {
        const { exitCode, err } = await power(args);
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toContain(text);
        expect(calls).toEqual([]);
    });

    it('tell a refusal of the ledger with exit code 5', async () => {
        const refusal = new DomainError('PROPOSAL_STILL_OPEN', { proposalId: 'p', deadline: '9' });
        const { exitCode, err } = await power(['submit', 'Governance:Close', '{"requestId":"r","proposalId":"p"}'], {
            'Governance:Close': refusal,
        });
        expect(exitCode).toBe(ExitCode.Refused);
        expect(err).toContain('PROPOSAL_STILL_OPEN (proposalId: p, deadline: 9)');
    });

    it('tell an unreachable peer with exit code 6', async () => {
        const lost = new Failure('FABRIC_UNAVAILABLE', { peer: 'localhost:7051', attempts: 5, reason: 'x' });
        const { exitCode } = await power(['evaluate', 'Registry:WhoAmI'], { 'Registry:WhoAmI': lost });
        expect(exitCode).toBe(ExitCode.Unavailable);
    });
});

describe('power energy', () => {
    it('goes from a document to a signed file without a network', async () => {
        writeFileSync(at('basis.json'), basis);
        const loaded = await power([
            'energy',
            'load',
            '--day',
            '2025-11-19',
            '--file',
            flat(),
            '--dir',
            folder,
            '-o',
            'json',
        ]);
        expect(JSON.parse(loaded.out)).toMatchObject({ zonesOk: 1, whRaw: '24000000000', whCommit: '4320000000' });
        expect(readFileSync(at('grid_load.csv'), 'utf8')).toBe(
            'date,grid_wh_dc,grid_wh_dc_commit\n2025-11-19,24000000000,4320000000\n',
        );
        const planned = await power([
            'energy',
            'plan',
            '--day',
            '2025-11-19',
            '--dir',
            folder,
            '--basis',
            at('basis.json'),
            '-o',
            'json',
        ]);
        expect(JSON.parse(planned.out)).toMatchObject({
            wh_dc_raw: '24000000000',
            CR: 'infinite',
            mint_suggested: '235636363636',
        });
        const file = at('attestation_2025-11-19.json');
        expect((await power(['energy', 'verify', file])).exitCode).toBe(ExitCode.CheckFailed);
        for (const role of ['data', 'risk']) {
            await power(['keys', 'new', at(`${role}.pem`)]);
            await power([
                'energy',
                'sign',
                file,
                '--key',
                at(`${role}.pem`),
                '--role',
                role,
                '--signer',
                `member-${role}`,
            ]);
        }
        const verified = await power(['energy', 'verify', file]);
        expect(verified).toMatchObject({ exitCode: ExitCode.Ok, err: 'signatures_ok = 2, required = 2\n' });
        await withContext();
        await power(['energy', 'submit', file], { 'Attestation:Submit': '{}' });
        const [, , request = ''] = calls[0] ?? [];
        expect(JSON.parse(request)).toEqual({ requestId: 'attest-2025-11-19', file: readFileSync(file, 'utf8') });
    });

    it('plans from the ledger when no basis is given', async () => {
        await withContext();
        await power(['energy', 'load', '--day', '2025-11-19', '--file', flat(), '--dir', folder]);
        const { exitCode } = await power(['energy', 'plan', '--day', '2025-11-19', '--dir', folder], {
            'Attestation:DescribeBasis': basis,
        });
        expect(exitCode).toBe(ExitCode.Ok);
        expect(attestationBasis.decode(JSON.parse(basis), '').channel).toBe('power');
    });

    it.each<[string, () => string[], number, string]>([
        [
            'a day without data',
            () => ['--file', document('a.xml', acknowledgementXml('999', 'No matching data found'))],
            ExitCode.NotFound,
            'No matching data found',
        ],
        [
            'hostile XML',
            () => ['--file', document('b.xml', Buffer.from('<!DOCTYPE r><r/>'))],
            ExitCode.Usage,
            'XML_FORBIDDEN (construct: DOCTYPE)',
        ],
        ['a file that is not there', () => ['--file', at('none.xml')], ExitCode.NotFound, 'FILE_NOT_FOUND'],
        ['no token for the platform', () => ['--zone', 'NL'], ExitCode.Usage, 'ENTSOE_TOKEN_MISSING'],
        ['a zone nobody knows', () => ['--zone', 'Atlantis'], ExitCode.NotFound, 'ENERGY_ZONE_UNKNOWN'],
    ])('tells %s', async (_, args, code, text) => {
        const { exitCode, err } = await power(['energy', 'load', '--day', '2025-11-19', '--dir', folder, ...args()]);
        expect([exitCode, err]).toEqual([code, expect.stringContaining(text)]);
    });
});

describe('power certs', () => {
    it.each([
        [40, ExitCode.Ok],
        [20, ExitCode.CheckFailed],
        [-5, ExitCode.CheckFailed],
    ])('with a certificate of %i days ends with %i', async (days, expected) => {
        const { certificate } = await selfSigned('alice', days);
        writeFileSync(at('cert.pem'), certificate);
        let out = '';
        const exitCode = await runCli(['certs', '--file', at('cert.pem'), '-o', 'json'], {
            variables: {},
            write: (text) => (out += text),
            writeError: () => undefined,
            isTerminal: false,
            now: () => new Date(),
            connect: () => Promise.reject(new Error('not needed')),
        });
        expect(exitCode).toBe(expected);
        expect((JSON.parse(out) as { daysLeft: number }[])[0]!.daysLeft).toBe(days - 1);
    });

    it('looks at the certificates of all contexts', async () => {
        await withContext();
        const { certificate } = await selfSigned('alice', 3650);
        mkdirSync(at('msp/signcerts'), { recursive: true });
        writeFileSync(at('msp/signcerts/cert.pem'), certificate);
        writeFileSync(at('ca.pem'), certificate);
        const { out, exitCode } = await power(['certs', '-o', 'json']);
        expect(exitCode).toBe(ExitCode.Ok);
        expect(JSON.parse(out)).toHaveLength(2);
    });
});

describe('power keys', () => {
    it('shows the public half it made, and refuses a key that others can read', async () => {
        const made = JSON.parse((await power(['keys', 'new', at('k.pem'), '-o', 'json'])).out) as { publicKey: string };
        expect(made.publicKey).toMatch(/^[0-9a-f]{64}$/);
        expect(JSON.parse((await power(['keys', 'show', at('k.pem'), '-o', 'json'])).out)).toEqual(made);
        chmodSync(at('k.pem'), 0o644);
        expect((await power(['keys', 'show', at('k.pem')])).exitCode).toBe(ExitCode.Usage);
    });
});
