// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import { growthCurrency, powerCredit } from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { dealingSteps } from '../testing/laws/dealing.js';
import { growthSteps } from '../testing/laws/growth.js';
import { holdSteps } from '../testing/laws/holds.js';
import { issuanceSteps } from '../testing/laws/issuance.js';
import type { LawStep } from '../testing/laws/lawStage.js';
import { noteSteps } from '../testing/laws/notes.js';
import { paymentSteps } from '../testing/laws/payments.js';
import { programmeSteps } from '../testing/laws/programmes.js';
import { RandomStories } from '../testing/laws/randomStory.js';
import { redemptionSteps } from '../testing/laws/redemptions.js';

/** Everything that can happen at random; each area adds its own kinds of step. */
const steps: readonly LawStep[] = [
    ...paymentSteps,
    ...issuanceSteps,
    ...holdSteps,
    ...noteSteps,
    ...dealingSteps,
    ...programmeSteps,
    ...redemptionSteps,
    ...growthSteps,
];

// `npm run laws` sets both.
const operations = Number(process.env.POWER_LAW_OPERATIONS ?? '2000');
const seed = Number(process.env.POWER_LAW_SEED ?? '20261121');

/** On average, of the story's length and of its blocks' sizes. */
const operationsPerStory = 180;

it(
    `${String(operations)} random operations, conflicting ones included, neither create nor destroy money`,
    async () => {
        const stories = new RandomStories(steps, { minLength: 60, maxLength: 120 });
        const numRuns = Math.ceil(operations / operationsPerStory);
        await stories.tell({ numRuns, seed }, async ({ scenario }) => {
            await expectBalancedBooks(scenario, powerCredit);
            await expectBalancedBooks(scenario, growthCurrency);
        });
        // The law would hold for a ledger on which nothing ever happens, too.
        expect([...stories.codes.keys()].sort()).toEqual(['MVCC_READ_CONFLICT', 'VALID']);
        // What comes after several other steps of one thing is rare in few operations, and there in many.
        const missing = steps.map(({ kind }) => kind).filter((kind) => !stories.kinds.has(kind));
        if (operations >= 20_000) expect(missing).toEqual([]);
        if (operations >= 2_000) expect(missing.length).toBeLessThan(4);
        expect(stories.operations).toBeGreaterThanOrEqual(operations);
    },
    60_000 + 60 * operations,
);
