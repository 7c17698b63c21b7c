// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { canonicalJson } from '@power-currency/domain';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

let desk: Desk;
const now = new Date('2026-11-21T06:00:00Z');

beforeEach(() => {
    desk = openDesk();
});

afterEach(() => {
    desk.leave();
});

async function power(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { exitCode, out, err } = await desk.power([...args, '-o', 'json'], {}, now);
    expect(err).toBe('');
    expect(exitCode).toBe(ExitCode.Ok);
    return JSON.parse(out) as Record<string, unknown>;
}

const plant = ['--facility', 'roof-1', '--nameplate', '250000', '--carrier', 'B16'];
const place = ['--network', 'power-test', '--channel', 'power'];
const generate = (day: string): Promise<unknown> =>
    power('source', 'generate', '--kind', 'all', '--seed', '7', '--day', day, ...plant, '--dir', desk.at('d'));
const report = (day: string, ...more: readonly string[]): Promise<Record<string, unknown>> =>
    power(
        'source',
        'report',
        desk.at(`d/sensor_roof-1_${day}.csv`),
        '--source',
        'meter',
        '--chain',
        desk.at('chain.jsonl'),
        ...more,
    );

describe('power source', () => {
    it('goes from a made-up day to a chain of signed reports without a network', async () => {
        await power('keys', 'new', desk.at('meter.pem'));
        for (const [index, day] of ['2026-11-18', '2026-11-19'].entries()) {
            await generate(day);
            const { report: made } = await report(day, '--key', desk.at('meter.pem'), ...(index === 0 ? place : []));
            expect(made).toMatchObject({
                sequence: String(index + 1),
                period: day,
                kind: 'sensor',
                network: 'power-test',
            });
        }
        expect(await power('source', 'chain', desk.at('chain.jsonl'), '--key', desk.at('meter.pem'))).toMatchObject({
            ...{ source: 'meter', reports: 2, signatures: 'checked', lastPeriod: '2026-11-19' },
        });
    });

    it('signs on another machine what was made without the key, and gives the same report', async () => {
        await power('keys', 'new', desk.at('meter.pem'));
        await generate('2026-11-18');
        const unsigned = await report('2026-11-18', ...place, '--write', desk.at('unsigned.json'));
        const chain = ['--chain', desk.at('other.jsonl')];
        const signed = await power('source', 'sign', desk.at('unsigned.json'), '--key', desk.at('meter.pem'), ...chain);
        expect(signed.report).toEqual(unsigned);
        expect(await report('2026-11-18', '--key', desk.at('meter.pem'), ...place)).toEqual(signed);
    });

    it('says what files say, in Wh and UTC', async () => {
        await generate('2026-11-18');
        const files = ['sensor_roof-1_2026-11-18.csv', 'audit_roof-1_2026-11-18.json'].map((name) =>
            desk.at(`d/${name}`),
        );
        const said = await power('source', 'validate', ...files);
        expect(said).toMatchObject([
            { kind: 'sensor', period: '2026-11-18', readings: 96, minutes: 15 },
            { kind: 'audit', period: '2026-11-18', facilityId: 'roof-1', carrier: 'B16' },
        ]);
    });

    it.each(['record', 'ledger'])('checks a file against the facility as it is registered (%s)', async (where) => {
        await desk.addContext();
        await generate('2026-11-18');
        const record = (carrier: string): string => canonicalJson({ ...registered, carrier });
        const file = desk.at('d/audit_roof-1_2026-11-18.json');
        const args = ['source', 'report', file, '--source', 'auditor', ...place, '--chain', desk.at('c.jsonl')];
        const ask = async (carrier: string): Promise<{ exitCode: number; err: string }> => {
            writeFileSync(desk.at('facility.json'), record(carrier));
            const option =
                where === 'record' ? ['--facility-record', desk.at('facility.json')] : ['--facility', 'roof-1'];
            return desk.power([...args, ...option], { 'EnergyRegistry:DescribeFacility': record(carrier) }, now);
        };
        expect(await ask('B16')).toMatchObject({ exitCode: ExitCode.Ok, err: '' });
        const { exitCode, err } = await ask('B19');
        expect(err).toContain('SOURCE_MISMATCH');
        expect(exitCode).toBe(ExitCode.Usage);
    });

    it('does not go on after a report that is damaged', async () => {
        await power('keys', 'new', desk.at('meter.pem'));
        await generate('2026-11-18');
        await report('2026-11-18', '--key', desk.at('meter.pem'), ...place);
        appendFileSync(desk.at('chain.jsonl'), '{"report"');
        const again = ['source', 'report', desk.at('d/sensor_roof-1_2026-11-18.csv'), '--source', 'meter'];
        const { exitCode, err } = await desk.power([...again, '--chain', desk.at('chain.jsonl')], {}, now);
        expect(err).toContain('REPORT_CHAIN_BROKEN');
        expect(exitCode).toBe(ExitCode.CheckFailed);
    });

    it.each([
        ['--latitude', '91'],
        ['--inflate', '-5%'],
        ['--nameplate', '0'],
        ['--day', '2026-02-30'],
        ['--carrier', 'B99'],
        ['--zone', '10YAT-APG------M'],
        ['--facility', 'Roof 1'],
    ])('refuses to make up a file with %s %s', async (option, value) => {
        const args = ['source', 'generate', '--kind', 'audit', '--day', '2026-11-18', ...plant, '--dir', desk.at('d')];
        const { exitCode, err } = await desk.power([...args, option, value]);
        expect(err).toContain('INPUT_INVALID');
        expect(exitCode).toBe(ExitCode.Usage);
    });
});

