// SPDX-License-Identifier: Apache-2.0
import {
    anchorOf,
    checkInOrder,
    checkOver,
    claimAllocation,
    claimIssuanceIntent,
    confirmYear,
    type CreditId,
    firstOfFour,
    founding,
    foundSupply,
    growthCurrency,
    growthYears,
    holderOf,
    issueGrowth,
    negativeRests,
    outstandingSupply,
    type ProducingEntity,
    type Proposal,
    type ProposalId,
    proveEntityYear,
    refuse,
    signAnchor,
    standingConfirmations,
    withRest,
    yearFiguresOf,
    yearsPassedOver,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { parametersOf, walletPoliciesOf } from '../ledger/basis.js';
import { participantOf } from '../ledger/caller.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { entityYearRef } from '../ledger/energyAccounts.js';
import { checkActiveEntity, standingRefs } from '../ledger/energyRegistry.js';
import {
    adjustmentRef,
    allocationRef,
    anchorSignaturesRef,
    closingOf,
    closingRef,
    confirmationRef,
    growthHeadRef,
    issuanceRef,
    producersOf,
    writeIssuance,
} from '../ledger/growth.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { clockRef, LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import { pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { refTo, type StateRef } from '../ledger/stateTable.js';
import { supplyOf } from '../ledger/supplies.js';
import { closedYearsRef, parametersRef, rosterRef, supplyRef, tables, walletPoliciesRef } from '../ledger/tables.js';
import { walletRef } from '../ledger/walletRefs.js';

const asset = growthCurrency;
const proposalRef = (proposalId: ProposalId): StateRef<Proposal> => refTo(tables.proposal, proposalId);

/** Closes years of verified energy, and issues K-Dollars by their growth. */
export class IssuanceContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Issuance', platform);
    }

    @Transaction()
    @Returns('string')
    async ConfirmYear(context: LedgerContext, request: string): Promise<string> {
        const { session, platform } = context;
        const { sha3 } = platform.primitives;
        return submit(context, 'Issuance:ConfirmYear', request, {
            load: ({ year }) => [
                rosterRef,
                closedYearsRef,
                confirmationRef(year),
                closingRef(year),
                closingRef(year - 1),
            ],
            decide: async ({ year, totalWh, merkleRoot }, caller) => {
                const confirmer = participantOf(caller);
                checkInOrder(year, session.get(closedYearsRef));
                checkOver(year, context.now);
                const producers = await producersOf(context, year);
                const { by, confirmation, closing } = confirmYear({
                    ...{ claim: { totalWh, merkleRoot }, confirmer, now: context.now, sha3 },
                    figures: yearFiguresOf(year, producers, sha3),
                    earlier: session.get(confirmationRef(year)),
                    previous: session.get(closingRef(year - 1)),
                });
                session.put(confirmationRef(year), confirmation);
                const { confirmations } = confirmation;
                const confirmed = { type: 'YearConfirmed', year, ...by, totalWh, merkleRoot } as const;
                const result = { year, totalWh, merkleRoot, confirmations, isClosed: closing !== undefined };
                if (closing === undefined) return { result, events: [confirmed] };
                session.put(closingRef(year), closing);
                session.put(closedYearsRef, { first: session.get(closedYearsRef)?.first ?? year, last: year });
                await carryRests(session, year, producers);
                context.advanceClock();
                const { entityCount } = closing;
                return { result, events: [confirmed, { type: 'YearClosed', year, totalWh, entityCount, merkleRoot }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Found(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Issuance:Found', request, {
            load: ({ proposalId }) => [proposalRef(proposalId), growthHeadRef, closedYearsRef, supplyRef(asset)],
            decide: async ({ proposalId }) => {
                const last = session.get(closedYearsRef)?.last;
                const outcome = foundSupply({
                    ...{ proposalId, proposal: session.get(proposalRef(proposalId)), now: context.now },
                    head: session.get(growthHeadRef),
                    closing: last === undefined ? undefined : await session.read(closingRef(last)),
                });
                return { result: outcome.issuance, events: [await writeIssuance(context, outcome)] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Issue(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Issuance:Issue', request, {
            load: ({ year, adjustmentProposalId: cited }) => [
                ...[growthHeadRef, closedYearsRef, supplyRef(asset), parametersRef, adjustmentRef(year)],
                ...growthYears(year).map(closingRef),
                ...(cited === null ? [] : [proposalRef(cited)]),
            ],
            decide: async ({ year, adjustmentProposalId: proposalId }) => {
                const head = session.get(growthHeadRef);
                const passedOver = yearsPassedOver(year, head, session.get(closedYearsRef)).map(firstOfFour);
                await session.load(passedOver.map(closingRef));
                const outcome = issueGrowth({
                    ...{ year, head, proposalId, now: context.now },
                    closings: growthYears(year).map((each) => session.get(closingRef(each))),
                    passedOver: passedOver.map((each) => closingOf(session, each)),
                    supply: outstandingSupply(supplyOf(session, asset)),
                    proposal: proposalId === null ? undefined : session.get(proposalRef(proposalId)),
                    voted: session.get(adjustmentRef(year)),
                    parameters: parametersOf(session),
                });
                return { result: outcome.issuance, events: [await writeIssuance(context, outcome)] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Claim(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Issuance:Claim', request, {
            requestOf: requestOfIntent(claimIssuanceIntent),
            load: ({ intent: { wallet, issuance } }) => [
                ...[walletRef(wallet), walletPoliciesRef, allocationRef(issuance, holderOf(wallet))],
                ...[...standingRefs(holderOf(wallet)), ...payeeRefs(asset, wallet)],
            ],
            decide: (command) => {
                const { intent } = command;
                const { wallet: to, issuance } = intent;
                const ref = allocationRef(issuance, holderOf(to));
                const creditId = context.stub.getTxID() as CreditId;
                const allocation = claimAllocation({
                    ...{ intent, wallet: authorised(context, claimIssuanceIntent, command), creditId },
                    ...{ policies: walletPoliciesOf(session), allocation: session.get(ref), now: context.now },
                });
                const { entityId, amount } = allocation;
                checkActiveEntity(context, entityId);
                checkCreditable(context, { asset, from: null, to });
                session.put(ref, allocation);
                creditWallet(context, asset, to, { amount, origin: 'issuance', from: null });
                const result = { issuance, entityId, to, amount, creditId };
                return { result, events: [{ type: 'IssuanceClaimed', ...result }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async SignAnchor(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Issuance:SignAnchor', request, {
            load: ({ year, signerId }) => [closingRef(year), anchorSignaturesRef(year), refTo(tables.signer, signerId)],
            decide: ({ year, signerId, signature }) => {
                const anchor = anchorOf(closingOf(session, year));
                const signatures = session.get(anchorSignaturesRef(year))?.signatures ?? [];
                const signed = signAnchor({
                    ...{ year, signerId, signature, anchor, signatures },
                    signer: session.get(refTo(tables.signer, signerId)),
                    place: { network: founding.network, channel: context.stub.getChannelID() },
                    verify: context.platform.primitives.verifyEd25519,
                });
                session.put(anchorSignaturesRef(year), { signatures: [...signatures, signed] });
                const { role } = signed;
                const { merkleRoot } = anchor;
                return { result: signed, events: [{ type: 'AnchorSigned', year, signerId, role, merkleRoot }] };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async PreviewYear(context: LedgerContext, request: string): Promise<string> {
        const { session, platform } = context;
        return evaluate('Issuance:PreviewYear', request, async ({ year }) => {
            await session.load([rosterRef, closedYearsRef, clockRef, confirmationRef(year)]);
            checkInOrder(year, session.get(closedYearsRef));
            const figures = yearFiguresOf(year, await producersOf(context, year), platform.primitives.sha3);
            return { ...figures, confirmations: standingConfirmations(session.get(confirmationRef(year)), figures) };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeYear(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:DescribeYear', request, async ({ year }) => {
            await context.session.load([closingRef(year)]);
            return closingOf(context.session, year);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ProveEntityYear(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:ProveEntityYear', request, async ({ year, entityId }) => {
            await context.session.load([closingRef(year)]);
            return proveEntityYear(closingOf(context.session, year), entityId, context.platform.primitives.sha3);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListAnchors(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:ListAnchors', request, async (paging) => {
            const { rows, bookmark } = await pageOfValues(context.session, tables.yearClosing, [], paging);
            return { rows: rows.map(anchorOf), bookmark };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeAnchor(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:DescribeAnchor', request, async ({ year }) => {
            await context.session.load([closingRef(year)]);
            return anchorOf(closingOf(context.session, year));
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeAnchorSignatures(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Issuance:DescribeAnchorSignatures', request, async ({ year }) => {
            await session.load([closingRef(year), anchorSignaturesRef(year)]);
            closingOf(session, year);
            return session.get(anchorSignaturesRef(year)) ?? { signatures: [] };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeStatus(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Issuance:DescribeStatus', request, async () => {
            await session.load([closedYearsRef, growthHeadRef, supplyRef(asset)]);
            return {
                lastClosedYear: session.get(closedYearsRef)?.last ?? null,
                head: session.get(growthHeadRef) ?? null,
                supply: outstandingSupply(supplyOf(session, asset)),
            };
        });
    }

    @Transaction(false)
    @Returns('string')
    async DescribeIssuance(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:DescribeIssuance', request, async ({ issuance }) => {
            return (await context.session.read(issuanceRef(issuance))) ?? refuse('ISSUANCE_NOT_FOUND', { issuance });
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:List', request, (paging) =>
            pageOfValues(context.session, tables.growthIssuance, [], paging),
        );
    }

    @Transaction(false)
    @Returns('string')
    async ListAllocations(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Issuance:ListAllocations', request, ({ issuance, ...paging }) =>
            pageOfValues(context.session, tables.growthAllocation, [asset, issuance], paging),
        );
    }
}

/** What was below zero counts against the next year. */
async function carryRests(session: LedgerSession, year: number, producers: readonly ProducingEntity[]): Promise<void> {
    const rests = negativeRests(producers);
    await session.load(rests.map(({ entityId }) => entityYearRef(entityId, year + 1)));
    for (const rest of rests) {
        const ref = entityYearRef(rest.entityId, year + 1);
        session.put(ref, withRest(session.get(ref), year, rest));
    }
}
