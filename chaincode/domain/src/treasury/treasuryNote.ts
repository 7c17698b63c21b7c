// SPDX-License-Identifier: Apache-2.0
import { type Decoded, freeText, object } from '../encoding/codec.js';
import { creditId, programmeId, proposalId, type ProposalId, walletId } from '../encoding/identifier.js';
import { amount, count, instant, positiveAmount } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import type { ActionOf } from '../governance/action.js';
import type { Proposal } from '../governance/governanceRecords.js';
import { checkMandate } from '../governance/mandate.js';
import { intentOf } from '../wallet/intent.js';

/** One issue of Treasury Notes, under the vote that allowed it: nobody owes them to anybody (Q39). */
export const treasuryIssue = object({
    proposalId,
    programmeId,
    to: walletId,
    amount: positiveAmount,
    purpose: freeText(200, 1),
    creditId,
    issuedAt: instant,
});
export type TreasuryIssue = Decoded<typeof treasuryIssue>;

/** What the holder of a wallet signs to retire Treasury Notes of its own. */
export const retireNotesIntent = intentOf('retire-notes', { amount: positiveAmount, memo: freeText(140) });
export type RetireNotesIntent = Decoded<typeof retireNotesIntent>;

export const retirement = object({ walletId, amount: positiveAmount, nonce: count, available: amount });
export type Retirement = Decoded<typeof retirement>;

/** What the vote allows to be issued, once. Throws what checkMandate does, then TREASURY_PROGRAMME_ISSUED. */
export function treasuryMandate(
    id: ProposalId,
    proposal: Proposal | undefined,
    existing: TreasuryIssue | undefined,
): ActionOf<'treasury-programme'> {
    const action = checkMandate(proposal, id, 'treasury-programme');
    if (existing !== undefined) refuse('TREASURY_PROGRAMME_ISSUED', { proposalId: id });
    return action;
}
