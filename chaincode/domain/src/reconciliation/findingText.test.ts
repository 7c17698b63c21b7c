// SPDX-License-Identifier: Apache-2.0
import { findingTexts } from './findingText.js';
import type { Finding } from './reconciliationRecords.js';

const finding = { sourceId: 'meter', interval: '2026-11-20T02:00Z', direction: 'above', limit: 10_000n };

it.each([
    [
        { rule: 'night', score: 20_000n },
        'meter says there was sun at night at 2026-11-20T02:00Z: 2.00 %, limit 1.00 % (rule night, version 4)',
    ],
    [
        { rule: 'outlier', interval: null, direction: 'below', score: 6_198_839n, limit: 3_000_000n },
        'meter says less than the others can explain: 6.19 standard deviations, limit 3.00 standard deviations (rule outlier)',
    ],
    [
        { rule: 'discrepancy', sourceId: null, score: 50_100n, limit: 50_000n },
        'the sources together disagree by a coefficient of variation above the threshold: 5.01 %, limit 5.00 % (rule discrepancy)',
    ],
])('a finding %o reads: %s', (change, text) => {
    const findings = [{ ...finding, ...change } as unknown as Finding];
    expect(findingTexts({ findings, rulesVersion: 4 } as never)).toEqual([text]);
});
