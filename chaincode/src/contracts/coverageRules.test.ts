// SPDX-License-Identifier: Apache-2.0
import { Certifying } from '../testing/certifying.js';
import { Covering, daySeconds, energyFor1080, pc } from '../testing/covering.js';
import { expectRefusal } from '../testing/refusals.js';
import type { Scenario } from '../testing/scenario.js';
import { correctionOf } from '../testing/zone.js';

const [day, nextDay, thirdDay] = ['2027-01-12', '2027-01-13', '2027-01-14'] as const;
let covering: Covering;
let scenario: Scenario;

beforeEach(async () => {
    covering = await Covering.founded();
    ({ scenario } = covering);
});
afterEach(() => {
    scenario.close();
});

describe('one day of the ledger', () => {
    it('issues no more than the last attestation suggests, however many days are attested on it', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        await covering.mint(day, 1_080n * pc);
        await scenario.attestDay(nextDay, 20n * energyFor1080);
        await expectRefusal(covering.mint(nextDay, 1n), 'MINT_DAY_EXCEEDED', {
            ...{ today: '2027-01-15', amount: '1', available: '0' },
        });
        await expect(covering.coverage()).resolves.toMatchObject({ available: 0n });
        scenario.ledger.time += daySeconds;
        await expect(covering.coverage()).resolves.toMatchObject({ available: 54n * pc });
        await expect(covering.mint(nextDay, 54n * pc)).resolves.toMatchObject({ available: 0n });
    });

    it('is not left backwards by a client whose clock is behind [V80]', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        await covering.mint(day, 100n * pc);
        const midnight = 1_800_057_600n; // 2027-01-16T00:00Z
        scenario.ledger.time = midnight - 200n;
        await scenario.attestDay(nextDay, 20n * energyFor1080);
        scenario.ledger.time = midnight;
        await covering.mint(nextDay, 5n * pc);
        scenario.ledger.time = midnight - 100n;
        await scenario.attestDay(thirdDay, 20n * energyFor1080);
        await expectRefusal(covering.mint(thirdDay, 250_001n), 'MINT_DAY_EXCEEDED', {
            ...{ today: '2027-01-16', available: '250000' },
        });
    });
});

describe('an attestation', () => {
    it('allows issuance on the ledger day that accepted it and on the next, and then no more', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        scenario.ledger.time += daySeconds;
        await covering.mint(day, pc);
        scenario.ledger.time += daySeconds;
        await expectRefusal(covering.mint(day, pc), 'MINT_ATTESTATION_STALE', {
            ...{ day, acceptedOn: '2027-01-15', today: '2027-01-17' },
        });
        await expect(covering.coverage()).resolves.toMatchObject({ available: 0n });
    });

    it('suggests what is issued against it, also where a redemption or a vote made more room since', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 1_080n * pc);
        await covering.change('energyPrice', '180.000000');
        await expectRefusal(covering.mint(day, 1n), 'MINT_CAP_EXCEEDED', { available: '0' });
    });
});

describe('parameters', () => {
    it('are those at the end of the attested day, whatever was decided since', async () => {
        await covering.change('alphaBase', '0.250000');
        const before = await scenario.attestDay(thirdDay, energyFor1080);
        expect(before).toMatchObject({ alphaEffective: 180_000n, whDcCommit: 19_800_000n });
        scenario.ledger.time += daySeconds;
        await covering.change('alphaBase', '0.300000');
        const onTheDay = await scenario.attestDay('2027-01-15', energyFor1080);
        expect(onTheDay).toMatchObject({ alphaEffective: 250_000n, whDcCommit: 27_500_000n });
        scenario.ledger.time += daySeconds;
        await expect(scenario.attestDay('2027-01-16', energyFor1080)).resolves.toMatchObject({
            alphaEffective: 300_000n,
        });
    });
});

describe('the reserve', () => {
    it('is the mean of the last attested days, and both figures are attested', async () => {
        await covering.change('reserveWindowDays', '3');
        scenario.ledger.time += 10n * daySeconds;
        await scenario.attestDay('2027-01-15', 100_000_000n);
        await scenario.attestDay('2027-01-16', 200_000_000n);
        await scenario.attestDay('2027-01-17', 300_000_000n);
        const record = await scenario.attestDay('2027-01-20', 700_000_000n);
        expect(record).toMatchObject({ whDcCommit: 126_000_000n, whReserve: 72_000_000n, reserveWindowDays: 3 });
        await expect(covering.coverage()).resolves.toMatchObject({ whReserve: 72_000_000n });
    });

    it('of locked certificates gates where the members chose it: with none, nothing is issued', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 100n * pc);
        await covering.change('contractedGate', '1');
        await expect(covering.coverage()).resolves.toMatchObject({
            ...{ gate: 'contracted', coverageRatio: '11.880000', coverageRatioContracted: '0.000000', available: 0n },
        });
        await expectRefusal(covering.mint(day, 1n), 'MINT_COVERAGE_TOO_LOW', { coverageRatio: '0.000000' });
        scenario.ledger.time += 2n * daySeconds;
        await expect(covering.eventsOf('2027-01-16', energyFor1080)).resolves.toMatchObject([
            { type: 'DayAttested', gate: 'contracted', coverageRatio: '11.880000', mintSuggested: 0n },
            { type: 'CoverageFrozen', gate: 'contracted', coverageRatio: '0.000000' },
            { type: 'CoverageDefence', gate: 'contracted', coverageRatio: '0.000000' },
        ]);
    });
});

