// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, DomainError } from '@power-currency/domain';
import { Failure } from '../../application/failure.js';
import { ExitCode } from '../exitCodes.js';
import { type Answers, type Desk, openDesk } from '../testing/desk.js';

let desk: Desk;

beforeEach(() => {
    desk = openDesk();
});

afterEach(() => {
    desk.leave();
});

describe('power get and describe', () => {
    const wallet = (id: string): object => ({
        ...{ walletId: id, type: 'personal', custodian: 'cooperative', state: 'open', guardians: null },
        ...{ changeCount: '0', openedAt: '5' },
        keys: { publicKeys: ['11'.repeat(32)], threshold: 1, postQuantumKey: null },
    });
    const pages: Answers = {
        'Wallet:List {"bookmark":"","pageSize":2}': canonicalJson({
            rows: [wallet('a'), wallet('b')],
            bookmark: 'next',
        }),
        'Wallet:List {"bookmark":"next","pageSize":2}': canonicalJson({ rows: [wallet('c')], bookmark: '' }),
    };

    beforeEach(() => desk.addContext());

    it('list a page as a table, and say that more follow', async () => {
        const { out, err } = await desk.power(['get', 'wallets', '--page-size', '2'], pages);
        expect(out).toBe(
            'WALLETID  TYPE      CUSTODIAN    STATE\na         personal  cooperative  open\nb         personal  cooperative  open\n',
        );
        expect(err).toContain("add --bookmark 'next' or --all");
    });

    it('go on from a bookmark, and through all pages', async () => {
        const second = await desk.power(
            ['get', 'wallets', '--page-size', '2', '--bookmark', 'next', '-o', 'json'],
            pages,
        );
        expect(JSON.parse(second.out)).toEqual({ rows: [wallet('c')], bookmark: '' });
        const all = await desk.power(['get', 'wallets', '--page-size', '2', '--all', '-o', 'json'], pages);
        expect((JSON.parse(all.out) as { rows: object[] }).rows).toHaveLength(3);
    });

    it('print JSON on one line and YAML', async () => {
        const supply = {
            asset: 'PC',
            issued: '5',
            redeemed: '0',
            ...{ wallets: '5', pending: '0', held: '0', notes: '0', escrow: '0', vouchers: '0' },
            ...{ recordCount: 1, causes: [] },
        };
        const answers = { 'Asset:DescribeSupply': canonicalJson(supply) };
        expect((await desk.power(['get', 'supply', '-o', 'json'], answers)).out).toBe(`${canonicalJson(supply)}\n`);
        expect((await desk.power(['get', 'supply', '-o', 'yaml'], answers)).out).toContain('issued: "5"');
    });

    it('say in units what made the supply, where it is, and whether both agree', async () => {
        const supply = {
            ...{ asset: 'PC', issued: '1234567000000', redeemed: '2000000', recordCount: 3 },
            ...{ wallets: '1234560000000', pending: '0', held: '4000000' },
            ...{ notes: '0', escrow: '0', vouchers: '1000000' },
            causes: [
                { direction: 'issued', kind: 'attestation', amount: '1234567000000', changeCount: 2 },
                { direction: 'redeemed', kind: 'redemption', amount: '2000000', changeCount: 1 },
            ],
        };
        const told = async (change: object): Promise<string> => {
            const answers = { 'Asset:DescribeSupply {"asset":"PC"}': canonicalJson({ ...supply, ...change }) };
            return (await desk.power(['get', 'supply'], answers)).out;
        };
        expect(await told({})).toBe(
            [
                '1 234 565 PC exist',
                '  issued (attestation)   1 234 567  in 2 transactions',
                '  redeemed (redemption)          2  in 1 transaction',
                '  in wallets             1 234 560',
                '  on hold                        4',
                '  being redeemed                 1',
                'The books balance: 3 records of money hold what was issued and not redeemed.',
                '',
            ].join('\n'),
        );
        expect(await told({ held: '4500000' })).toContain(
            'The books do not balance: 3 records hold 0.5 PC more than exist.',
        );
        expect(await told({ held: '3500000' })).toContain(
            'The books do not balance: 3 records hold 0.5 PC less than exist.',
        );
    });

    it('show how a transaction ended', async () => {
        const { out } = await desk.power(['get', 'transaction', 'ab'.repeat(32), '-o', 'json']);
        expect(JSON.parse(out)).toMatchObject({ blockNumber: '9', validationCode: 'VALID' });
    });

    it('tell what does not exist with exit code 4 and what to do', async () => {
        const { exitCode, err } = await desk.power(['describe', 'wallet', 'bob'], {
            'Wallet:Describe': new DomainError('WALLET_NOT_FOUND', { walletId: 'bob' }),
        });
        expect(exitCode).toBe(ExitCode.NotFound);
        expect(err).toBe('error: WALLET_NOT_FOUND (walletId: bob)\n  No wallet has this id. Open it first.\n');
    });

    it.each([['0'], ['1001'], ['ten']])('refuse the page size %s', async (size) => {
        const { exitCode, err } = await desk.power(['get', 'wallets', '--page-size', size]);
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toContain('1 to 1000');
    });

    it('do not let text of the ledger draw on the screen', async () => {
        const answers = { 'Registry:ListParticipants': new Failure('NOT_FOUND', { what: '\u001b[2J' }) };
        const { err } = await desk.power(['get', 'participants'], answers);
        expect(err).not.toContain('\u001b');
    });
});

describe('power submit and evaluate', () => {
    beforeEach(() => desk.addContext());

    it('send the canonical argument and print the receipt', async () => {
        const json = '{ "walletId": "w", "requestId": "r", "asset": "PC", "creditIds": [] }';
        const { out } = await desk.power(['submit', 'Wallet:Fold', json, '-o', 'json'], {
            'Wallet:Fold': '{"balance":"1"}',
        });
        expect(desk.calls).toEqual([
            ['submit', 'Wallet:Fold', '{"asset":"PC","creditIds":[],"requestId":"r","walletId":"w"}'],
        ]);
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
        const { exitCode, err } = await desk.power(args);
        expect(exitCode).toBe(ExitCode.Usage);
        expect(err).toContain(text);
        expect(desk.calls).toEqual([]);
    });

    it('tell a refusal of the ledger with exit code 5', async () => {
        const refusal = new DomainError('PROPOSAL_STILL_OPEN', { proposalId: 'p', deadline: '9' });
        const { exitCode, err } = await desk.power(
            ['submit', 'Governance:Close', '{"requestId":"r","proposalId":"p"}'],
            {
                'Governance:Close': refusal,
            },
        );
        expect(exitCode).toBe(ExitCode.Refused);
        expect(err).toContain('PROPOSAL_STILL_OPEN (proposalId: p, deadline: 9)');
    });

    it('tell an unreachable peer with exit code 6', async () => {
        const lost = new Failure('FABRIC_UNAVAILABLE', { peer: 'localhost:7051', attempts: 5, reason: 'x' });
        const { exitCode } = await desk.power(['evaluate', 'Registry:WhoAmI'], { 'Registry:WhoAmI': lost });
        expect(exitCode).toBe(ExitCode.Unavailable);
    });
});
