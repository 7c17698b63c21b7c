// SPDX-License-Identifier: Apache-2.0
import {
    attestationDigest,
    type Day,
    digestText,
    encodeAttestationFile,
    parseAttestationFile,
} from '@power-currency/domain';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { primitives } from '../keys/ed25519.js';
import { type Consortium, openConsortium } from './testing/consortium.js';

const [monday, tuesday, wednesday] = ['2027-01-18', '2027-01-19', '2027-01-20'] as const;
let consortium: Consortium;

beforeEach(async () => {
    consortium = await openConsortium();
    consortium.setTime('2027-01-19T00:25:00Z');
    for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, monday, 1_000);
});
afterEach(() => {
    consortium.leave();
});

const all = ['cooperative', 'bank', 'authority'];
const day = async (): Promise<string[]> => {
    const runs: string[] = [];
    for (const machine of all) runs.push(...(await consortium.runs(machine)));
    return runs;
};
const attested = async (of: string): Promise<unknown> => {
    const { ledger } = consortium.desk.scenario;
    const reader = consortium.desk.scenario.person('RegulatorMSP');
    return ledger.evaluate(reader, 'Attestation:Describe', { day: of as Day });
};
/** Every file of every machine with its content and the time it was written, the state of the runs apart. */
const files = (): Record<string, string> => {
    const root = consortium.desk.at('.');
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
        (name) => !name.endsWith('jobs.json'),
    );
    const found = names.map((name) => [name, statSync(join(root, name))] as const).filter(([, stat]) => stat.isFile());
    return Object.fromEntries(
        found.map(([name, { mtimeMs }]) => [name, `${String(mtimeMs)} ${readFileSync(join(root, name), 'utf8')}`]),
    );
};

it('a day goes from the grid to the ledger, each signer on a machine of its own', async () => {
    await expect(day()).resolves.toEqual([
        ...['load', 'plan', 'sign'].map((step) => `${monday} ${step} done`),
        `${monday} sign done`,
        ...[`${monday} verify done`, `${monday} submit done`],
    ]);
    await expect(attested(monday)).resolves.toMatchObject({
        ...{ whDcRaw: 48_000_000_000n, zonesOk: 2, signedBy: ['centralbank-1', 'cooperative-1'] },
    });
    const logs = ['load', 'plan', 'sign'].map((step) =>
        readFileSync(consortium.desk.at(`cooperative/logs/${step}.log`), 'utf8'),
    );
    expect(logs.map((text) => text.trimEnd().split('\n').length)).toEqual([1, 1, 1]);
    await expect(day()).resolves.toEqual([]);
});

it('a forecast is not attested without people, and its day waits for what is measured', async () => {
    consortium.publish('NL', monday, 1_000, 'A01');
    await expect(consortium.runs('cooperative')).resolves.toEqual([`${monday} load failed`]);
    expect(readFileSync(consortium.desk.at('cooperative/logs/load.log'), 'utf8')).toContain('forecasts the day');
    consortium.publish('NL', monday, 1_000);
    await expect(consortium.runs('cooperative')).resolves.toEqual([
        ...['load', 'plan', 'sign'].map((step) => `${monday} ${step} done`),
    ]);
});

it('running any step again changes nothing', async () => {
    for (const machine of all) {
        await consortium.runs(machine);
        if (machine === 'authority') break;
        const before = files();
        await consortium.runs(machine);
        expect(files()).toEqual(before);
    }
});

it('before its time nothing runs, and a dry run only tells', async () => {
    consortium.setTime('2027-01-19T00:20:00Z');
    await expect(consortium.jobs('cooperative', 'run', '--dry-run')).resolves.toEqual([
        { day: monday, step: 'load', due: '2027-01-19T00:20:00.000Z', wouldRun: true },
        { day: monday, step: 'plan', due: '2027-01-19T00:25:00.000Z', wouldRun: false },
        { day: monday, step: 'sign', due: '2027-01-19T00:25:00.000Z', wouldRun: false },
    ]);
    expect(existsSync(consortium.desk.at('cooperative/data'))).toBe(false);
    await expect(consortium.runs('cooperative')).resolves.toEqual([`${monday} load done`]);
    await expect(consortium.runs('bank')).resolves.toEqual([]);
});

it('without two signatures the day waits, and the days after it with it', async () => {
    await day();
    for (const zone of ['NL', 'BE'] as const) {
        consortium.publish(zone, tuesday, 900);
        consortium.publish(zone, wednesday, 900);
    }
    consortium.setTime('2027-01-21T00:25:00Z');
    await expect(consortium.runs('cooperative')).resolves.toEqual([
        ...['load', 'plan', 'sign'].map((step) => `${tuesday} ${step} done`),
        `${wednesday} load done`,
    ]);
    await expect(consortium.runs('authority')).resolves.toEqual([`${tuesday} verify waiting`]);
    const [verify] = await consortium.jobs('authority', 'status');
    expect(verify).toMatchObject({
        ...{ step: 'verify', day: tuesday, outcome: 'waiting', next: '2027-01-22T00:25:00.000Z' },
        detail: 'signatures_ok = 1, required = 2',
    });
});

