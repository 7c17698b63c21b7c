// SPDX-License-Identifier: Apache-2.0
import { type WalletId } from '@power-currency/domain';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
const day = '2025-11-19';
const anna = 'anna' as WalletId;
const mint = (amount: string): string => JSON.stringify({ requestId: 'mint-7', to: anna, amount, day });
const naming =
    (verb: string) =>
    (amount: string, ...options: readonly string[]): readonly string[] => [
        ...['compliance', verb, 'PowerCredit:Mint', mint(amount)],
        ...options,
    ];
const [proposing, approving] = [naming('propose-operation'), naming('approve-operation')];

beforeAll(async () => {
    desk = await openLedgerDesk();
    await desk.scenario.openWallet(anna);
    await desk.scenario.attestDay(day, 10n ** 12n);
    await desk.scenario.mandate('limit', { kind: 'parameter', name: 'fourEyesLimit', value: '100' });
});
beforeEach(() => {
    desk.actAs(desk.scenario.person('CentralBankMSP'));
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

describe('power compliance', () => {
    it('has a large request approved by two people who give the request, and then it is submitted [V46]', async () => {
        const issue = ['submit', 'PowerCredit:Mint', mint('101')] as const;
        expect(await desk.fail(...issue)).toContain('APPROVAL_NOT_FOUND');
        await desk.ask(...proposing('101', '--expires-at', '+48h'));
        expect(await desk.fail(...issue)).toContain('state: proposed');
        desk.actAs(desk.scenario.person('AuthorityMSP', 'admin'));
        expect(await desk.fail(...approving('102'))).toContain('APPROVAL_NOT_FOUND');
        await desk.ask(...approving('101'));
        desk.actAs(desk.scenario.person('CentralBankMSP'));
        expect((await desk.ask(...issue)).result).toMatchObject({ amount: '101' });
        const { rows } = await desk.ask('compliance', 'operations', '--all');
        expect(rows).toMatchObject([{ state: 'used' }]);
    });

    it('takes back what is known by its digest', async () => {
        const { result } = await desk.ask(...proposing('500', '--expires-at', '+1h'));
        await desk.ask('compliance', 'withdraw-operation', String(result.commandDigest));
        desk.actAs(desk.scenario.person('AuthorityMSP', 'admin'));
        expect(await desk.fail(...approving('500'))).toContain('state: withdrawn');
    });

    it.each([
        ['a query', ['Wallet:List', '{}', '--expires-at', '+1h'], 'is for `power evaluate`'],
        ['an argument that is none', ['PowerCredit:Mint', '{}', '--expires-at', '+1h'], 'INPUT_INVALID'],
        ['no time', ['PowerCredit:Mint', mint('101'), '--expires-at', 'soon'], '--expires-at'],
        [
            'what takes one person',
            ['Governance:Close', '{"requestId":"a","proposalId":"b"}', '--expires-at', '+1h'],
            'field: transaction',
        ],
    ])('proposes no operation of %s', async (_, args, told) => {
        const before = await desk.ask('compliance', 'operations', '--all');
        expect(await desk.fail('compliance', 'propose-operation', ...args)).toContain(told);
        expect(await desk.ask('compliance', 'operations', '--all')).toEqual(before);
    });

    it('freezes a wallet once another organisation confirms it, until it is lifted', async () => {
        const measure = JSON.stringify({ kind: 'freeze-wallet', walletId: anna, reason: 'court-order' });
        desk.actAs(desk.scenario.person('AuthorityMSP', 'admin'));
        await desk.ask('compliance', 'propose-restriction', 'case-7', measure, '--expires-at', '+14d');
        const confirm = ['compliance', 'confirm-restriction', 'case-7', anna] as const;
        expect(await desk.fail(...confirm)).toContain('SECOND_ORGANISATION_NEEDED');
        desk.actAs(desk.scenario.person('CentralBankMSP', 'admin'));
        await desk.ask(...confirm);
        const states = async (): Promise<unknown> => (await desk.ask('compliance', 'restrictions', '--all')).rows;
        expect(await states()).toMatchObject([{ state: 'active' }]);
        await desk.ask('compliance', 'lift-restriction', 'case-7', anna);
        expect(await states()).toMatchObject([{ state: 'lifted' }]);
    });
});
