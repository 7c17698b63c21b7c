// SPDX-License-Identifier: Apache-2.0
import { type WalletId } from '@power-currency/domain';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
const [shop, mill] = ['cooperative.shop', 'cooperative.mill'] as WalletId[] as [WalletId, WalletId];
let key: (name: string) => string;

beforeAll(async () => {
    desk = await openLedgerDesk();
    key = (name) => desk.at(`${name}.pem`);
    const source = 'cooperative.source' as WalletId;
    for (const [wallet, type] of [
        [shop, 'commercial'],
        [mill, 'commercial'],
        [source, 'cooperative'],
    ] as const) {
        await desk.ask('keys', 'new', key(wallet));
        await desk.ask('wallet', 'open', wallet, '--type', type, '--public-key', key(wallet));
    }
    await desk.scenario.attestDay('2025-11-19', 10_000_000_000n);
    await desk.scenario.mint('2025-11-19', 9_000_000n, source);
    await desk.ask('wallet', 'pay', source, shop, '9', '--key', key(source));
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

const has = async (wallet: string): Promise<unknown> => (await desk.ask('commercial', 'balance', wallet)).balance;

describe('power commercial', () => {
    it('puts money in, pays with it, and takes it out, and finds credits, parcels and shares for that', async () => {
        const { result } = await desk.ask('commercial', 'deposit', shop, '6', '--key', key(shop));
        expect(result).toMatchObject({ walletId: shop, amount: '6000000', available: '3000000' });
        await desk.ask('commercial', 'deposit', shop, '1', '--key', key(shop));
        const paid = await desk.ask('commercial', 'pay', shop, mill, '6.5', '--memo', 'flour', '--key', key(shop));
        expect(paid.result).toEqual({});
        expect([await has(shop), await has(mill)]).toEqual(['500000', '6500000']);
        const taken = await desk.ask('commercial', 'withdraw', mill, '6.25', '--key', key(mill));
        expect(taken.result).toMatchObject({ walletId: mill, amount: '6250000' });
        const pool = await desk.ask('commercial', 'pool', 'PC');
        expect(pool).toMatchObject({ pool: '750000', parcels: '750000' });
    });

    it('does not send what the parcels cannot pay', async () => {
        const pay = ['commercial', 'pay', shop, mill, '7', '--key', key(shop)];
        expect(await desk.fail(...pay)).toContain('it is more than 64 parcels of the wallet hold');
    });

    it.each(['0', '-1', '1e3', '0.0000001'])('sends no amount of %j', async (amount) => {
        const deposit = ['commercial', 'deposit', shop, '--key', key(shop), '--', amount];
        expect(await desk.fail(...deposit)).toContain('is no amount of PC');
    });

    it('pays under one request id once', async () => {
        const pay = ['commercial', 'pay', shop, mill, '0.1', '--request-id', 'once', '--key', key(shop)];
        await desk.ask(...pay);
        expect(await desk.fail(...pay)).toContain('REQUEST_CONFLICT');
    });
});
