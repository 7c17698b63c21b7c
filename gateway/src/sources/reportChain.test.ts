// SPDX-License-Identifier: Apache-2.0
import { type Instant, type SourceId, sourceReportBytes } from '@power-currency/domain';
import { newSigningKey, primitives } from '../keys/ed25519.js';
import { readSourceFile } from './readSourceFile.js';
import { chainLine, headOf, readChain } from './reportChain.js';
import { type SignedReport, signReport } from './signedReport.js';
import { type RegisteredFacility, sourceReportOf } from './sourceReportOf.js';
import { auditWords, bytesOf, facilityWords, meterCsv } from './testing/sampleFiles.js';

const key = newSigningKey();
const network = { network: 'power-test', channel: 'power', sourceId: 'auditor-1' as SourceId };
const later = 1_800_000_000n as Instant;

function nextOf(chain: readonly SignedReport[], change: object = {}): SignedReport {
    const bytes = bytesOf({ ...auditWords, energy: String(chain.length + 1) });
    const file = { name: 'f', data: readSourceFile(bytes, 'f'), digest: primitives.sha256(bytes) };
    const place = { ...network, ...headOf(chain, primitives), ...change };
    return signReport(sourceReportOf(file, undefined, place, later), key.sign);
}

function chainOf(count: number): readonly SignedReport[] {
    return Array.from({ length: count }).reduce<SignedReport[]>((chain) => [...chain, nextOf(chain)], []);
}

const three = chainOf(3);
const textOf = (...reports: readonly SignedReport[]): string => reports.map(chainLine).join('');
const read = (text: string): readonly SignedReport[] => readChain(text, 'c', primitives, key.publicKey);

describe('the chain of a source’s reports', () => {
    it('begins with report 1 after nothing, and each names the digest of the one before it', () => {
        const [first, second] = three;
        expect([first!.report.sequence, second!.report.sequence]).toEqual([1n, 2n]);
        expect(first!.report.previousDigest).toEqual(new Uint8Array(32));
        expect(second!.report.previousDigest).toEqual(primitives.sha256(sourceReportBytes(first!.report)));
    });

    it('reads back as it was written', () => {
        expect(read(textOf(...three)).map(chainLine)).toEqual(three.map(chainLine));
        expect(read('')).toEqual([]);
    });

    const [first, second, third] = three;
    it.each<[string, string, number, string]>([
        ['a report left out', textOf(first!, third!), 2, 'report 3 where 2 comes'],
        ['a report twice', textOf(first!, first!), 2, 'report 1 where 2 comes'],
        [
            'a report rewritten after the fact',
            textOf(signReport({ ...first!.report, energyWh: 7n as never }, key.sign), second!),
            2,
            'it does not follow the report before it',
        ],
        [
            'a changed report under an old signature',
            textOf({ ...first!, report: { ...first!.report, energyWh: 7n as never } }),
            1,
            'not of this key',
        ],
        [
            'a report of another source',
            textOf(first!, nextOf([first!], { sourceId: 'auditor-2' })),
            2,
            'another sourceId',
        ],
        ['a report for another network', textOf(first!, nextOf([first!], { network: 'other' })), 2, 'another network'],
        ['a line cut off by a crash', textOf(...three).slice(0, -9), 3, 'the line does not end'],
        ['a line that is no report', `${textOf(first!)}{}\n`, 2, 'report: not an object'],
    ])('shows %s', (_, text, line, problem) => {
        expect(() => read(text)).toThrow(
            expect.objectContaining({
                code: 'REPORT_CHAIN_BROKEN',
                details: { file: 'c', line, problem: expect.stringContaining(problem) as unknown },
            }),
        );
    });
});

describe('a report made of a file', () => {
    const bytes = bytesOf(meterCsv());
    const file = { name: 'f', data: readSourceFile(bytes, 'f'), digest: primitives.sha256(bytes) };
    const place = { ...network, ...headOf([], primitives) };
    const facility = {
        facilityId: facilityWords.facility,
        zone: facilityWords.zone,
        carrier: facilityWords.carrier,
        intervalMinutes: '60',
    } as unknown as RegisteredFacility;

    it('has the readings, their sum, and the digest of the file', () => {
        const report = sourceReportOf(file, facility, place, later);
        expect(report.readings).toHaveLength(24);
        expect(report).toMatchObject({
            kind: 'sensor',
            energyWh: 2_400_000n,
            producedAt: later,
            evidence: file.digest,
        });
    });

    it('is when its file was made, where the file says so', () => {
        const audit = { ...file, data: readSourceFile(bytesOf(auditWords), 'f') };
        // 2026-11-21T00:10Z
        expect(sourceReportOf(audit, undefined, place, later).producedAt).toBe(1_795_219_800n);
    });

    it.each(['facilityId', 'zone', 'carrier'] as const)('is refused when another %s is registered', (field) => {
        expect(() => sourceReportOf(file, { ...facility, [field]: 'x' }, place, later)).toThrow(
            expect.objectContaining({
                code: 'SOURCE_MISMATCH',
                details: expect.objectContaining({ field }) as unknown,
            }),
        );
    });

    it('is refused before the period is over', () => {
        // The last second of 2026-11-20.
        const early = 1_795_219_199n as Instant;
        expect(() => sourceReportOf(file, facility, place, early)).toThrow('before 2026-11-20 is over');
        expect(sourceReportOf(file, facility, place, (early + 1n) as Instant).period).toBe('2026-11-20');
    });
});
