// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../application/failure.js';
import { type Ledger } from '../application/ledger.js';
import { primitives } from '../keys/ed25519.js';
import { readJobSettings } from './jobSettings.js';
import { startJobs } from './startJobs.js';

let folder: string;
const config = (text: string): string => {
    const file = join(folder, 'jobs.yaml');
    writeFileSync(file, text);
    return file;
};

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-jobs-'));
});
afterEach(() => {
    rmSync(folder, { recursive: true });
});

/**
 * Starts at a time and sleeps so often; the moments at which it looked at the ledger, and what it told. The clock may be
 * set while it sleeps.
 */
async function started(
    from: string,
    sleeps: number,
    lastDay: (nowMs: number) => string,
    wakeAt: (nowMs: number, ms: number) => number = (nowMs, ms) => nowMs + ms,
) {
    const stop = new AbortController();
    const told: string[] = [];
    let nowMs = Date.parse(from);
    let left = sleeps;
    const describeBasis = async () => ({ lastDay: lastDay(nowMs) });
    const clock = {
        nowMs: () => nowMs,
        sleep: async (ms: number) => {
            nowMs = wakeAt(nowMs, ms);
            if (--left === 0) stop.abort();
        },
    };
    const machine = {
        settings: readJobSettings(config('steps: [verify]\nretrySeconds: 30\n')),
        ledger: { attestation: { describeBasis } } as unknown as Ledger,
        ...{ primitives, fetchDay: () => Promise.reject(new Error('nothing is loaded')) },
    };
    await startJobs(machine, clock, stop.signal, ({ runs, problem, nextMs }) => {
        const outcomes = runs.map(({ day, outcome }) => `${day} ${outcome}`);
        told.push([...outcomes, problem ?? 'ok', new Date(nextMs).toISOString().slice(11, 19)].join(' '));
    });
    return told;
}

it('with nothing open it sleeps until the next time', async () => {
    // A minute at a time: 00:19 to 00:20, to 00:25, and on into the next day.
    await expect(started('2027-01-19T00:19:00Z', 8, () => '2027-01-18')).resolves.toEqual([
        ...['ok 00:20:00', 'ok 00:25:00', 'ok 00:20:00'],
    ]);
});

it('while a day waits it tries again', async () => {
    const told = await started('2027-01-19T00:24:50Z', 3, () => '2027-01-17');
    expect(told).toEqual(['ok 00:25:00', '2027-01-18 waiting ok 00:25:30', '2027-01-18 waiting ok 00:26:00']);
});

it('survives a ledger that does not answer', async () => {
    const told = await started('2027-01-19T12:00:00Z', 2, (nowMs) => {
        if (nowMs < Date.parse('2027-01-19T12:00:30Z')) throw new Failure('FABRIC_DEADLINE', { peer: 'p', step: 's' });
        return '2027-01-18';
    });
    expect(told).toEqual(['FABRIC_DEADLINE (peer: p, step: s) 12:00:30', 'ok 00:20:00']);
});

it('looks again when its clock was set back', async () => {
    const right = Date.parse('2027-01-19T00:18:30Z');
    const wakeAt = (nowMs: number, ms: number): number => (nowMs < right + 86_400_000 ? nowMs + ms : right);
    // A month ahead at first.
    const told = await started('2027-02-18T00:30:00Z', 4, () => '2027-02-17', wakeAt);
    expect(told).toEqual(['ok 00:20:00', 'ok 00:20:00', 'ok 00:25:00']);
});

describe('jobs.yaml', () => {
    it('has paths below its own folder, and times of day', () => {
        const { data, timetable, catchUpDays } = readJobSettings(
            config('steps: [plan]\nloadAt: "01:00"\nattestAt: "01:30"'),
        );
        expect({ data, timetable, catchUpDays }).toEqual({
            ...{ data: join(folder, 'data'), catchUpDays: 7, timetable: { loadMinute: 60, attestMinute: 90 } },
        });
    });

    it.each([
        ['steps: [load]', 'step load needs zones'],
        ['steps: [sign]', 'step sign needs signer'],
        ['steps: [mint]', 'steps[0]: not one of load, plan, sign, verify, submit'],
        ['steps: [plan]\nloadAt: "00:30"', 'loadAt and attestAt are no times HH:MM in this order'],
        ['steps: [plan]\ncatchUpDays: 36', 'catchUpDays: not an integer from 1 to 35'],
        ['steps: [plan]\ntoken: secret', 'token: an unknown field'],
        ['{', 'it is no YAML'],
    ])('%j is refused: %s', (text, problem) => {
        expect(() => readJobSettings(config(text))).toThrow(problem);
    });
});
