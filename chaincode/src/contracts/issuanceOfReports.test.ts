// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
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
    await mill.measured('2024', 5n * gwh);
    await mill.measured('2026', 30n * gwh);
    expect(await closing(2025)).toEqual(closed);
    await expect(preview(2026)).resolves.toMatchObject({ totalWh: 36n * gwh });
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
