// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { Certifying } from '@power-currency/chaincode/testing';
import { type LedgerDesk, openLedgerDesk } from '../testing/ledgerDesk.js';

let desk: LedgerDesk;
let certifying: Certifying;
let key: string;

beforeAll(async () => {
    desk = await openLedgerDesk();
    certifying = await Certifying.of(desk.scenario);
    await desk.scenario.openWallet('bakery');
    key = desk.at('sunny.pem');
    const { privateKey } = desk.scenario.holderOf(certifying.entity);
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
});
afterAll(() => {
    desk.scenario.close();
    desk.leave();
});

const signed = async (...words: readonly string[]) => (await desk.ask(...words, '--key', key)).result;
const ofHour = (hour: number, range: string) => `sunny-plant/2027-01-14T${String(hour)}:00Z/${range}`;

describe('power certificate', () => {
    it('issues what is named, or all there is, of a day', async () => {
        for (const hour of [10, 11, 12]) await certifying.verified(hour, 500n);
        const wish = ['sunny', 'sunny-plant', '2027-01-14', '--starts', '2027-01-14T10:00Z'] as const;
        await expect(signed('certificate', 'issue', ...wish, '--energy-wh', '200')).resolves.toMatchObject({
            bundleIds: [ofHour(10, '0-199')],
        });
        const rest = [ofHour(10, '200-499'), ofHour(11, '0-499'), ofHour(12, '0-499')];
        const all = signed('certificate', 'issue', 'sunny', 'sunny-plant', '2027-01-14');
        await expect(all).resolves.toMatchObject({ bundleIds: rest, energyWh: '1300' });
    });

    it('splits, gives away, claims and lists', async () => {
        const parts = [ofHour(11, '0-99'), ofHour(11, '100-499')];
        const split = signed('certificate', 'split', 'sunny', ofHour(11, '0-499'), '--quantities', '100', '400');
        await expect(split).resolves.toMatchObject({ splitInto: parts });
        await signed('certificate', 'transfer', 'sunny', 'bakery', ofHour(11, '0-99'), ofHour(10, '0-199'));
        const { out } = await desk.power(['certificate', 'list', 'bakery', '--all']);
        expect(out).toContain(ofHour(11, '0-99'));
        const claimed = ['sunny', 'Bakery Smith', ofHour(11, '100-499'), '--purpose', 'ovens'];
        await expect(signed('certificate', 'claim', ...claimed)).resolves.toMatchObject({
            certificateBundleStatus: 'Claimed',
        });
        const bundle = await desk.ask('certificate', 'show', ofHour(11, '100-499'));
        expect(bundle).toMatchObject({ beneficiary: 'Bakery Smith', claimPurpose: 'ovens' });
    });

    it('withdraws to another registry, and takes back what two organisations vouch for', async () => {
        await signed('certificate', 'withdraw', 'sunny', 'grexel', 'GO-7', ofHour(12, '0-499'));
        const command = ['sunny', 'grexel', 'C-1', ofHour(12, '0-499')] as const;
        expect(await desk.fail('certificate', 'reissue', ...command)).toMatch(/CALLER_NOT_AUTHORISED/);
        desk.actAs(desk.scenario.person('CentralBankMSP', 'admin'));
        expect(await desk.fail('certificate', 'reissue', ...command)).toMatch(/APPROVAL_NOT_FOUND/);
        desk.actAs(desk.scenario.person('CooperativeMSP'));
    });
});
