// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { lawStep } from './lawStage.js';

const milestoneNames = ['m0', 'm1', 'm2'];
const milestone = fc.constantFrom(...milestoneNames);

/** A programme's milestones are paid into escrow, attested, released and clawed back. */
export const programmeSteps = [
    lawStep('open programme', 1, fc.bigInt(1n, 60n), async (stage, amount) => {
        const { site } = stage;
        const milestones = milestoneNames.map((name, index) => site.milestone(name, amount + BigInt(index)));
        const nonce = (await stage.nextNonce(site.city)) as never;
        return stage.captured(() => site.open({ milestones, nonce }));
    }),
    lawStep(
        'attest milestone',
        4,
        fc.record({ name: milestone, attester: fc.nat({ max: 2 }) }),
        (stage, { name, attester }) => {
            const { site } = stage;
            return stage.captured(() => site.attest(site.attesters[attester] ?? site.city, name));
        },
    ),
    lawStep('release milestone', 2, milestone, (stage, name) => stage.captured(() => stage.site.release(name))),
    lawStep('claw back milestone', 1, milestone, (stage, name) => stage.captured(() => stage.site.clawBack(name))),
];