describe('the contracted gate', () => {
    /** Two hours' certificates of a cooperative, locked: 19.8 MWh cover exactly 1080 credits at CR 1.10. */
    const lockedEnergy = async (...hours: readonly bigint[]): Promise<Certifying> => {
        const certifying = await Certifying.of(scenario);
        for (const [index, energyWh] of hours.entries()) {
            const bundleId = await certifying.bundle(index, energyWh);
            await certifying.sign('Certificate:Lock', certifying.entity, { bundleIds: [bundleId] });
        }
        return certifying;
    };

    it('lets as much be issued as locked certificates cover, however much the grid took', async () => {
        await covering.change('contractedGate', '1');
        await lockedEnergy(19_000_000n, 800_000n);
        scenario.ledger.time += daySeconds;
        const record = await scenario.attestDay('2027-01-15', 20n * energyFor1080);
        expect(record).toMatchObject({
            ...{ gate: 'contracted', whContracted: 19_800_000n, contractedValueEur: 1_782_000_000n },
            ...{ supplyTarget: 1_080n * pc, mintSuggested: 1_080n * pc, isFrozen: false },
        });
        await expectRefusal(covering.mint('2027-01-15', 1_080n * pc + 1n), 'MINT_ABOVE_TARGET', {
            available: '1080000000',
        });
        await covering.mint('2027-01-15', 1_080n * pc);
        await expect(covering.coverage()).resolves.toMatchObject({
            ...{ gate: 'contracted', coverageRatioContracted: '1.100000', coverageRatio: '22.000000', available: 0n },
        });
    });

    it('lets no certificate go that the supply needs, and freezes where energy became worth less', async () => {
        await covering.change('contractedGate', '1');
        const certifying = await lockedEnergy(19_800_000n);
        scenario.ledger.time += daySeconds;
        await scenario.attestDay('2027-01-15', energyFor1080);
        await covering.mint('2027-01-15', 1_080n * pc);
        const holdings = { bundleIds: await certifying.holdings(certifying.entity) };
        const unlocked = certifying.sign('Certificate:Unlock', certifying.entity, holdings);
        await expectRefusal(unlocked, 'RESERVE_NEEDED', { lockedWh: '19800000' });
        await covering.change('energyPrice', '89.000000');
        await expectRefusal(covering.mint('2027-01-15', 1n), 'MINT_COVERAGE_TOO_LOW', { coverageRatio: '1.087777' });
        scenario.ledger.time += daySeconds;
        await expect(covering.eventsOf('2027-01-16', 20n * energyFor1080)).resolves.toMatchObject([
            { type: 'DayAttested', gate: 'contracted', coverageRatioContracted: '1.087777', mintSuggested: 0n },
            { type: 'CoverageFrozen', gate: 'contracted', coverageRatio: '1.087777' },
        ]);
    });

    it('counts what is locked when something is issued, whichever gate the day was attested with', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 540n * pc);
        await lockedEnergy(11_000_000n);
        await covering.change('contractedGate', '1');
        await expect(covering.coverage()).resolves.toMatchObject({
            ...{ coverageRatioContracted: '1.222222', available: 60n * pc },
        });
        await expectRefusal(covering.mint(day, 60n * pc + 1n), 'MINT_ABOVE_TARGET', { available: '60000000' });
    });
});

it('late data is made known with the day that carries it', async () => {
    await scenario.attestDay(day, 100n);
    await expect(covering.eventsOf(nextDay, 50n, [correctionOf(day, 100n, 120n)])).resolves.toMatchObject([
        { type: 'DayAttested', whDcRaw: 70n },
        { type: 'EnergyCorrected', day: nextDay, correctedDay: day, whBefore: 100n, whAfter: 120n },
    ]);
});

describe('the band', () => {
    it.each([
        ['above 1.20', 120_000_100n, ['DayAttested', 'CoverageAboveBand']],
        ['at 1.20', 120_000_000n, ['DayAttested']],
        ['at 1.10', 110_000_000n, ['DayAttested']],
        ['below 1.10', 109_999_900n, ['DayAttested', 'CoverageFrozen']],
        ['below 1.00', 99_999_900n, ['DayAttested', 'CoverageFrozen', 'CoverageDefence']],
    ])('%s is made known', async (_, energyWh, expected) => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 1_080n * pc);
        expect((await covering.eventsOf(nextDay, energyWh)).map(({ type }) => type)).toEqual(expected);
    });

    it('a freeze is made known when it begins and when it ends, and not between', async () => {
        await scenario.attestDay(day, energyFor1080);
        await covering.mint(day, 1_080n * pc);
        await scenario.attestDay(nextDay, 105_000_000n);
        const typesOf = async (energyWh: bigint) =>
            (await covering.eventsOf(thirdDay, energyWh)).map(({ type }) => type);
        await expect(typesOf(105_000_000n)).resolves.toEqual(['DayAttested']);
        await expect(typesOf(110_000_000n)).resolves.toEqual(['DayAttested', 'CoverageRecovered']);
    });
});
