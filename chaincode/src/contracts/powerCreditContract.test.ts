// SPDX-License-Identifier: Apache-2.0
import { powerCredit, type WalletId } from '@power-currency/domain';
import { Covering, daySeconds, energyFor1080, pc } from '../testing/covering.js';
import { expectRefusal } from '../testing/refusals.js';
import type { Scenario } from '../testing/scenario.js';

const [day, nextDay] = ['2026-11-19', '2026-11-20'] as const;
let covering: Covering;
let scenario: Scenario;

beforeEach(async () => {
    covering = await Covering.founded();
    ({ scenario } = covering);
});
afterEach(() => {
    scenario.close();
});

const supply = async () =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Asset:DescribeSupply', { asset: powerCredit });

describe('Mint', () => {
    it('issues to a pending credit and counts it as issued', async () => {
        await scenario.attestDay(day, energyFor1080);
        const receipt = await covering.mint(day, 400n * pc);
        expect(receipt).toMatchObject({ amount: 400n * pc, available: 680n * pc });
        await expect(supply()).resolves.toEqual({
            ...{ asset: 'PC', issued: 400n * pc, redeemed: 0n, wallets: 0n, pending: 400n * pc },
            ...{ held: 0n, notes: 0n, escrow: 0n, vouchers: 0n, recordCount: 2 },
            causes: [{ direction: 'issued', kind: 'attestation', amount: 400n * pc, changeCount: 1 }],
        });
    });

    it('refuses anyone but the issuing member', async () => {
        await scenario.attestDay(day, energyFor1080);
        const value = { day: day as never, amount: pc as never, to: covering.anna };
        const refused = scenario.submit(scenario.person('AuthorityMSP'), 'PowerCredit:Mint', value);
        await expectRefusal(refused, 'CALLER_NOT_AUTHORISED', { rolesHeld: ['reader', 'member', 'treasury'] });
    });

    it('refuses a day nobody attested', async () => {
        await expectRefusal(covering.mint(day, pc), 'ATTESTATION_NOT_FOUND', { day });
    });

    it('refuses a day that is not the latest', async () => {
        await scenario.attestDay(day, energyFor1080);
        await scenario.attestDay(nextDay, energyFor1080);
        await expectRefusal(covering.mint(day, pc), 'MINT_ATTESTATION_SUPERSEDED', { lastDay: nextDay });
    });

    it('refuses while issuance is frozen', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 1_080n * pc);
        await scenario.attestDay(nextDay, energyFor1080 / 2n);
        await expectRefusal(covering.mint(nextDay, pc), 'MINT_FROZEN', { coverageRatio: '0.550000' });
    });

    it('refuses when coverage has fallen below its minimum since the attestation', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 1_080n * pc);
        await covering.change('energyPrice', '80.000000');
        await expectRefusal(covering.mint(day, pc), 'MINT_COVERAGE_TOO_LOW', { coverageRatio: '0.977777' });
    });

    it('refuses more than the daily cap, however often it is asked', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        await covering.mint(day, 1_080n * pc);
        scenario.ledger.time += daySeconds;
        await scenario.attestDay(nextDay, 20n * energyFor1080);
        await expectRefusal(covering.mint(nextDay, 54n * pc + 1n), 'MINT_CAP_EXCEEDED', {
            available: '54000000',
        });
        await covering.mint(nextDay, 30n * pc);
        await expectRefusal(covering.mint(nextDay, 24n * pc + 1n), 'MINT_CAP_EXCEEDED', {
            available: '24000000',
        });
        await expect(covering.mint(nextDay, 24n * pc)).resolves.toMatchObject({ available: 0n });
    });

    it('refuses more than coverage supports', async () => {
        await scenario.attestDay(day, energyFor1080);
        const refused = covering.mint(day, 1_080n * pc + 1n);
        await expectRefusal(refused, 'MINT_ABOVE_TARGET', { available: '1080000000' });
    });

    it('refuses a wallet that does not exist', async () => {
        await scenario.attestDay(day, energyFor1080);
        await expectRefusal(scenario.mint(day, pc, 'nobody' as WalletId), 'WALLET_NOT_FOUND');
    });
});

describe('a freeze', () => {
    it('begins below the minimum and ends, with a margin, when coverage has recovered', async () => {
        await covering.change('unfreezeMargin', '0.050000');
        scenario.ledger.time += 10n * daySeconds;
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 1_080n * pc);
        await expect(scenario.attestDay('2027-01-16', energyFor1080 / 2n)).resolves.toMatchObject({ isFrozen: true });
        await expect(scenario.attestDay('2027-01-17', energyFor1080)).resolves.toMatchObject({ isFrozen: true });
        await expect(covering.coverage()).resolves.toMatchObject({ isFrozen: true, available: 0n });
        scenario.ledger.time += daySeconds;
        const recovered = await scenario.attestDay('2027-01-18', 2n * energyFor1080);
        expect(recovered).toMatchObject({ isFrozen: false, coverageRatio: '2.200000' });
        await expect(covering.coverage()).resolves.toMatchObject({ isFrozen: false, available: 54n * pc });
    });
});

describe('DescribeCoverage', () => {
    it('knows no day before the first attestation', async () => {
        await expect(covering.coverage()).resolves.toEqual({
            ...{ day: null, supply: 0n, gate: 'notional', isFrozen: false, available: 0n },
            ...{ whReserve: 0n, coverageRatio: 'infinite', whContracted: 0n, coverageRatioContracted: 'infinite' },
        });
    });

    it('shows the ratio of the last attested reserve to the present supply', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 540n * pc);
        await expect(covering.coverage()).resolves.toMatchObject({ day, supply: 540n * pc, coverageRatio: '2.200000' });
    });
});
