// SPDX-License-Identifier: Apache-2.0
import {
    type AttestationFile,
    type Day,
    encodeAttestationFile,
    parseAttestationFile,
    prepareAttestation,
} from '@power-currency/domain';
import fs, { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    jest.restoreAllMocks();
    consortium.leave();
});

const outbox = (name: string): string => consortium.desk.at(`outbox/attestation_${name}.json`);
const readFile = (file: string): string => readFileSync(file, 'utf8');
const reader = () => consortium.desk.scenario.person('RegulatorMSP');
const everybody = async (): Promise<readonly string[]> => {
    const runs: string[] = [];
    for (const machine of ['cooperative', 'bank', 'authority']) runs.push(...(await consortium.runs(machine)));
    return runs;
};
const attested = async (day: string) =>
    consortium.desk.scenario.ledger.evaluate(reader(), 'Attestation:Describe', { day: day as Day });
/** A plan that suits the ledger, whoever made it. */
const planOf = async (day: string, plan: Partial<AttestationFile>): Promise<string> => {
    const basis = await consortium.desk.scenario.ledger.evaluate(reader(), 'Attestation:DescribeBasis', {});
    const { zones, corrections } = { ...parseAttestationFile(readFile(outbox(monday))), ...plan };
    return encodeAttestationFile(prepareAttestation({ day: day as Day, zones, corrections }, basis, primitives.sha256));
};

describe('a machine that ends, or whose disk is full, at any write', () => {
    const writes = ['writeFileSync', 'renameSync', 'appendFileSync', 'mkdirSync'] as const;
    /** Runs a machine on which no write succeeds any more after so many. Returns whether one was refused. */
    const runWith = async (machine: string, writesLeft: number): Promise<boolean> => {
        let left = writesLeft;
        for (const name of writes) {
            const write = fs[name] as (...args: unknown[]) => unknown;
            jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
                if (left-- <= 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
                return write(...args);
            }) as never);
        }
        await consortium.jobs(machine).catch(() => undefined);
        jest.restoreAllMocks();
        return left < 0;
    };
    const contents = (): Record<string, string> => {
        const folders = ['cooperative/data', 'outbox'].map((name) => consortium.desk.at(name));
        const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
        const lasting = files.filter((name) => !/\.new$|jobs\.json$/.test(name));
        return Object.fromEntries(lasting.map((name) => [name, readFile(name)]));
    };

    it('has loaded, planned and signed the same when it runs again', async () => {
        await consortium.runs('cooperative');
        const whole = contents();
        let wasRefused = true;
        for (let count = 0; wasRefused; count++) {
            for (const name of ['cooperative/data', 'cooperative/logs', 'outbox']) {
                rmSync(consortium.desk.at(name), { recursive: true, force: true });
            }
            wasRefused = await runWith('cooperative', count);
            await consortium.jobs('cooperative');
            expect(contents()).toEqual(whole);
        }
    });

    it('has verified and submitted once', async () => {
        await consortium.runs('cooperative');
        await consortium.runs('bank');
        for (let count = 0; await runWith('authority', count); count++);
        await consortium.jobs('authority');
        await expect(attested(monday)).resolves.toMatchObject({ sequence: 1n, signaturesOk: 2 });
    });
});

it('a submission whose answer got lost is done', async () => {
    await consortium.runs('cooperative');
    await consortium.runs('bank');
    const { desk } = consortium;
    const { actAs } = desk;
    desk.actAs = (identity) => {
        actAs(identity);
        const { transport } = desk;
        if (transport === undefined) return;
        desk.transport = {
            ...transport,
            submit: async (transaction, argument) => {
                await transport.submit(transaction, argument);
                throw new Error('the peer went away');
            },
        };
    };
    await expect(consortium.runs('authority')).resolves.toEqual([`${monday} verify done`, `${monday} submit done`]);
});

it('a day that one machine passes over holds no other up', async () => {
    await everybody();
    for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, wednesday, 900);
    consortium.setTime('2027-01-21T00:25:00Z');
    await expect(everybody()).resolves.toEqual([
        ...[`${tuesday} load lacking`, `${wednesday} load done`, `${wednesday} plan done`, `${wednesday} sign done`],
        ...[`${tuesday} sign waiting`, `${wednesday} sign done`],
        ...[`${tuesday} verify waiting`, `${wednesday} verify done`, `${wednesday} submit done`],
    ]);
});

it('a day that could not be read for another reason is not passed over', async () => {
    await everybody();
    for (const zone of ['NL', 'BE'] as const) {
        consortium.publish(zone, tuesday, 900, 'A01');
        consortium.publish(zone, wednesday, 900);
    }
    consortium.setTime('2027-01-21T00:25:00Z');
    const runs = [`${tuesday} load failed`, `${wednesday} load done`];
    await expect(consortium.runs('cooperative')).resolves.toEqual(runs);
});

