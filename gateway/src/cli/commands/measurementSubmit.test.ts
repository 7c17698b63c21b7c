// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import {
    canonicalJson,
    decodeArguments,
    DomainError,
    hex,
    type SourceReport,
    sourceReport,
} from '@power-currency/domain';
import { signedReport } from '../../sources/signedReport.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

let desk: Desk;

beforeEach(async () => {
    desk = openDesk();
    await desk.addContext();
});
afterEach(() => {
    desk.leave();
});

const reportOf = (sequence: string): SourceReport =>
    sourceReport.decode(
        {
            ...{ type: 'power/source-report', version: '1', network: 'power-test', channel: 'power' },
            ...{ sourceId: 'sky', kind: 'satellite', facilityId: 'roof-1', period: '2026-11-20' },
            ...{ sequence, previousDigest: '00'.repeat(32), producedAt: '1795219200', energyWh: '5' },
            ...{ readings: [], evidence: null },
        },
        'report',
    );
const lineOf = (sequence: string): string =>
    canonicalJson(signedReport.encode({ report: reportOf(sequence), signature: new Uint8Array(64) }));
const headAt = (sequence: string): string => canonicalJson({ sequence, digest: '00'.repeat(32) });
const submitted = (): readonly string[] =>
    desk.calls.filter(([kind]) => kind === 'submit').map(([, , request]) => request ?? '');

describe('power measurement submit', () => {
    it('sends the reports of a chain that the ledger does not have, each under an id of its own', async () => {
        writeFileSync(desk.at('chain.jsonl'), `${lineOf('1')}\n${lineOf('2')}\n${lineOf('3')}\n`);
        const answers = { 'Measurement:DescribeChain': headAt('1'), 'Measurement:SubmitReport': '{}' };
        const command = ['measurement', 'submit', desk.at('chain.jsonl'), '-o', 'json'];
        const { exitCode, out } = await desk.power(command, answers);
        expect(exitCode).toBe(ExitCode.Ok);
        const outcomes = (JSON.parse(out) as readonly { outcome: string }[]).map(({ outcome }) => outcome);
        expect(outcomes).toEqual(['known', 'accepted', 'accepted']);
        const sent = submitted().map((request) => decodeArguments('Measurement:SubmitReport', request));
        expect(sent.map(({ report }) => report.sequence)).toEqual([2n, 3n]);
        expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(2);
        await desk.power(command, answers);
        expect(submitted().slice(2)).toEqual(submitted().slice(0, 2));
    });

    it('reads one report over several lines', async () => {
        writeFileSync(desk.at('report.json'), JSON.stringify(JSON.parse(lineOf('1')), null, 2));
        const answers = { 'Measurement:DescribeChain': headAt('0'), 'Measurement:SubmitReport': '{}' };
        await desk.power(['measurement', 'submit', desk.at('report.json')], answers);
        expect(
            submitted().map((request) => hex(decodeArguments('Measurement:SubmitReport', request).signature)),
        ).toEqual(['00'.repeat(64)]);
    });

    it('stops at the first report the ledger refuses', async () => {
        writeFileSync(desk.at('chain.jsonl'), `${lineOf('1')}\n${lineOf('2')}\n`);
        const refusal = new DomainError('REPORT_SIGNATURE_INVALID', { sourceId: 'sky' });
        const answers = { 'Measurement:DescribeChain': headAt('0'), 'Measurement:SubmitReport': refusal };
        const { exitCode, err } = await desk.power(['measurement', 'submit', desk.at('chain.jsonl')], answers);
        expect(exitCode).not.toBe(ExitCode.Ok);
        expect(err).toContain('REPORT_SIGNATURE_INVALID');
        expect(submitted()).toHaveLength(1);
    });

    it('says which line is no report', async () => {
        writeFileSync(desk.at('good.jsonl'), `${lineOf('1')}\n`);
        for (const wrong of ['{}', 'hello', '']) {
            writeFileSync(desk.at('chain.jsonl'), `${lineOf('1')}\n${wrong}\n${lineOf('2')}\n`);
            const files = ['good.jsonl', 'chain.jsonl'].map((name) => desk.at(name));
            const { exitCode, err } = await desk.power(['measurement', 'submit', ...files]);
            expect(exitCode).not.toBe(ExitCode.Ok);
            expect(err).toContain('SOURCE_FILE_INVALID');
            expect(err).toContain('line 2');
        }
        expect(desk.calls).toEqual([]);
    });

    it('has nothing to send of a chain whose only report was taken off again', async () => {
        writeFileSync(desk.at('chain.jsonl'), '');
        const { exitCode } = await desk.power(['measurement', 'submit', desk.at('chain.jsonl')]);
        expect(exitCode).toBe(ExitCode.Ok);
        expect(desk.calls).toEqual([]);
    });
});
