// SPDX-License-Identifier: Apache-2.0
import { DomainError } from '@power-currency/domain';
import fc from 'fast-check';
import type { EndorsedTransaction } from '../simulatedTransaction.js';
import { type DrawnStep, LawStage, type LawStep } from './lawStage.js';

/** The steps of one block are executed on the same state and ordered as drawn, so that some of them conflict. */
interface DrawnBlock {
    readonly steps: readonly DrawnStep[];
    readonly isReversed: boolean;
}

interface StoryLength {
    /** Blocks of a story. */
    readonly minLength: number;
    readonly maxLength: number;
}

/** What happened in stories that were told at random. */
export class RandomStories {
    /** Validation codes of what was ordered, with how often each came. */
    readonly codes = new Map<string, number>();
    /** Kinds of step that the ledger took at least once. */
    readonly kinds = new Map<string, number>();
    operations = 0;
    readonly #story: fc.Arbitrary<readonly DrawnBlock[]>;

    constructor(steps: readonly LawStep[], { minLength, maxLength }: StoryLength) {
        const block: fc.Arbitrary<DrawnBlock> = fc.record({
            steps: fc.array(fc.oneof(...steps), { minLength: 1, maxLength: 4 }),
            isReversed: fc.boolean(),
        });
        this.#story = fc.array(block, { minLength, maxLength, size: 'max' });
    }

    /**
     * Tells so many stories, each on a ledger of its own. Every block is audited: throws where the books of an asset are
     * off, an amount is below zero, or a watt-hour has two states.
     */
    async tell(
        { numRuns, seed }: { readonly numRuns: number; readonly seed: number },
        audit: (stage: LawStage) => Promise<void>,
        prepare: (stage: LawStage) => Promise<void> = () => Promise.resolve(),
    ): Promise<void> {
        const property = fc.asyncProperty(this.#story, async (blocks) => {
            const stage = await LawStage.open();
            try {
                await prepare(stage);
                for (const drawn of blocks) await this.#execute(stage, drawn);
                await audit(stage);
            } finally {
                stage.scenario.close();
            }
        });
        await fc.assert(property, { numRuns, seed });
    }

    async #execute(stage: LawStage, { steps, isReversed }: DrawnBlock): Promise<void> {
        const endorsed = [];
        for (const step of steps) endorsed.push(await this.#endorse(stage, step));
        const ordered = endorsed.filter((transaction) => transaction !== undefined);
        if (isReversed) ordered.reverse();
        for (const { code } of await stage.scenario.ledger.commit(ordered)) count(this.codes, code);
    }

    /** Undefined for a step that is refused: most random ones overdraw something. */
    async #endorse(stage: LawStage, step: DrawnStep): Promise<EndorsedTransaction | undefined> {
        this.operations++;
        try {
            const endorsed = await step.endorse(stage);
            count(this.kinds, step.kind);
            return endorsed;
        } catch (thrown) {
            const isRefusal = thrown instanceof DomainError && !defects.includes(thrown.code);
            if (isRefusal) return undefined;
            throw thrown;
        }
    }
}

/** What only a broken ledger says. */
const defects: readonly string[] = ['CONSERVATION_VIOLATED', 'STATE_CORRUPT'];

function count(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
}
