// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import { powerCredit } from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { certificateSteps, openSite } from '../testing/laws/certificates.js';
import { RandomStories } from '../testing/laws/randomStory.js';

// `npm run laws` sets both.
const operations = Number(process.env.POWER_LAW_OPERATIONS ?? '1000');
const seed = Number(process.env.POWER_LAW_SEED ?? '20261121');
/** On average, of the story's length and of its blocks' sizes. */
const operationsPerStory = 300;

it(
    `${String(operations)} random operations, conflicting ones included, leave each watt-hour in exactly one state`,
    async () => {
        const stories = new RandomStories(certificateSteps, { minLength: 100, maxLength: 140 });
        const numRuns = Math.ceil(operations / operationsPerStory);
        const audit = async ({ scenario }: Parameters<typeof openSite>[0]) =>
            expectBalancedBooks(scenario, powerCredit);
        // After every block the bundles of each interval are added up, and what is locked beside the reserve.
        await stories.tell({ numRuns, seed }, audit, openSite);
        expect([...stories.codes.keys()].sort()).toEqual(['MVCC_READ_CONFLICT', 'VALID']);
        const missing = certificateSteps.map(({ kind }) => kind).filter((kind) => !stories.kinds.has(kind));
        // The law would hold for a ledger on which nothing ever happens, too; what comes after several other steps is rare.
        if (operations >= 10_000) expect(missing).toEqual([]);
        expect(missing.length).toBeLessThan(4);
        expect(stories.operations).toBeGreaterThanOrEqual(operations / 2);
    },
    60_000 + 60 * operations,
);
