// SPDX-License-Identifier: Apache-2.0
import { type Day, parseDay, powerCredit, type ProposalId } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { attestDay } from './energyStep.js';
import { registerMembers } from './foundingStep.js';
import { holdForDelivery } from './holdStep.js';
import { payForMilestone } from './milestoneStep.js';
import { readBack } from './readBack.js';
import { tryForbidden } from './refusalStep.js';
import {
    type DemoReport,
    type EnergyReport,
    type HoldReport,
    type MilestoneReport,
    type RedemptionReport,
    type Timings,
    type TransferReport,
} from './report.js';
import { type Stage } from './stage.js';
import { useVerifiedEnergy } from './verifiedEnergyStep.js';
import { runProposal } from './voteStep.js';
import { type DemoWallet, mint, openWallets, pay, type WalletName } from './walletStep.js';

export interface DemoInput {
    readonly day: string;
    readonly files: readonly string[];
    readonly timings: Timings;
}

/**
 * One energy day from documents to money, with everything read back from the regulator's peer.
 *
 * @throws whatever the first step that fails throws; there is no partial success
 */
export async function runDemo(stage: Stage, { day: dayText, files, timings }: DemoInput): Promise<DemoReport> {
    const startedAt = performance.now();
    const day = parseDay(dayText);
    if (day === undefined) {
        throw new Failure('INPUT_INVALID', {
            field: '--day',
            problem: `"${dayText}" is no calendar day such as 2025-11-19`,
        });
    }
    heading(stage, 'Members');
    const attesters = await registerMembers(stage);
    heading(stage, 'Energy day');
    const attestationText = await attestDay(stage, attesters, { day, files });
    const { mintSuggested } = await stage.regulator.client.attestation.describe({ day });
    heading(stage, 'Money');
    const wallets = await openWallets(stage, day);
    const minted = await mint(stage, day, mintSuggested, wallets.treasury);
    const transfers = await payEachOther(stage, wallets, mintSuggested);
    const { available: balance } = await stage.regulator.client.wallet.balanceOf({
        walletId: wallets.alice.walletId,
        asset: powerCredit,
    });
    const refused = await tryForbidden(stage, { payer: wallets.alice, payee: wallets.bob, balance });
    const { proposal, ...uses } = await runUses(stage, day, wallets, mintSuggested);
    heading(stage, "What the regulator's own peer says");
    const done = { day, attestationText, wallets: Object.values(wallets), proposal, ...uses };
    const found = await readBack(stage, done);
    return {
        network: found.network,
        attestation: found.attestation,
        mint: { amount: mintSuggested.toString(), txId: minted.txId, block: Number(minted.blockNumber) },
        wallets: found.wallets,
        transfers,
        ...uses,
        refused,
        proposal: found.proposal,
        supply: found.supply,
        timings: { ...timings, demoMs: Math.round(performance.now() - startedAt) },
    };
}

interface Uses {
    readonly proposal: { readonly id: ProposalId; readonly txId: string };
    readonly hold: HoldReport;
    readonly energy: EnergyReport;
    readonly redemption: RedemptionReport;
    readonly milestone: MilestoneReport;
}

/** A vote, a hold, a plant's energy and a milestone have nothing in common, so that they need not wait for each other. */
async function runUses(
    stage: Stage,
    day: Day,
    { treasury, alice, bob, 'solar-coop': solar, city }: Readonly<Record<WalletName, DemoWallet>>,
    issued: bigint,
): Promise<Uses> {
    const [energyTold, moneyTold]: [string[], string[]] = [[], []];
    const telling = (told: string[]): Stage => ({ ...stage, tell: (line) => void told.push(line) });
    heading(stage, 'Vote');
    const redeemed = { day, owner: solar, buyer: alice, amount: issued / 200n };
    const building = { city, builder: solar, attesters: [alice, treasury, bob], budget: issued / 200n } as const;
    const [proposal, hold, { energy, redemption }, milestone] = await Promise.all([
        runProposal(stage, day),
        holdForDelivery(telling(moneyTold), treasury, bob, issued / 100n),
        useVerifiedEnergy(telling(energyTold), redeemed),
        payForMilestone(telling(moneyTold), building),
    ]);
    heading(stage, 'Energy that several sources agree on');
    energyTold.forEach(stage.tell);
    heading(stage, 'What money is for');
    moneyTold.forEach(stage.tell);
    return { proposal, hold, energy, redemption, milestone };
}

/** Payments between wallets of different members; the last one is left waiting for its payee. */
async function payEachOther(
    stage: Stage,
    { treasury, alice, bob, 'solar-coop': solar, city }: Readonly<Record<WalletName, DemoWallet>>,
    issued: bigint,
): Promise<readonly TransferReport[]> {
    return [
        await pay(stage, treasury, alice, issued / 4n),
        await pay(stage, treasury, solar, issued / 5n),
        await pay(stage, alice, solar, issued / 40n),
        await pay(stage, solar, bob, issued / 50n),
        await pay(stage, bob, city, issued / 100n),
    ];
}

function heading({ tell }: Stage, title: string): void {
    tell(`\n${title}`);
}
