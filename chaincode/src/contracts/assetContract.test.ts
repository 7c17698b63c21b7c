// SPDX-License-Identifier: Apache-2.0
import { type AssetCode, imbalance, powerCredit, type SupplyAccount, type WalletId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const day = '2026-11-19';
let scenario: Scenario;
let anna: WalletId;

beforeEach(async () => {
    scenario = await Scenario.founded();
    anna = await scenario.openWallet('anna');
    await scenario.attestDay(day, 338_385_500_000n);
    await scenario.fund(day, 1_000n, anna);
    await scenario.mint(day, 50n, anna);
});
afterEach(() => {
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const auditPages = async (pageSize: number): Promise<readonly SupplyAccount[]> => {
    const pages: SupplyAccount[] = [];
    let bookmark = '';
    do {
        const query = { asset: powerCredit, pageSize, bookmark };
        const page = await scenario.ledger.evaluate(reader(), 'Asset:AuditSupply', query);
        pages.push(page.account);
        bookmark = page.bookmark;
    } while (bookmark !== '');
    return pages;
};

describe('supply', () => {
    it('is explained change by change, each with its cause', async () => {
        const query = { asset: powerCredit, pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(reader(), 'Asset:ListSupplyChanges', query);
        const cause = { kind: 'attestation', day };
        expect(rows.map(({ direction, amount, cause: why }) => ({ direction, amount, cause: why }))).toEqual(
            expect.arrayContaining([
                { direction: 'issued', amount: 1_000n, cause },
                { direction: 'issued', amount: 50n, cause },
            ]),
        );
        const { issued, causes } = await scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', {
            asset: powerCredit,
        });
        expect(rows.reduce((sum, { amount }) => sum + amount, 0n)).toBe(issued);
        expect(causes).toEqual([{ direction: 'issued', kind: 'attestation', amount: 1_050n, changeCount: 2 }]);
    });

    it.each([1, 2, 1000])('is proved by pages of %i records, which add up to all of it', async (pageSize) => {
        const pages = await auditPages(pageSize);
        const total = (of: (account: SupplyAccount) => bigint) => pages.reduce((sum, page) => sum + of(page), 0n);
        const whole = await scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset: powerCredit });
        expect(total(({ wallets }) => wallets)).toBe(1_000n);
        expect(total(({ pending }) => pending)).toBe(50n);
        expect(total(imbalance)).toBe(0n);
        expect(imbalance(whole)).toBe(0n);
        expect(pages.reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(whole.recordCount);
    });

    it('is not audited from a place outside the books [V44]', async () => {
        for (const bookmark of ['w~anna', 'b~TN~anna', 'x']) {
            const query = { asset: powerCredit, pageSize: 1, bookmark };
            await expectRefusal(scenario.ledger.evaluate(reader(), 'Asset:AuditSupply', query), 'INVALID_ARGUMENT', {
                field: 'bookmark',
            });
        }
    });
});

describe('assets', () => {
    it.each([
        ['PC', 'power-credit'],
        ['KD', 'growth-currency'],
        ['TN', 'treasury-note'],
    ])('have %s from the first block on', async (code, assetClass) => {
        const asset = await scenario.ledger.evaluate(reader(), 'Asset:Describe', { asset: code as AssetCode });
        expect(asset).toMatchObject({ class: assetClass, decimals: 6, state: 'active', issuer: null });
    });

    it('that nobody registered are refused by name', async () => {
        const unknown = { asset: 'XYZ' as AssetCode };
        await expectRefusal(scenario.ledger.evaluate(reader(), 'Asset:Describe', unknown), 'ASSET_NOT_FOUND', unknown);
    });
});
