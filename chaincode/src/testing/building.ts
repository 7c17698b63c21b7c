// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type AttestMilestoneIntent,
    attestMilestoneIntent,
    type ClawBackIntent,
    clawBackIntent,
    type MilestoneId,
    type MilestonePlan,
    money,
    type OpenProgrammeIntent,
    openProgrammeIntent,
    powerCredit,
    type ProgrammeId,
    type ProposalId,
    type Quantity,
    type ResultOf,
    type WalletId,
} from '@power-currency/domain';
import './quiet.js';
import { type Scenario, sha256 } from './scenario.js';

/** A city that has a bridge built: its wallets, and what they sign. */
export class Building {
    readonly scenario: Scenario;
    readonly programmeId = 'bridge' as ProgrammeId;
    readonly city: WalletId;
    readonly builder: WalletId;
    readonly attesters: readonly WalletId[];

    private constructor(scenario: Scenario, city: WalletId, builder: WalletId, attesters: readonly WalletId[]) {
        this.scenario = scenario;
        this.city = city;
        this.builder = builder;
        this.attesters = attesters;
    }

    /** Opens the wallets; the city's is empty. */
    static async site(scenario: Scenario): Promise<Building> {
        const city = await scenario.openWallet('authority.city', 'AuthorityMSP', 'sovereign');
        const builder = await scenario.openWallet('builder');
        const attesters = [];
        for (const name of ['engineer', 'auditor', 'notary']) attesters.push(await scenario.openWallet(name));
        return new Building(scenario, city, builder, attesters);
    }

    milestone(name: string, amount: bigint, change: Partial<MilestonePlan> = {}): MilestonePlan {
        return {
            ...{ milestoneId: name as MilestoneId, payee: this.builder, amount: money(amount) },
            ...{
                evidence: `survey of the ${name}`,
                deadline: (this.scenario.ledger.time + 1_000n) as Quantity<'second'>,
            },
            ...change,
        };
    }

    /** A programme of two milestones of 60 and 40. */
    plan(change: Partial<OpenProgrammeIntent> = {}): OpenProgrammeIntent {
        const { programmeId, attesters } = this;
        const milestones = change.milestones ?? [this.milestone('pier', 60n), this.milestone('deck', 40n)];
        const budget = change.budget ?? money(milestones.reduce((sum, { amount }) => sum + amount, 0n));
        return {
            ...this.scenario.intentFields(change.wallet ?? this.city, 1n),
            ...{ type: 'power/open-programme', programmeId, asset: powerCredit, purpose: 'a bridge' },
            ...{ budget, attesters, milestones },
            ...change,
        };
    }

    async open(change: Partial<OpenProgrammeIntent> = {}): Promise<ResultOf<'Programme:Open'>> {
        const argument = { ...this.scenario.signed(openProgrammeIntent, this.plan(change)), foldIds: [] };
        return this.scenario.ledger.submit(this.scenario.person('AuthorityMSP'), 'Programme:Open', argument);
    }

    attesting(
        attester: WalletId,
        milestone: string,
        evidence = 'survey',
        change: Partial<AttestMilestoneIntent> = {},
    ): ArgumentsOf<'Programme:Attest'> {
        return this.scenario.signed(attestMilestoneIntent, {
            ...this.scenario.intentFields(attester, 0n),
            ...{ type: 'power/attest-milestone', programmeId: this.programmeId, milestoneId: milestone as MilestoneId },
            evidenceHash: sha256(Buffer.from(evidence)),
            ...change,
        });
    }

    /** The attester's word, submitted by a member that has nothing to do with it. */
    async attest(...word: Parameters<Building['attesting']>): Promise<ResultOf<'Programme:Attest'>> {
        const argument = this.attesting(...word);
        return this.scenario.ledger.submit(this.scenario.person('CentralBankMSP'), 'Programme:Attest', argument);
    }

    /** Two of the three attest the same evidence. */
    async prove(milestone: string): Promise<void> {
        for (const attester of this.attesters.slice(0, 2)) await this.attest(attester, milestone);
    }

    async release(milestone: string, proposalId: ProposalId | null = null): Promise<ResultOf<'Programme:Release'>> {
        const { programmeId } = this;
        const call = { programmeId, milestoneId: milestone as MilestoneId, proposalId };
        return this.scenario.submit(this.scenario.person('CooperativeMSP'), 'Programme:Release', call);
    }

    clawingBack(milestone: string, change: Partial<ClawBackIntent> = {}): ArgumentsOf<'Programme:Clawback'> {
        return this.scenario.signed(clawBackIntent, {
            ...this.scenario.intentFields(change.wallet ?? this.city, 0n),
            ...{ type: 'power/claw-back-milestone', programmeId: this.programmeId },
            ...{ milestoneId: milestone as MilestoneId },
            ...change,
        });
    }

    async clawBack(milestone: string, change: Partial<ClawBackIntent> = {}): Promise<ResultOf<'Programme:Clawback'>> {
        const argument = this.clawingBack(milestone, change);
        return this.scenario.ledger.submit(this.scenario.person('CentralBankMSP'), 'Programme:Clawback', argument);
    }
}
