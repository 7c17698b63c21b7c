// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import '../src/ledger/testing/quietLog.js';
import { areas } from './areas.js';
import { Checks } from './checks.js';
import { excuses } from './excuses.js';
import { Recordings } from './recordings.js';
import { areaReport, differenceText } from './report.js';

// `npm run conformance` replays everything; these are the areas that need no socket.
const quick = ['genesis', 'blocks', 'state', 'simulations', 'lifecycle', 'broadcast', 'deliver', 'signing'];
const recordings = new Recordings(join(__dirname, '../fixtures/fabric-3.1.5'));

test.each(quick)('%s: the engine does what the recorded network did, or the difference is listed', async (area) => {
    const checks = new Checks();
    await areas[area]?.(recordings, checks);
    const report = areaReport(area, checks, 0);
    expect(report.differing.map(differenceText)).toEqual([]);
    expect(report.holding).toBeGreaterThan(0);
});

test('every listed difference is of an area that exists', () => {
    expect(excuses.filter(({ area }) => !(area in areas))).toEqual([]);
});
