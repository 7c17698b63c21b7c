// SPDX-License-Identifier: Apache-2.0
import {
    money,
    type MilestoneId,
    type ProgrammeId,
    retireNotesIntent,
    type RetireNotesIntent,
    treasuryNote,
} from '@power-currency/domain';
import { Building } from '../building.js';
import type { Scenario } from '../scenario.js';

/** Treasury Notes are issued on a vote, pay for one milestone of two, and what is left of them is retired. */
export async function tellProgramme(scenario: Scenario): Promise<void> {
    const site = await Building.site(scenario);
    const { city, programmeId } = site;
    const proposalId = await scenario.mandate('story-notes', {
        ...{ kind: 'treasury-programme', programmeId: 'roads' as ProgrammeId, amount: money(500n), payee: city },
        purpose: 'é',
    });
    const treasury = scenario.person('AuthorityMSP');
    const { creditId } = await scenario.submit(treasury, 'TreasuryNote:Issue', { proposalId });
    await scenario.submit(treasury, 'Wallet:Fold', { walletId: city, asset: treasuryNote, creditIds: [creditId] });
    await site.open({ asset: treasuryNote });
    await site.prove('pier');
    const release = { kind: 'release-milestone', programmeId, milestoneId: 'pier' as MilestoneId } as const;
    await site.release('pier', await scenario.mandate('story-release', release));
    scenario.ledger.time += 1_000n;
    await site.clawBack('deck');
    const retiring: RetireNotesIntent = {
        ...scenario.intentFields(city, 2n),
        ...{ type: 'power/retire-notes', amount: money(7n), memo: 'é' },
    };
    const retired = { ...scenario.signed(retireNotesIntent, retiring), foldIds: [] };
    await scenario.ledger.submit(treasury, 'TreasuryNote:Retire', retired);
}
