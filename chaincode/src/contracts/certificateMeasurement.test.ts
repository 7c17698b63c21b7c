// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import { bundleOf, certifiedDay, Certifying } from '../testing/certifying.js';
import { Scenario } from '../testing/index.js';
import { Measuring } from '../testing/measuring.js';
import { expectRefusal } from '../testing/refusals.js';

let scenario: Scenario;
let certifying: Certifying;
let measuring: Measuring;

beforeEach(async () => {
    scenario = await Scenario.founded();
    certifying = await Certifying.of(scenario);
    const reader = scenario.person('RegulatorMSP');
    const facilityId = certifying.plant;
    const plant = await scenario.ledger.evaluate(reader, 'EnergyRegistry:DescribeFacility', { facilityId });
    measuring = await Measuring.of(scenario, plant);
});
afterEach(() => scenario.close());

// The plant gives the same in each of eight hours of daylight.
const whole = 24_000n;

it('energy that sources agree on is certified as the meter spread it over the day', async () => {
    await measuring.measured(certifiedDay, whole);
    const issued = await certifying.issue();
    expect(issued).toEqual([8, 9, 10, 11, 12, 13, 14, 15].map((hour) => bundleOf('sunny-plant', hour, '0-2999')));
});

it('energy that sources quarrel about is not certified', async () => {
    const { reconciliation } = await measuring.measured(certifiedDay, whole, { sensor: whole * 2n });
    expect(reconciliation.status).toBe('flagged');
    await expectRefusal(certifying.issue(), 'ENERGY_NOT_VERIFIED');
});

it('what was certified stays so when later data says there was less, and nothing more is certified', async () => {
    await measuring.measured(certifiedDay, whole);
    const [bundleId] = await certifying.issue([10], 3_000n);
    await measuring.measured(certifiedDay, whole / 2n);
    await expect(certifying.life(10)).resolves.toMatchObject({
        energy: { verifiedWh: 3_000n, allocatedWh: 3_000n },
        states: { certificate: 3_000n, unallocated: 0n },
    });
    await expect(certifying.life(11)).resolves.toMatchObject({ energy: { verifiedWh: 1_500n } });
    await expect(certifying.describe(bundleId!)).resolves.toMatchObject({ certificateBundleStatus: 'Active' });
    await expectRefusal(certifying.issue([10]), 'ENERGY_ALLOCATED');
});
