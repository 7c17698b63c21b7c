// SPDX-License-Identifier: Apache-2.0
import { encodeAttestationFile, encodeArguments, type ParameterName, type WalletId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

/** The ledger's own day in these tests is 2027-01-15. */
const [day, nextDay, thirdDay] = ['2027-01-12', '2027-01-13', '2027-01-14'] as const;
const daySeconds = 86_400n;
const pc = 1_000_000n;
/** Covers exactly 1080 credits at CR 1.10. */
const energyFor1080 = 110_000_000n;
let scenario: Scenario;
let anna: WalletId;

beforeEach(async () => {
    scenario = await Scenario.founded();
    anna = await scenario.openWallet('anna');
});
afterEach(() => {
    scenario.close();
});

const coverage = async () =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'PowerCredit:DescribeCoverage', {});
const change = async (name: ParameterName, value: string) =>
    scenario.mandate(`change-${name.toLowerCase()}-${value.replace('.', '-')}`, { kind: 'parameter', name, value });
/** The events an attestation of the day would have. */
const eventsOf = async (of: string, energyWh: bigint) => {
    const file = scenario.signDay(
        await scenario.prepareDay(of, [{ name: 'NL', eic: '10YNL----------L', wh: energyWh as never }]),
    );
    const argument = encodeArguments('Attestation:Submit', {
        requestId: scenario.requestId(),
        file: encodeAttestationFile(file),
    });
    const identity = scenario.person('AuthorityMSP');
    const { envelope } = await scenario.ledger.endorse({ identity, transaction: 'Attestation:Submit', argument });
    return envelope?.events ?? [];
};

describe('one day of the ledger', () => {
    it('issues no more than the last attestation suggests, however many days are attested on it', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        await scenario.mint(day, 1_080n * pc, anna);
        await scenario.attestDay(nextDay, 20n * energyFor1080);
        await expectRefusal(scenario.mint(nextDay, 1n, anna), 'MINT_DAY_EXCEEDED', {
            ...{ today: '2027-01-15', amount: '1', available: '0' },
        });
        await expect(coverage()).resolves.toMatchObject({ available: 0n });
        scenario.ledger.time += daySeconds;
        await expect(coverage()).resolves.toMatchObject({ available: 54n * pc });
        await expect(scenario.mint(nextDay, 54n * pc, anna)).resolves.toMatchObject({ available: 0n });
    });

    it('is not left backwards by a client whose clock is behind [V80]', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        await scenario.mint(day, 100n * pc, anna);
        scenario.ledger.time = 1_800_057_600n; // 2027-01-16T00:00Z
        await scenario.attestDay(nextDay, 20n * energyFor1080);
        await scenario.mint(nextDay, 5n * pc, anna);
        scenario.ledger.time -= 250n;
        await expectRefusal(scenario.mint(nextDay, 1n, anna), 'MINT_CAP_EXCEEDED', { available: '0' });
        await scenario.attestDay(thirdDay, 20n * energyFor1080);
        await expectRefusal(scenario.mint(thirdDay, 250_001n, anna), 'MINT_DAY_EXCEEDED', {
            ...{ today: '2027-01-16', available: '250000' },
        });
    });
});

describe('an attestation', () => {
    it('allows issuance on the ledger day that accepted it and on the next, and then no more', async () => {
        await scenario.attestDay(day, 20n * energyFor1080);
        scenario.ledger.time += daySeconds;
        await scenario.mint(day, pc, anna);
        scenario.ledger.time += daySeconds;
        await expectRefusal(scenario.mint(day, pc, anna), 'MINT_ATTESTATION_STALE', {
            ...{ day, acceptedOn: '2027-01-15', today: '2027-01-17' },
        });
        await expect(coverage()).resolves.toMatchObject({ available: 0n });
    });

    it('suggests what is issued against it, also where a redemption or a vote made more room since', async () => {
        await scenario.attestDay(day, energyFor1080);
        await scenario.mint(day, 1_080n * pc, anna);
        await change('energyPrice', '180.000000');
        await expectRefusal(scenario.mint(day, 1n, anna), 'MINT_CAP_EXCEEDED', { available: '0' });
    });
});

describe('parameters', () => {
    it('are those at the end of the attested day, whatever was decided since', async () => {
        await change('alphaBase', '0.250000');
        const before = await scenario.attestDay(thirdDay, energyFor1080);
        expect(before).toMatchObject({ alphaEffective: 180_000n, whDcCommit: 19_800_000n });
        scenario.ledger.time += daySeconds;
        await change('alphaBase', '0.300000');
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
        await change('reserveWindowDays', '3');
        scenario.ledger.time += 10n * daySeconds;
        await scenario.attestDay('2027-01-15', 100_000_000n);
        await scenario.attestDay('2027-01-16', 200_000_000n);
        await scenario.attestDay('2027-01-17', 300_000_000n);
        const record = await scenario.attestDay('2027-01-20', 700_000_000n);
        expect(record).toMatchObject({ whDcCommit: 126_000_000n, whReserve: 72_000_000n, reserveWindowDays: 3 });
        await expect(coverage()).resolves.toMatchObject({ whReserve: 72_000_000n });
    });

    it('of locked certificates gates where the members chose it: with none, nothing is issued', async () => {
        await scenario.attestDay(day, energyFor1080);
        await scenario.mint(day, 100n * pc, anna);
        await change('contractedGate', '1');
        await expect(coverage()).resolves.toMatchObject({
            ...{ gate: 'contracted', coverageRatio: '11.880000', coverageRatioContracted: '0.000000', available: 0n },
        });
        await expectRefusal(scenario.mint(day, 1n, anna), 'MINT_COVERAGE_TOO_LOW', { coverageRatio: '0.000000' });
        scenario.ledger.time += 2n * daySeconds;
        await expect(eventsOf('2027-01-16', energyFor1080)).resolves.toMatchObject([
            { type: 'DayAttested', gate: 'contracted', coverageRatio: '11.880000', mintSuggested: 0n },
            { type: 'CoverageFrozen', gate: 'contracted', coverageRatio: '0.000000' },
            { type: 'CoverageDefence', gate: 'contracted', coverageRatio: '0.000000' },
        ]);
    });
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
        await scenario.mint(day, 1_080n * pc, anna);
        expect((await eventsOf(nextDay, energyWh)).map(({ type }) => type)).toEqual(expected);
    });
});
