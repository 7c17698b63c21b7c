// SPDX-License-Identifier: Apache-2.0
import type { Correction, Day } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { correctionOf } from '../testing/zone.js';

const [first, second, third] = ['2026-11-19', '2026-11-20', '2026-11-21'];
const belgium = '10YBE----------2';
let scenario: Scenario;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.attestDay(first, 1_000n);
});
afterEach(() => {
    scenario.close();
});

const attest = async (...corrections: readonly Correction[]) => scenario.attestDay(second, 500n, corrections);
const zonesOf = async (day: string) =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Attestation:DescribeZones', { day: day as Day });

describe('late data of an attested day', () => {
    it.each([
        ['more', 1_300n, 800n],
        ['less', 600n, 100n],
        ['so much less that nothing is left', 500n, 0n],
    ])('%s counts in the day whose file carries it', async (_, after, whDcRaw) => {
        const record = await attest(correctionOf(first, 1_000n, after));
        expect(record).toMatchObject({ whDcRaw, correctionCount: 1 });
    });

    it('leaves the attested day, its file and its record as they were', async () => {
        const reader = scenario.person('RegulatorMSP');
        const query = { day: first as Day };
        const before = await scenario.ledger.evaluate(reader, 'Attestation:Describe', query);
        await attest(correctionOf(first, 1_000n, 1_300n));
        await expect(scenario.ledger.evaluate(reader, 'Attestation:Describe', query)).resolves.toEqual(before);
        await expect(zonesOf(first)).resolves.toEqual([
            { name: 'NL', eic: '10YNL----------L', attestedWh: 1_000n, wh: 1_300n, correctedBy: second },
        ]);
    });

    it('may be of a zone that the day’s file did not have', async () => {
        await attest(correctionOf(first, 0n, 70n, belgium));
        await expect(zonesOf(first)).resolves.toMatchObject([
            { eic: '10YNL----------L', wh: 1_000n, correctedBy: null },
            { name: belgium, eic: belgium, attestedWh: 0n, wh: 70n },
        ]);
    });

    it('goes on from the correction before it, so that no difference counts twice', async () => {
        await attest(correctionOf(first, 1_000n, 1_300n));
        const again = scenario.attestDay(third, 500n, [correctionOf(first, 1_000n, 1_300n)]);
        await expectRefusal(again, 'ATTESTATION_CORRECTION_MISMATCH', { before: '1000', expected: '1300' });
        const more = await scenario.attestDay(third, 500n, [correctionOf(first, 1_300n, 1_200n)]);
        expect(more.whDcRaw).toBe(400n);
    });
});

describe('Submit refuses a correction', () => {
    it('from an energy the ledger does not hold', async () => {
        const refused = attest(correctionOf(first, 999n, 1_300n));
        await expectRefusal(refused, 'ATTESTATION_CORRECTION_MISMATCH', { before: '999', expected: '1000' });
    });

    it('that takes away more than the day has', async () => {
        const file = await scenario.prepareDay(second, []);
        const corrections = [correctionOf(first, 1_000n, 0n)];
        const refused = scenario.submitDay(scenario.signDay({ ...file, corrections }));
        await expectRefusal(refused, 'ATTESTATION_CORRECTION_EXCEEDS', { measuredWh: '0', changeWh: '-1000' });
    });

    it.each<[string, string, readonly Correction[]]>([
        ['of the day itself', 'only days before the attested one are corrected', [correctionOf(second, 0n, 1n)]],
        ['of a day nobody attested', 'the day is not attested', [correctionOf('2026-11-18', 0n, 1n)]],
        ['of a day 36 days back', 'more than 35 days back', [correctionOf('2026-10-15', 0n, 1n)]],
        ['that changes nothing', 'nothing changes', [correctionOf(first, 1_000n, 1_000n)]],
        [
            'of a zone twice',
            'corrected twice',
            [correctionOf(first, 1_000n, 1_001n), correctionOf(first, 1_001n, 1_002n)],
        ],
    ])('%s', async (_, reason, corrections) => {
        await expectRefusal(attest(...corrections), 'ATTESTATION_CORRECTION_INVALID', { reason });
    });

    it('that the file’s own sum leaves out', async () => {
        const file = await scenario.prepareDay(second, []);
        const corrections = [correctionOf(first, 1_000n, 1_300n)];
        const refused = scenario.submitDay(scenario.signDay({ ...file, corrections }));
        await expectRefusal(refused, 'ATTESTATION_NUMBER_MISMATCH', { expected: '300' });
    });
});
