// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import { encodeArguments, type FacilityId, type Period, type RequestId } from '@power-currency/domain';
import { activeEntity, facilityOf } from '../testing/energySteps.js';
import { confirmYear } from '../testing/growthSteps.js';
import { Scenario } from '../testing/index.js';
import { Measuring } from '../testing/measuring.js';

const gwh = 1_000_000_000n;
let scenario: Scenario;
let mill: Measuring;

/** One wind turbine whose four sources report year by year; the ledger's time is January 2027. */
beforeEach(async () => {
    scenario = await Scenario.founded();
    const entityId = await activeEntity(scenario, 'mill', 'cooperative');
    const facility = await facilityOf(scenario, entityId, 'turbine', { carrier: 'B19', nameplateW: 10_000_000n });
    mill = await Measuring.of(scenario, facility);
});
afterEach(() => {
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const closing = async (year: number) => scenario.ledger.evaluate(reader(), 'Issuance:DescribeYear', { year });
const preview = async (year: number) => scenario.ledger.evaluate(reader(), 'Issuance:PreviewYear', { year });
async function close(year: number): Promise<void> {
    for (const mspId of ['AuthorityMSP', 'CooperativeMSP']) await confirmYear(scenario, year, mspId);
}

it('a year is closed on what its reports verified', async () => {
    await mill.measured('2025', 20n * gwh);
    await close(2025);
    await expect(closing(2025)).resolves.toMatchObject({
        totalWh: 20n * gwh,
        entities: [{ entityId: 'mill', grossWh: 20n * gwh, netWh: 20n * gwh }],
    });
});

it('what becomes known of a closed year counts in the next, and the closed one stays as it is', async () => {
    await mill.measured('2025', 20n * gwh);
    await close(2025);
    const closed = await closing(2025);
    await mill.measured('2025', 21n * gwh);
    await mill.measured('2026', 30n * gwh);
    // 2024 was never closed: there is nothing that late data about it would correct.
    await mill.measured('2024', 5n * gwh);
    expect(await closing(2025)).toEqual(closed);
    await expect(preview(2026)).resolves.toMatchObject({ totalWh: 31n * gwh });
});

it('what is verified in the block that closes the year is counted in one year, whichever comes first [V21]', async () => {
    const { ledger } = scenario;
    for (const isReportFirst of [true, false]) {
        const year = isReportFirst ? 2024 : 2025;
        await mill.measured(String(year), 20n * gwh);
        await confirmYear(scenario, year, 'AuthorityMSP');
        const { totalWh, merkleRoot } = await preview(year);
        await mill.say('audit', String(year), 21n * gwh);
        const requestId = `last-${String(year)}` as RequestId;
        const calls = [
            {
                identity: scenario.person('CooperativeMSP'),
                transaction: 'Measurement:Reconcile',
                argument: encodeArguments('Measurement:Reconcile', {
                    ...{ requestId, facilityId: 'turbine' as FacilityId, period: String(year) as Period },
                }),
            },
            {
                identity: scenario.person('CooperativeMSP', 'admin'),
                transaction: 'Issuance:ConfirmYear',
                argument: encodeArguments('Issuance:ConfirmYear', { requestId, year, totalWh, merkleRoot }),
            },
        ];
        const endorsed = [];
        for (const call of isReportFirst ? calls : calls.toReversed()) endorsed.push(await ledger.endorse(call));
        const codes = (await ledger.commit(endorsed)).map(({ code }) => code);
        expect(codes).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        if (isReportFirst) await close(year);
    }
    await expect(closing(2025)).resolves.toMatchObject({ totalWh: 20n * gwh });
    await mill.reconcile('2025');
    const { totalWh } = await preview(2026);
    expect(totalWh > 0n).toBe(true);
});

it('what was too much is taken from the next year, and from the one after if that is too little', async () => {
    await mill.measured('2024', 20n * gwh);
    await close(2024);
    await mill.measured('2024', 8n * gwh);
    await mill.measured('2025', 7n * gwh);
    await expect(preview(2025)).resolves.toMatchObject({ totalWh: 0n });
    await close(2025);
    await mill.measured('2026', 30n * gwh);
    await expect(preview(2026)).resolves.toMatchObject({ totalWh: 25n * gwh });
});

it('a report that arrives between two confirmations makes the first void', async () => {
    await mill.measured('2025', 20n * gwh);
    await confirmYear(scenario, 2025, 'AuthorityMSP');
    await mill.measured('2025', 21n * gwh);
    await expect(confirmYear(scenario, 2025, 'CooperativeMSP')).resolves.toMatchObject({ isClosed: false });
    await expect(confirmYear(scenario, 2025, 'CentralBankMSP')).resolves.toMatchObject({ isClosed: true });
    await expect(closing(2025)).resolves.toMatchObject({ totalWh: 21n * gwh });
});
