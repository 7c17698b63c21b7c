// SPDX-License-Identifier: Apache-2.0
import type { ResultOf } from '@power-currency/domain';
import fc from 'fast-check';
import { claimIssuance, confirmYear, issueYear, verifyYear } from '../growthSteps.js';
import { type LawStage, lawStep } from './lawStage.js';

async function statusOf({ scenario, reader }: LawStage): Promise<ResultOf<'Issuance:DescribeStatus'>> {
    return scenario.ledger.evaluate(reader, 'Issuance:DescribeStatus', {});
}

/** The first year that is not closed; twenty and more of them are over when a story begins. */
async function openYear(stage: LawStage): Promise<number> {
    return ((await statusOf(stage)).lastClosedYear ?? 1999) + 1;
}

const producer = fc.nat({ max: 1 });
const energy = fc.record({ verified: fc.bigInt(0n, 10n ** 12n), carried: fc.bigInt(-(10n ** 11n), 10n ** 11n) });

/** Energy is verified, years are closed on it, and K-Dollars founded, issued and claimed. */
export const growthSteps = [
    lawStep('verify energy', 2, fc.tuple(producer, energy), async (stage, [index, wh]) => {
        const name = stage.producers[index] ?? '';
        await verifyYear(stage.scenario, await openYear(stage), { [name]: wh });
        return undefined;
    }),
    lawStep(
        'confirm year',
        8,
        fc.constantFrom('AuthorityMSP', 'CentralBankMSP', 'CooperativeMSP'),
        async (stage, mspId) => {
            const year = await openYear(stage);
            return stage.captured(() => confirmYear(stage.scenario, year, mspId));
        },
    ),
    lawStep('found supply', 1, fc.constant(null), (stage) => {
        const { scenario, genesis: proposalId } = stage;
        const founder = scenario.person('AuthorityMSP', 'admin');
        return stage.captured(() => scenario.submit(founder, 'Issuance:Found', { proposalId }));
    }),
    lawStep('issue year', 2, fc.constant(null), async (stage) => {
        const year = await openYear(stage);
        return stage.captured(() => issueYear(stage.scenario, year));
    }),
    lawStep('claim issuance', 2, fc.tuple(producer, fc.boolean()), async (stage, [index, isGenesis]) => {
        const wallet = stage.incomes[index] ?? stage.wallet(0);
        const lastYear = String((await statusOf(stage)).head?.lastYear ?? 2000);
        return stage.captured(() => claimIssuance(stage.scenario, wallet, isGenesis ? 'genesis' : lastYear));
    }),
];
