// SPDX-License-Identifier: Apache-2.0
import { Checks } from './checks.js';
import { areaReport, differenceText, reportTable } from './report.js';

const place = { file: 'services/broadcast.jsonl', line: 3, label: 'some' };

test('a difference is shown with file, line, label and both values', () => {
    expect(differenceText({ place, expected: { status: 400 }, received: 'nothing' })).toBe(
        '  services/broadcast.jsonl:3 some\n    expected {"status":400}\n    received "nothing"\n',
    );
});

test('a listed difference is excused in its own area, and in no other', () => {
    const checks = new Checks();
    checks.equal(place, 1, 1);
    checks.equal({ file: 'cli.jsonl', label: 'peer-version' }, 1, 2);
    const own = areaReport('cli', checks, 0);
    expect([own.checks, own.holding, own.excused.length, own.differing.length]).toEqual([2, 1, 1, 0]);
    expect(areaReport('blocks', checks, 0).differing).toHaveLength(1);
    expect(reportTable([own])).toMatch(/^area +checks +hold +differ +excused\ncli +2 +1 +0 +1\nall +2 +1 +0 +1\n$/);
});

test('a replay that throws and a recording without a replay count as differences', async () => {
    const checks = new Checks();
    await checks.guard(place, () => Promise.reject(new Error('broken')));
    checks.notReplayed(place);
    expect(checks.made).toBe(2);
    expect(checks.differences.map(({ received }) => received)).toEqual([
        'Error: broken',
        'none: nothing replays this recording',
    ]);
});
