// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type WalletId } from '@power-currency/domain';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
let key: (name: string) => string;
const uetr = '97ed4827-7b6f-4491-a06f-b548d5a7512d';

beforeAll(async () => {
    desk = await openLedgerDesk();
    key = (name) => desk.at(`${name}.pem`);
    for (const name of ['anna', 'bert', 'carl', 'dora', 'next']) await desk.ask('keys', 'new', key(name));
    for (const name of ['anna', 'bert', 'carl', 'dora']) {
        await desk.ask('wallet', 'open', name, '--type', 'personal', '--public-key', key(name));
    }
    await desk.scenario.attestDay('2025-11-19', 10_000_000_000n);
    for (const amount of [5_000_000n, 4_000_000n, 3_000_000n]) {
        await desk.scenario.mint('2025-11-19', amount, 'anna' as WalletId);
    }
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

const balanceOf = async (wallet: string): Promise<Readonly<Record<string, unknown>>> =>
    desk.ask('wallet', 'balance', wallet);
const journal = (): readonly string[] => {
    const folder = join(desk.at('.'), 'requests');
    return existsSync(folder) ? readdirSync(folder) : [];
};

describe('power wallet pay', () => {
    it('takes in what waits when the balance does not suffice, the largest credits first', async () => {
        const { result, requestId } = await desk.ask('wallet', 'pay', 'anna', 'bert', '5.5', '--key', key('anna'));
        expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
        expect(result).toMatchObject({ amount: '5500000', amountInUnits: '5.500000', available: '3500000' });
        expect(await balanceOf('anna')).toMatchObject({ available: '3500000', pending: '3000000', pendingCount: 1 });
        expect(journal()).toEqual([]);
    });

    it('returns the first result when the same id is given again, and refuses other words under it [V51]', async () => {
        const pay = (amount: string) => ['wallet', 'pay', 'anna', 'bert', amount, '--key', key('anna')] as const;
        const first = await desk.ask(...pay('1'), '--request-id', uetr);
        const { result } = await desk.ask(...pay('1'), '--request-id', uetr);
        expect(result).toEqual(first.result);
        expect(await balanceOf('anna')).toMatchObject({ available: '2500000' });
        expect(await desk.fail(...pay('2'), '--request-id', uetr)).toContain('it was used for another Wallet:Transfer');
    });

    it('forgets a request that the ledger refused', async () => {
        const before = journal();
        const pay = ['wallet', 'pay', 'anna', 'bert', '100', '--key', key('anna'), '--request-id', 'rent-1'];
        expect(await desk.fail(...pay)).toContain('INSUFFICIENT_FUNDS');
        expect(journal()).toEqual(before);
    });

    it.each([
        ['12.3456789', /amount, problem: "12.3456789" is not a number such as 12.50 with at most 6 decimals/],
        ['-1', /"-1" is not a number/],
        ['0', /INVALID_ARGUMENT \(field: intent.amount/],
        ['1e3', /"1e3" is not a number/],
    ])('refuses the amount %s', async (amount, told) => {
        expect(await desk.fail('wallet', 'pay', 'anna', 'bert', amount, '--key', key('anna'))).toMatch(told);
    });

    it('asks for a key, and names a wallet that is not there', async () => {
        expect(await desk.fail('wallet', 'pay', 'anna', 'bert', '1')).toContain('--key');
        expect(await desk.fail('wallet', 'pay', 'nobody', 'bert', '1', '--key', key('anna'))).toContain(
            'WALLET_NOT_FOUND',
        );
        expect(await desk.fail('wallet', 'pay', 'anna', 'bert', '1', '--key', key('bert'))).toContain(
            'INTENT_KEY_UNKNOWN',
        );
    });

    it('takes minor units where asked', async () => {
        const pay = ['wallet', 'pay', 'anna', 'bert', '7', '--minor', '--key', key('anna')];
        expect((await desk.ask(...pay)).result).toMatchObject({ amount: '7', amountInUnits: '0.000007' });
    });
});

describe('power wallet pay-many', () => {
    it('pays the rows of a file', async () => {
        const file = desk.at('salaries.csv');
        writeFileSync(file, 'to,amount,reference\nbert,0.25,"March, ""first"""\n\ncarl,0.5,\r\n');
        const { result } = await desk.ask('wallet', 'pay-many', 'anna', file, '--key', key('anna'), '--memo', 'March');
        expect(result).toMatchObject({ total: '750000', totalInUnits: '0.750000' });
        expect(await balanceOf('carl')).toMatchObject({ pending: '500000' });
    });

    it.each([
        ['to,amount\nbert', /salaries.csv line 2, problem: 1 cells under 2 columns/],
        ['to\nbert', /line 2, problem: the column amount is missing/],
        ['to,amount,purpose\nbert,1,x', /there is no column purpose/],
        ['to,amount\nbert,"1', /a quote is not closed/],
        ['to,amount\nbert,1.0000001', /line 2, amount, problem: "1.0000001" is not/],
        ['', /it has no header line/],
        ['to,amount\n', /intent.payees/],
    ])('says what is wrong with %j', async (text, told) => {
        const file = desk.at('salaries.csv');
        writeFileSync(file, text);
        expect(await desk.fail('wallet', 'pay-many', 'anna', file, '--key', key('anna'))).toMatch(told);
    });
});

describe('a wallet of two keys, one of them post-quantum', () => {
    beforeAll(async () => {
        await desk.ask('keys', 'new', key('eva-1'));
        await desk.ask('keys', 'new', key('eva-2'));
        await desk.ask('keys', 'new', key('eva-pq'), '--type', 'ml-dsa-65');
        const keys = ['--public-key', key('eva-1'), key('eva-2'), '--pq-public-key', key('eva-pq')];
        await desk.ask('wallet', 'open', 'eva', '--type', 'personal', ...keys);
        const pay = ['wallet', 'pay', 'anna', 'eva', '0.1', '--key', key('anna')];
        await desk.ask(...pay);
    });

    it('needs all of them unless told otherwise', async () => {
        expect(await desk.ask('wallet', 'describe', 'eva')).toMatchObject({ keys: { threshold: 2 } });
    });

    it('pays when all of them signed, on machines of their own', async () => {
        const file = desk.at('gift.json');
        await desk.ask('wallet', 'pay', 'eva', 'bert', '0.01', '--prepare', file);
        expect(await desk.fail('intent', 'submit', file)).toContain('INVALID_ARGUMENT');
        const shown = await desk.ask('intent', 'sign', file, '--key', key('eva-1'));
        expect(shown).toMatchObject({ amount: '10000', amountInUnits: '0.010000', to: 'bert', signatures: 1 });
        expect(await desk.fail('intent', 'submit', file)).toContain('INTENT_SIGNATURES_INSUFFICIENT');
        await desk.ask('intent', 'sign', file, '--key', key('eva-2'));
        expect(await desk.fail('intent', 'submit', file)).toContain('INTENT_POST_QUANTUM_INVALID');
        expect(await desk.fail('intent', 'sign', file)).toContain('--key');
        await desk.ask('intent', 'sign', file, '--pq-key', key('eva-pq'));
        const { result } = await desk.ask('intent', 'submit', file);
        expect(result).toMatchObject({ available: '90000', availableInUnits: '0.090000' });
        expect((await desk.ask('intent', 'submit', file)).result).toEqual(result);
    });

    it('pays at once where the keys are on one machine', async () => {
        const keys = ['--key', key('eva-1'), '--key', key('eva-2'), '--pq-key', key('eva-pq')];
        const { result } = await desk.ask('wallet', 'pay', 'eva', 'bert', '0.01', ...keys);
        expect(result).toMatchObject({ available: '80000' });
    });

    it('refuses a file that was changed after it was signed [V51]', async () => {
        const file = desk.at('changed.json');
        await desk.ask('wallet', 'pay', 'anna', 'bert', '0.01', '--prepare', file);
        await desk.ask('intent', 'sign', file, '--key', key('anna'));
        writeFileSync(file, readFileSync(file, 'utf8').replace('"10000"', '"90000"'));
        expect(await desk.fail('intent', 'submit', file)).toContain('INTENT_SIGNATURE_INVALID');
    });

    it.each([
        ['{', /INTENT_FILE_INVALID/],
        ['[]', /it is no JSON object/],
        ['{"intent":{},"transaction":"Wallet:Open","signatures":[]}', /names no transaction that takes an intent/],
        [
            '{"intent":{"type":"power/transfer"},"transaction":"Wallet:Close","signatures":[]}',
            /its intent is not one for Wallet:Close/,
        ],
    ])('refuses the file %s', async (text, told) => {
        const file = desk.at('bad.json');
        writeFileSync(file, text);
        expect(await desk.fail('intent', 'submit', file)).toMatch(told);
    });
});

describe('keys that change', () => {
    it('are replaced by the holder, then by guardians', async () => {
        const rotate = ['wallet', 'rotate-keys', 'dora', '--public-key', key('next'), '--key', key('dora')];
        expect((await desk.ask(...rotate)).result).toMatchObject({ changeCount: '1' });
        const named = ['--guardian', 'bert', 'carl', '--threshold', '2', '--key', key('next')];
        expect((await desk.ask('wallet', 'set-guardians', 'dora', ...named)).result).toMatchObject({
            guardians: { walletIds: ['bert', 'carl'], threshold: 2, delaySeconds: null },
        });
        for (const guardian of ['bert', 'carl']) {
            const keys = ['--public-key', key('dora'), '--key', key(guardian)];
            await desk.ask('wallet', 'approve-recovery', guardian, 'dora', 'lost-1', ...keys);
        }
        expect(await desk.fail('wallet', 'complete-recovery', 'dora', 'lost-1')).toContain('RECOVERY_NOT_READY');
        expect(await desk.ask('wallet', 'recovery', 'dora', 'lost-1')).toMatchObject({ state: 'waiting' });
        desk.scenario.ledger.time += 172_800n;
        await desk.ask('wallet', 'complete-recovery', 'dora', 'lost-1');
        expect((await desk.ask('wallet', 'set-guardians', 'dora', '--key', key('dora'))).result).toMatchObject({
            guardians: null,
        });
        expect((await desk.ask('wallet', 'close', 'dora', '--key', key('dora'))).result).toMatchObject({
            state: 'closed',
        });
    });
});

describe('power wallet sweep', () => {
    it('folds what waits until nothing is left, and says how far it is', async () => {
        const { out, err } = await desk.power(['wallet', 'sweep', 'bert', '-o', 'json']);
        expect(err).toMatch(/folded \d+ credits, [\d.]+ PC, 1 transactions/);
        expect(JSON.parse(out)).toMatchObject({ walletId: 'bert', transactions: 1 });
        expect(await balanceOf('bert')).toMatchObject({ pending: '0', pendingCount: 0 });
        expect(await desk.ask('wallet', 'sweep', 'bert')).toMatchObject({ creditCount: 0, folded: '0' });
    });
});

it('tables show units and minor units side by side', async () => {
    const { out } = await desk.power(['wallet', 'balance', 'carl']);
    expect(out).toMatch(/pending +0\.500000 PC \(500000\)/);
});
