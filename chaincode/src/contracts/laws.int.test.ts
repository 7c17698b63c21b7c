// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import { DomainError, powerCredit } from '@power-currency/domain';
import fc from 'fast-check';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { dealingSteps } from '../testing/laws/dealing.js';
import { holdSteps } from '../testing/laws/holds.js';
import { issuanceSteps } from '../testing/laws/issuance.js';
import { type DrawnStep, LawStage, type LawStep } from '../testing/laws/lawStage.js';
import { noteSteps } from '../testing/laws/notes.js';
import { paymentSteps } from '../testing/laws/payments.js';
import { programmeSteps } from '../testing/laws/programmes.js';
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
];

// `npm run laws` sets both.
const operations = Number(process.env.POWER_LAW_OPERATIONS ?? '2000');
const seed = Number(process.env.POWER_LAW_SEED ?? '20261121');

/** The steps of one block are executed on the same state and ordered as drawn, so that some of them conflict. */
interface DrawnBlock {
    readonly steps: readonly DrawnStep[];
    readonly isReversed: boolean;
}
/** On average, of the lengths and block sizes below. */
const operationsPerStory = 180;
const block: fc.Arbitrary<DrawnBlock> = fc.record({
    steps: fc.array(fc.oneof(...steps), { minLength: 1, maxLength: 4 }),
    isReversed: fc.boolean(),
});
const story = fc.array(block, { minLength: 60, maxLength: 120, size: 'max' });

const seen = { codes: new Map<string, number>(), kinds: new Map<string, number>(), operations: 0 };
const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** Undefined for a step that is refused: most random ones overdraw something. */
async function endorse(stage: LawStage, step: DrawnStep) {
    seen.operations++;
    try {
        const endorsed = await step.endorse(stage);
        count(seen.kinds, step.kind);
        return endorsed;
    } catch (thrown) {
        if (thrown instanceof DomainError && thrown.code !== 'CONSERVATION_VIOLATED') return undefined;
        throw thrown;
    }
}

async function execute(stage: LawStage, { steps: drawn, isReversed }: DrawnBlock): Promise<void> {
    const endorsed = [];
    for (const step of drawn) endorsed.push(await endorse(stage, step));
    const ordered = endorsed.filter((transaction) => transaction !== undefined);
    if (isReversed) ordered.reverse();
    // Throws where the books of any asset are off after the block, or an amount is below zero: no record reads as that.
    for (const { code } of await stage.scenario.ledger.commit(ordered)) count(seen.codes, code);
}

it(
    `${String(operations)} random operations, conflicting ones included, neither create nor destroy money`,
    async () => {
        await fc.assert(
            fc.asyncProperty(story, async (blocks) => {
                const stage = await LawStage.open();
                try {
                    for (const drawn of blocks) await execute(stage, drawn);
                    await expectBalancedBooks(stage.scenario, powerCredit);
                } finally {
                    stage.scenario.close();
                }
            }),
            { numRuns: Math.ceil(operations / operationsPerStory), seed },
        );
        // The law would hold for a ledger on which nothing ever happens, too.
        expect([...seen.codes.keys()].sort()).toEqual(['MVCC_READ_CONFLICT', 'VALID']);
        // What comes after several other steps of one thing is rare in few operations, and there in many.
        const missing = steps.map(({ kind }) => kind).filter((kind) => !seen.kinds.has(kind));
        if (operations >= 20_000) expect(missing).toEqual([]);
        if (operations >= 2_000) expect(missing.length).toBeLessThan(4);
        expect(seen.operations).toBeGreaterThanOrEqual(operations);
    },
    60_000 + 60 * operations,
);
