// SPDX-License-Identifier: Apache-2.0
import { milestoneId, money, powerCredit, programmeId, requestId } from '@power-currency/domain';
import { primitives } from '../keys/ed25519.js';
import { credits } from './quantities.js';
import { type MilestoneReport } from './report.js';
import { signedStep, spent } from './signedStep.js';
import { memberWithRole, type Stage } from './stage.js';
import { type DemoWallet } from './walletStep.js';

const MONTH_SECONDS = 2_592_000n;

interface Building {
    readonly city: DemoWallet;
    readonly builder: DemoWallet;
    /** Three wallets of different holders; two of them have seen the evidence. */
    readonly attesters: readonly [DemoWallet, DemoWallet, DemoWallet];
    readonly budget: bigint;
}

/** A city puts a budget into escrow; two of three attesters have seen the work, and the builder is paid. */
export async function payForMilestone(
    stage: Stage,
    { city, builder, attesters, budget }: Building,
): Promise<MilestoneReport> {
    const id = programmeId.decode(`bridge-${city.walletId}`, 'programmeId');
    const milestone = milestoneId.decode('pier', 'milestoneId');
    const deadline = (BigInt(Math.floor(new Date().getTime() / 1000)) + MONTH_SECONDS) as never;
    const plan = { milestoneId: milestone, payee: builder.walletId, amount: money(budget) };
    const programme = {
        ...{ programmeId: id, asset: powerCredit, budget: money(budget), purpose: 'a bridge' },
        attesters: attesters.map(({ walletId }) => walletId),
        milestones: [{ ...plan, evidence: 'the inspection of the pier', deadline }],
    };
    const opening = signedStep(stage, 'Programme:Open', programme, { by: city, id, nonce: city.lastNonce + 1n });
    const opened = await stage.settle(await city.custodian.programme.open(opening));
    spent(city);
    const evidenceHash = primitives.sha256(Buffer.from('inspection report'));
    const attested = [];
    for (const attester of attesters.slice(0, 2)) {
        const seen = { programmeId: id, milestoneId: milestone, evidenceHash };
        const attestation = signedStep(stage, 'Programme:Attest', seen, { by: attester, id });
        attested.push(await stage.settle(await attester.custodian.programme.attest(attestation)));
    }
    const released = await stage.settle(
        await memberWithRole(stage, 'ops').client.programme.release({
            ...{ programmeId: id, milestoneId: milestone, proposalId: null },
            requestId: requestId.decode(`release-${id}`, 'requestId'),
        }),
    );
    stage.tell(
        `${city.walletId} put ${credits(budget)} into escrow; two of three attesters saw the pier, ` +
            `and ${builder.walletId} was paid in block ${released.blockNumber.toString()} (${released.txId.slice(0, 12)}…)`,
    );
    return {
        ...{ programme: id, milestone, city: city.walletId, payee: builder.walletId, amount: budget.toString() },
        txIds: [opened, ...attested, released].map(({ txId }) => txId),
    };
}
