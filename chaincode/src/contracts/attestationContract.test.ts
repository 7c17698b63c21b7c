// SPDX-License-Identifier: Apache-2.0
import { attestationDigest, type AttestationFile, digestText, type SignerId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { sha256 } from '../testing/scenario.js';
import { zone } from '../testing/zone.js';

const day = '2020-11-19';
const energyWh = 338_385_500_000n;
let scenario: Scenario;

beforeEach(async () => {
    scenario = await Scenario.founded();
});
afterEach(() => {
    scenario.close();
});

const prepare = async (of = day) => scenario.prepareDay(of, [zone(energyWh)]);
/** The file changed and its digest made to fit, so that only the rule under test can refuse it. */
const changed = (file: AttestationFile, change: Partial<AttestationFile>, meta: object = {}): AttestationFile => {
    const altered = { ...file, ...change, meta: { ...file.meta, ...meta } } as AttestationFile;
    return { ...altered, meta: { ...altered.meta, digest_signed: digestText(attestationDigest(altered, sha256)) } };
};

describe('an accepted day', () => {
    it('is recorded with every figure and its signers', async () => {
        const record = await scenario.submitDay(scenario.signDay(await prepare(), ['data', 'risk', 'ops']));
        expect(record).toMatchObject({
            day,
            sequence: 1n,
            whDcRaw: energyWh,
            whDcCommit: 60_909_390_000n,
            alphaEffective: 180_000n,
            stockValueEur: 5_481_845_100_000n,
            supplyTarget: 3_322_330_363_636n,
            dailyCap: 1_000_000_000_000n,
            mintSuggested: 1_000_000_000_000n,
            coverageRatio: 'infinite',
            signaturesOk: 3,
            signaturesRequired: 2,
            signedBy: ['cooperative-1', 'centralbank-1', 'authority-1'],
            isFrozen: false,
        });
        const query = { day: record.day };
        const reader = scenario.person('RegulatorMSP');
        await expect(scenario.ledger.evaluate(reader, 'Attestation:Describe', query)).resolves.toEqual(record);
        await expect(scenario.ledger.evaluate(reader, 'Attestation:DescribeLatest', {})).resolves.toEqual(record);
    });

    it('can be read back as it was submitted', async () => {
        const record = await scenario.submitDay(scenario.signDay(await prepare()));
        const reader = scenario.person('RegulatorMSP');
        const { file } = await scenario.ledger.evaluate(reader, 'Attestation:ReadFile', { day: record.day });
        expect(file).toContain(record.digestSigned);
    });

    it('is the one the next day links to', async () => {
        const first = await scenario.attestDay(day, energyWh);
        // The ledger's clock does not follow a client's backwards.
        scenario.ledger.time -= 100n;
        const second = await scenario.attestDay('2020-11-20', energyWh);
        expect(second).toMatchObject({
            ...{ sequence: 2n, previousDigest: first.digestSigned, acceptedAt: first.acceptedAt },
        });
        const reader = scenario.person('RegulatorMSP');
        const page = await scenario.ledger.evaluate(reader, 'Attestation:List', { pageSize: 5, bookmark: '' });
        expect(page.rows).toEqual([first, second]);
    });
});

describe('Submit refuses', () => {
    const submit = async (file: AttestationFile) => scenario.submitDay(scenario.signDay(file));

    it('what is no attestation file', async () => {
        const value = { file: '{"day":"2020-11-19"}' };
        const refused = scenario.submit(scenario.person('AuthorityMSP'), 'Attestation:Submit', value);
        await expectRefusal(refused, 'ATTESTATION_FILE_INVALID', { field: 'zones' });
    });

    it('a zone named twice: its energy would count twice', async () => {
        const file = await scenario.prepareDay(day, [zone(1n), zone(2n)]);
        await expectRefusal(submit(file), 'ATTESTATION_FILE_INVALID', { field: 'zones[1].eic' });
    });

    it('more energy than the ledger can hold', async () => {
        const zones = [zone(2n ** 63n - 1n), zone(1n, '10YBE----------2')];
        await expectRefusal(scenario.prepareDay(day, zones), 'ATTESTATION_FILE_INVALID', { field: 'zones' });
        const file = await scenario.prepareDay(day, [zone(1n)]);
        await expectRefusal(submit({ ...file, zones }), 'ATTESTATION_FILE_INVALID', { field: 'zones' });
    });

    it('a file for another network or channel [V81]', async () => {
        const file = await prepare();
        await expectRefusal(
            submit(changed(file, {}, { network: 'other', channel: 'x' })),
            'ATTESTATION_NETWORK_MISMATCH',
        );
        await expectRefusal(
            submit(changed(file, {}, { channel: 'other', sequence: 9n })),
            'ATTESTATION_CHANNEL_MISMATCH',
        );
    });

    it('a day that is attested already [V30]', async () => {
        await scenario.attestDay(day, energyWh);
        await expectRefusal(submit(await prepare()), 'ATTESTATION_DAY_EXISTS');
    });

    it('a day before the last one', async () => {
        await scenario.attestDay(day, energyWh);
        await expectRefusal(submit(await prepare('2020-11-18')), 'ATTESTATION_DAY_NOT_AFTER_LAST', { lastDay: day });
    });

    it('a day that is not over anywhere', async () => {
        // 2027-01-15T08:00Z is 22:00 of that day at UTC+14.
        await expectRefusal(submit(await prepare('2027-01-15')), 'ATTESTATION_DAY_NOT_OVER', { today: '2027-01-15' });
        await expect(submit(await prepare('2027-01-14'))).resolves.toBeDefined();
        scenario.ledger.time += 2n * 3_600n;
        await expect(submit(await prepare('2027-01-15'))).resolves.toBeDefined();
    });

    it('a sequence out of turn', async () => {
        const file = changed(await prepare(), {}, { sequence: 2n, previous_digest: `0x${'1'.repeat(64)}` });
        await expectRefusal(submit(file), 'ATTESTATION_SEQUENCE_MISMATCH', { expected: '1' });
    });

    it('a link to another predecessor', async () => {
        const file = changed(await prepare(), { S: 1n as never }, { previous_digest: `0x${'1'.repeat(64)}` });
        await expectRefusal(submit(file), 'ATTESTATION_PREVIOUS_MISMATCH');
    });

    const figures: readonly [keyof AttestationFile, unknown][] = [
        ['zones_ok', 2],
        ['wh_dc_raw', energyWh + 1n],
        ['wh_dc_commit', 60_909_390_001n],
        ['alpha_base', 190_000n],
        ['alpha', 190_000n],
        ['eur_per_mwh', 91_000_000n],
        ['wh_dc_window', 1n],
        ['reserve_window_days', 2],
        ['wh_contracted', 1n],
        ['gate', 'contracted'],
        ['CR_contracted', '1.100000'],
        ['contracted_value_eur', 1n],
        ['stock_value_eur', 1n],
        ['S_base', 1n],
        ['U_hat', 999_999n],
        ['S', 1n],
        ['S_target_for_CR_min', 1n],
        ['S_target', 1n],
        ['mint_daily_cap', 1n],
        ['mint_suggested', 1_000_000_000_001n],
        ['target_eur_per_aicp', 1n],
        ['CR', '1.100000'],
        ['CR_min', 1_000_000n],
        ['CR_target', 1_000_000n],
        ['mint_daily_cap_frac', 60_000n],
    ];
    it.each(figures)('a file whose %s is not what the ledger computes', async (field, value) => {
        const file = changed(await prepare(), { [field]: value });
        await expectRefusal(submit(file), 'ATTESTATION_NUMBER_MISMATCH', { field });
    });

    it('has a case for every figure of the file', async () => {
        const fields = Object.keys(await prepare()).filter(
            (name) => !['day', 'zones', 'corrections', 'meta'].includes(name),
        );
        expect(figures.map(([field]) => field).sort()).toEqual(fields.sort());
    });

    it('a digest that is not of this file', async () => {
        const file = await prepare();
        const other = { ...file, meta: { ...file.meta, digest_signed: `0x${'2'.repeat(64)}` } };
        await expectRefusal(submit(other), 'ATTESTATION_DIGEST_MISMATCH');
    });
});

describe('signatures', () => {
    it('of one role are not enough [V46 V84]', async () => {
        const refused = scenario.submitDay(scenario.signDay(await prepare(), ['ops']));
        await expectRefusal(refused, 'ATTESTATION_SIGNATURES_INSUFFICIENT', { signaturesOk: 1, required: 2 });
    });

    it('of one signer given twice count once [V84]', async () => {
        const file = scenario.signDay(await prepare(), ['ops']);
        const twice = {
            ...file,
            meta: { ...file.meta, signatures: [...file.meta.signatures, ...file.meta.signatures] },
        };
        await expectRefusal(scenario.submitDay(twice), 'ATTESTATION_SIGNATURES_INSUFFICIENT', { signaturesOk: 1 });
    });

    it('of keys the ledger does not know count for nothing, whatever the file says [V84]', async () => {
        const file = scenario.signDay(await prepare(), ['data', 'risk']);
        const renamed = file.meta.signatures.map((entry) => ({
            ...entry,
            signer_id: `x-${entry.signer_id}` as SignerId,
        }));
        const forged = { ...file, meta: { ...file.meta, signatures: renamed } };
        await expectRefusal(scenario.submitDay(forged), 'ATTESTATION_SIGNATURES_INSUFFICIENT', { signaturesOk: 0 });
    });

    it('of a revoked signer count for nothing [V50 V84]', async () => {
        const admin = scenario.person('CentralBankMSP', 'admin');
        await scenario.submit(admin, 'Registry:RevokeSigner', { signerId: 'centralbank-1' as SignerId });
        const refused = scenario.submitDay(scenario.signDay(await prepare(), ['data', 'risk']));
        await expectRefusal(refused, 'ATTESTATION_SIGNATURES_INSUFFICIENT', { signaturesOk: 1 });
    });

    it('over another day count for nothing [V81]', async () => {
        const file = await prepare();
        const other = scenario.signDay(await prepare('2020-11-20'));
        const swapped = { ...file, meta: { ...file.meta, signatures: other.meta.signatures } };
        await expectRefusal(scenario.submitDay(swapped), 'ATTESTATION_SIGNATURES_INSUFFICIENT', { signaturesOk: 0 });
    });
});