it('a signer who reads the zones as well does so also after the plan was made', async () => {
    consortium.configure('bank', ['load', 'sign']);
    await consortium.runs('cooperative');
    await expect(consortium.runs('bank')).resolves.toEqual([`${monday} load done`, `${monday} sign done`]);
});

it('a signer who read otherwise goes on reading, and signs once it reads the same', async () => {
    consortium.configure('bank', ['load', 'sign']);
    await everybody();
    for (const [zone, megawatts] of Object.entries({ NL: 900, BE: 1_000 })) {
        consortium.publish(zone as 'NL', tuesday, megawatts);
    }
    consortium.setTime('2027-01-20T00:25:00Z');
    await consortium.runs('cooperative');
    for (const day of [tuesday, wednesday]) consortium.publish('NL', day, 1_000);
    consortium.publish('BE', wednesday, 1_000);
    await expect(consortium.runs('bank')).resolves.toEqual([`${tuesday} load done`, `${tuesday} sign failed`]);
    consortium.setTime('2027-01-21T00:25:00Z');
    await expect(consortium.runs('bank')).resolves.toContain(`${wednesday} load done`);
    const runs = [...(await everybody()), ...(await everybody())];
    expect(runs.filter((run) => run.includes('submit'))).toEqual([`${tuesday} submit done`]);
    await expect(attested(tuesday)).resolves.toMatchObject({ whDcRaw: 48_000_000_000n });
});

describe('in the folder between the machines', () => {
    it('a plan of another day is not signed, and is written anew', async () => {
        await consortium.runs('cooperative');
        const plan = readFile(outbox(monday));
        writeFileSync(outbox(monday), await planOf('2027-01-17', {}));
        await expect(consortium.runs('bank')).resolves.toEqual([`${monday} sign waiting`]);
        await expect(consortium.runs('cooperative')).resolves.toContain(`${monday} plan done`);
        expect(readFile(outbox(monday))).toBe(plan);
    });

    it('a plan that is no attestation is waited for, and is written anew', async () => {
        await consortium.runs('cooperative');
        writeFileSync(outbox(monday), readFile(outbox(monday)).slice(0, 200));
        await expect(consortium.runs('bank')).resolves.toEqual([`${monday} sign waiting`]);
        await expect(everybody()).resolves.toContain(`${monday} submit done`);
    });

    it('nobody’s copy speaks for another signer, and no stranger’s for anybody', async () => {
        await consortium.runs('cooperative');
        await consortium.runs('bank');
        const copy = readFile(outbox(`${monday}.centralbank-1`));
        const forged = copy.replace(/"signature":"[^"]{8}/, '"signature":"AAAAAAAA').replace(/cooperative-1/g, 'zoe-1');
        for (const name of ['cooperative-1.zzz', 'zoe-1', 'authority-1']) {
            writeFileSync(outbox(`${monday}.${name}`), forged);
        }
        fs.mkdirSync(outbox(`${monday}.folder`));
        await expect(consortium.runs('authority')).resolves.toContain(`${monday} submit done`);
        await expect(attested(monday)).resolves.toMatchObject({ signedBy: ['centralbank-1', 'cooperative-1'] });
    });

    it('a copy without the signer’s own signature is written anew', async () => {
        await consortium.runs('cooperative');
        writeFileSync(outbox(`${monday}.centralbank-1`), readFile(outbox(monday)));
        await expect(everybody()).resolves.toContain(`${monday} submit done`);
    });

    it('late data that this machine read otherwise is not signed', async () => {
        consortium.configure('bank', ['load', 'sign']);
        await everybody();
        for (const zone of ['NL', 'BE'] as const) consortium.publish(zone, tuesday, 1_000);
        consortium.setTime('2027-01-20T00:25:00Z');
        await consortium.runs('cooperative');
        const plan = readFile(outbox(tuesday));
        const late = { day: monday, eic: '10YNL----------L', wh_before: 24_000_000_000n };
        const corrections = (after: bigint) => [{ ...late, wh_after: after }] as never;
        for (const after of [24_000_000_001n, 23_999_999_999n]) {
            writeFileSync(outbox(tuesday), await planOf(tuesday, { corrections: corrections(after) }));
            const runs = await consortium.jobs('bank');
            expect(runs.at(-1)).toMatchObject({
                ...{ step: 'sign', outcome: 'failed' },
                detail: `not signed: NL on ${monday} has ${after.toString()} Wh, and was read here with 24000000000`,
            });
        }
        writeFileSync(outbox(tuesday), plan);
        await expect(consortium.runs('bank')).resolves.toContain(`${tuesday} sign done`);
    });
});

it('a damaged record of what was run stops nothing', async () => {
    fs.mkdirSync(consortium.desk.at('cooperative/data'));
    writeFileSync(consortium.desk.at('cooperative/data/jobs.json'), '');
    await expect(consortium.runs('cooperative')).resolves.toContain(`${monday} sign done`);
    await expect(consortium.jobs('cooperative', 'status')).resolves.toMatchObject([
        { step: 'load', outcome: 'done' },
        ...[{ step: 'plan' }, { step: 'sign' }],
    ]);
});
