// SPDX-License-Identifier: Apache-2.0
import { type HoldId, powerCredit } from '@power-currency/domain';
import fc from 'fast-check';
import { HoldSteps } from '../holdSteps.js';
import { type LawStage, lawStep, walletIndex } from './lawStage.js';

const whichHold = fc.record({ payer: walletIndex, hold: fc.nat({ max: 9 }) });

/** One of a wallet's open holds, and who may take from it. */
async function openHold(stage: LawStage, { payer, hold }: { payer: number; hold: number }) {
    const walletId = stage.wallet(payer);
    const query = { walletId, asset: powerCredit, show: 'open' as const, pageSize: 10, bookmark: '' };
    const { rows } = await stage.scenario.ledger.evaluate(stage.reader, 'Hold:List', query);
    const found = rows[hold % Math.max(1, rows.length)];
    return { by: found?.to ?? walletId, payer: walletId, holdId: found?.holdId ?? ('none' as HoldId) };
}

/** Holds are reserved, posted in parts, given up and ended by time. */
export const holdSteps = [
    lawStep(
        'reserve',
        3,
        fc.record({ from: walletIndex, to: walletIndex, amount: fc.bigInt(1n, 200n), seconds: fc.bigInt(1n, 900n) }),
        async (stage, { from, to, amount, seconds }) => {
            const payer = stage.wallet(from);
            const terms = { from: payer, to: stage.wallet(to), amount, seconds, nonce: await stage.nextNonce(payer) };
            const argument = new HoldSteps(stage.scenario).reservation(stage.newName('hold'), terms);
            return stage.endorse('AuthorityMSP', 'Hold:Reserve', argument);
        },
    ),
    lawStep(
        'post',
        3,
        fc.record({ which: whichHold, amount: fc.bigInt(1n, 200n), isFinal: fc.boolean() }),
        async (stage, { which, amount, isFinal }) => {
            const argument = new HoldSteps(stage.scenario).posting(await openHold(stage, which), amount, isFinal);
            return stage.endorse('AuthorityMSP', 'Hold:Post', argument);
        },
    ),
    lawStep('void', 1, whichHold, async (stage, which) => {
        const hold = await openHold(stage, which);
        return stage.captured(() => new HoldSteps(stage.scenario).void(hold));
    }),
    lawStep('expire', 2, whichHold, async (stage, which) => {
        const { payer, holdId } = await openHold(stage, which);
        return stage.captured(() => new HoldSteps(stage.scenario).expire(payer, holdId));
    }),
];
