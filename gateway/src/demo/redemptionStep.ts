// SPDX-License-Identifier: Apache-2.0
import {
    type BundleId,
    type EnergyWh,
    holderOf,
    type MicroEuro,
    money,
    redemptionId,
    requestId,
    voucherId,
} from '@power-currency/domain';
import { type Committed } from '../application/ports.js';
import { primitives } from '../keys/ed25519.js';
import { credits, energy } from './quantities.js';
import { type RedemptionReport } from './report.js';
import { signedStep, spent } from './signedStep.js';
import { memberWithRole, type Stage } from './stage.js';
import { type DemoWallet } from './walletStep.js';

const YEAR_SECONDS = 31_536_000n;

interface Redeemed {
    readonly amount: bigint;
    /** The provider's, of exactly the energy that the amount is good for. */
    readonly certificates: readonly BundleId[];
}

/**
 * A holder turns credits into energy at the target price. Once it is delivered, with certificates of exactly so much, and
 * accepted, the credits are burnt.
 */
export async function redeem(
    stage: Stage,
    holder: DemoWallet,
    provider: DemoWallet,
    { amount, certificates }: Redeemed,
): Promise<RedemptionReport> {
    const id = redemptionId.decode(`redeem-${holder.walletId}`, 'redemptionId');
    const granted = await stage.settle(await accredit(stage, provider));
    const least = { valueMin: 1n as MicroEuro, energyWhMin: 1n as EnergyWh };
    const wish = { redemptionId: id, amount: money(amount), provider: provider.walletId, service: 'energy' as const };
    const request = signedStep(
        stage,
        'Redemption:Request',
        { ...wish, ...least },
        { by: holder, id, nonce: holder.lastNonce + 1n },
    );
    const requested = await stage.settle(await holder.custodian.redemption.request(request));
    spent(holder);
    const voucher = { redemptionId: id, voucherId: voucherId.decode(`voucher-${id}`, 'voucherId') };
    const issue = signedStep(stage, 'Redemption:IssueVoucher', voucher, { by: provider, id });
    const issued = await stage.settle(await provider.custodian.redemption.issueVoucher(issue));
    const evidence = primitives.sha256(Buffer.from('meter reading of the delivery'));
    const delivery = { redemptionId: id, evidence, certificates };
    const claim = signedStep(stage, 'Redemption:Deliver', delivery, { by: provider, id });
    const claimed = await stage.settle(await provider.custodian.redemption.deliver(claim));
    const acceptance = signedStep(stage, 'Redemption:Accept', { redemptionId: id }, { by: holder, id });
    const accepted = await stage.settle(await holder.custodian.redemption.accept(acceptance));
    const { energyWh } = accepted.result.quote;
    stage.tell(
        `${holder.walletId} redeemed ${credits(amount)} for ${energy(energyWh)} of ${provider.walletId}: ` +
            `burnt in block ${accepted.blockNumber.toString()} (${accepted.txId.slice(0, 12)}…)`,
    );
    return {
        ...{ id, holder: holder.walletId, provider: provider.walletId, amount: amount.toString() },
        energyWh: energyWh.toString(),
        txIds: [granted, requested, issued, claimed, accepted].map(({ txId }) => txId),
    };
}

/** The cooperative vouches for its provider for a year. */
async function accredit(stage: Stage, { walletId }: DemoWallet): Promise<Committed<unknown>> {
    const holderId = holderOf(walletId);
    return memberWithRole(stage, 'data').admin.registry.grantCredential({
        ...{ holderId, kind: 'provider', evidence: primitives.sha256(Buffer.from('licence')) },
        requestId: requestId.decode(`accredit-${holderId}`, 'requestId'),
        expiresAt: (BigInt(Math.floor(new Date().getTime() / 1000)) + YEAR_SECONDS) as never,
    });
}