it('missed days are made up for, oldest first', async () => {
    await day();
    for (const of of [tuesday, wednesday]) for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, of, 900);
    consortium.setTime('2027-01-21T09:00:00Z');
    const runs = [...(await day()), ...(await day())];
    expect(runs.filter((run) => run.includes('submit'))).toEqual([
        `${tuesday} submit done`,
        `${wednesday} submit done`,
    ]);
});

it('a day that lacks data is passed over, and is tried again', async () => {
    await day();
    consortium.setTime('2027-01-21T00:25:00Z');
    for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, wednesday, 900);
    await expect(consortium.runs('cooperative')).resolves.toEqual([
        `${tuesday} load lacking`,
        ...['load', 'plan', 'sign'].map((step) => `${wednesday} ${step} done`),
    ]);
    const [load] = await consortium.jobs('cooperative', 'status');
    expect(load).toMatchObject({ step: 'load', day: wednesday, outcome: 'done', failures: 0 });
});

it('fewer zones than the minimum are an alarm, and below the floor nothing is planned', async () => {
    const change = async (name: 'zonesMinimum' | 'zonesFloor', value: string) =>
        consortium.desk.scenario.mandate(`change-${name.toLowerCase()}`, { kind: 'parameter', name, value });
    consortium.setTime('2027-01-18T12:00:00Z');
    await change('zonesMinimum', '3');
    consortium.setTime('2027-01-19T00:25:00Z');
    await expect(consortium.runs('cooperative')).resolves.toEqual([
        ...[`${monday} load alarm`, `${monday} plan done`, `${monday} sign done`],
    ]);
    await consortium.runs('bank');
    await consortium.runs('authority');
    await expect(attested(monday)).resolves.toMatchObject({ alphaBase: 180_000n, alphaEffective: 120_000n });
    await change('zonesFloor', '3');
    consortium.setTime('2027-01-20T00:25:00Z');
    for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, tuesday, 900);
    await expect(consortium.runs('cooperative')).resolves.toEqual([`${tuesday} load lacking`]);
    expect(existsSync(consortium.desk.at(`outbox/attestation_${tuesday}.json`))).toBe(false);
});

it('late data of an attested day is carried by the next, beside the first reading', async () => {
    await day();
    consortium.publish('NL', monday, 1_100);
    for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, tuesday, 500);
    consortium.setTime('2027-01-20T00:25:00Z');
    await day();
    await expect(attested(tuesday)).resolves.toMatchObject({ whDcRaw: 26_400_000_000n, correctionCount: 1 });
    const readings = readdirSync(consortium.desk.at('cooperative/data')).filter((name) => name.startsWith('grid_by'));
    expect(readings).toEqual([
        ...[`grid_by_zone_${monday}.csv`, `grid_by_zone_${monday}.vintage-2.csv`, `grid_by_zone_${tuesday}.csv`],
    ]);
});

it('a plan the ledger has moved on from is made and signed again', async () => {
    const { scenario } = consortium.desk;
    const wallet = await scenario.openWallet('anna');
    await day();
    for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, tuesday, 900);
    consortium.setTime('2027-01-20T00:25:00Z');
    await consortium.runs('cooperative');
    await scenario.mint(monday, 1_000_000n, wallet);
    await expect(consortium.runs('bank')).resolves.toEqual([`${tuesday} sign waiting`]);
    await expect(day()).resolves.toContain(`${tuesday} submit done`);
});

it('a machine signs neither zones it read otherwise nor figures that are not the ledger’s', async () => {
    await consortium.runs('cooperative');
    const own = consortium.desk.at('bank/data/grid_by_zone_2027-01-18.csv');
    mkdirSync(dirname(own));
    writeFileSync(own, 'name,eic,wh\nNL,10YNL----------L,23000000000\n');
    await expect(consortium.jobs('bank')).resolves.toMatchObject([
        {
            outcome: 'failed',
            detail: 'not signed: NL on 2027-01-18 has 24000000000 Wh, and was read here with 23000000000',
        },
    ]);
    rmSync(own);
    const plan = consortium.desk.at(`outbox/attestation_${monday}.json`);
    const planned = readFileSync(plan, 'utf8');
    const forged = parseAttestationFile(planned.replace(/"mint_suggested":"\d+"/, '"mint_suggested":"1"'));
    const digest = digestText(attestationDigest(forged, primitives.sha256));
    writeFileSync(plan, encodeAttestationFile({ ...forged, meta: { ...forged.meta, digest_signed: digest } }));
    await expect(consortium.jobs('bank')).resolves.toMatchObject([
        { outcome: 'waiting', detail: expect.stringContaining('not signed: from the ledger its digest is') as string },
    ]);
    writeFileSync(plan, planned);
    await expect(consortium.runs('bank')).resolves.toEqual([`${monday} sign done`]);
});

it('only one scheduler runs in a folder, and one that is told to stop gives it back', async () => {
    const config = ['--config', consortium.desk.at('cooperative/jobs.yaml')];
    await consortium.runs('cooperative');
    const lock = consortium.desk.at('cooperative/data/jobs.lock');
    writeFileSync(lock, String(process.ppid));
    await expect(consortium.desk.fail('jobs', 'run', ...config)).resolves.toContain('JOBS_RUNNING');
    writeFileSync(lock, '');
    await expect(consortium.desk.power(['jobs', 'start', ...config])).resolves.toMatchObject({ exitCode: 0 });
    expect(existsSync(lock)).toBe(false);
});