describe('power source follow', () => {
    const message = (hour: number, change: object = {}): string =>
        JSON.stringify({
            ...{ meter: '7-A', facility: 'roof-1', zone: '10YAT-APG------L', carrier: 'B16' },
            ...{ start: `2026-11-20T${String(hour).padStart(2, '0')}:00Z`, minutes: '60', energy: '1.5', unit: 'kWh' },
            ...change,
        });
    const day = Array.from({ length: 24 }, (_, hour) => message(hour));
    const follow = async (lines: readonly string[]): Promise<{ exitCode: number; err: string; counts: unknown }> => {
        desk.input = lines.map((line) => `${line}\n`);
        const { exitCode, out, err } = await desk.power(['source', 'follow', '--dir', desk.at('s'), '-o', 'json']);
        return { exitCode, err, counts: JSON.parse(out) };
    };
    const file = (): string => desk.at('s/7-A_2026-11-20.csv');

    it('makes a file of a day that validates', async () => {
        const { err, counts } = await follow(day);
        expect(counts).toEqual({ taken: 24, repeated: 0, refused: 0, daysComplete: 1 });
        expect(err).toBe(`complete: ${file()}\n`);
        expect(await power('source', 'validate', file())).toMatchObject({ energyWh: '36000', readings: 24 });
    });

    it('takes a message delivered again once, and goes on where an earlier run ended', async () => {
        await follow([...day.slice(0, 10), day[3]!]);
        const { counts } = await follow(day.slice(8));
        expect(counts).toEqual({ taken: 14, repeated: 2, refused: 0, daysComplete: 1 });
    });

    it('drops half a line that a crash left behind, and takes its reading again', async () => {
        await follow(day.slice(0, 2));
        const whole = readFileSync(file(), 'utf8');
        writeFileSync(file(), whole.slice(0, -7));
        expect((await follow([day[0]!, day[1]!])).counts).toMatchObject({ taken: 1, repeated: 1 });
        expect(readFileSync(file(), 'utf8')).toBe(whole);
    });

    it('begins a file anew of which a crash left only part of the header', async () => {
        await follow([day[0]!]);
        const whole = readFileSync(file(), 'utf8');
        for (const left of ['meter,fac', `${whole.split('\n')[0]!}\n`]) {
            writeFileSync(file(), left);
            await follow([day[0]!]);
            expect(readFileSync(file(), 'utf8')).toBe(whole);
        }
    });

    it.each([
        ['another energy for an interval it has', message(1, { energy: '9' }), 'another one than'],
        ['another facility under the same meter', message(2, { facility: 'roof-2' }), 'facility'],
        ['what is no JSON', 'hello', 'no JSON value'],
        ['a number that is no text', message(2, { energy: 1 }), 'energy: not a decimal number'],
        ['a meter that would name another folder', message(2, { meter: '../7-A' }), 'not a meter number'],
    ])('refuses %s, says so, and takes the rest', async (_, line, problem) => {
        const { exitCode, err, counts } = await follow([day[0]!, day[1]!, line, day[3]!]);
        expect(counts).toMatchObject({ taken: 3, refused: 1 });
        expect(err).toContain('line 3');
        expect(err.replaceAll(', problem', '')).toContain(problem);
        expect(exitCode).toBe(ExitCode.CheckFailed);
    });
});

const registered = {
    ...{ facilityId: 'roof-1', entityId: 'greenfield', displayName: 'Roof', type: 'generation', carrier: 'B16' },
    ...{ nameplateW: '250000', country: 'AT', zone: '10YAT-APG------L', location: null, intervalMinutes: '15' },
    ...{ commissionedOn: '2024-03-01', retiredOn: null, registeredBy: 'cooperative', registeredAt: '1700000000' },
};
