// SPDX-License-Identifier: Apache-2.0
import { signature, treeDigest } from '../encoding/byteCodec.js';
import { nullable, object } from '../encoding/codec.js';
import { holderId, proposalId, requestId, signerId } from '../encoding/identifier.js';
import { energyWh } from '../encoding/quantityCodec.js';
import { anchorSignature, anchorSignatures } from '../growth/anchorSignature.js';
import {
    claimIssuanceIntent,
    claimReceipt,
    growthAllocation,
    growthIssuance,
    growthStatus,
    issuanceName,
} from '../growth/growthRecords.js';
import { verificationAnchor } from '../growth/verificationAnchor.js';
import { closingReceipt, entityYearProof, yearClosing, yearPreview } from '../growth/yearClosing.js';
import { year } from '../time/period.js';
import { evaluate, submit } from './definition.js';
import { pageOf, pageRequest } from './page.js';
import { builtInPayeeErrors, intentErrors, signedIntent } from './signedIntent.js';

const mandateErrors = ['PROPOSAL_NOT_FOUND', 'MANDATE_NOT_IN_FORCE', 'MANDATE_FOR_ANOTHER_ACTION'] as const;
const figureErrors = ['CLOSING_OUT_OF_ORDER', 'CLOSING_NET_NEGATIVE', 'AMOUNT_OVERFLOW'] as const;

export const issuanceTransactions = {
    'Issuance:ConfirmYear': submit({
        summary: "Confirms the ledger's figures of a year that is over; the second attester role closes it for good.",
        arguments: object({ requestId, year, totalWh: energyWh, merkleRoot: treeDigest }),
        result: closingReceipt,
        roles: ['delegate'],
        errors: [
            'CLOSING_OUT_OF_ORDER',
            'CLOSING_YEAR_NOT_OVER',
            'CLOSING_NET_NEGATIVE',
            'AMOUNT_OVERFLOW',
            'CLOSING_FIGURES_DIFFER',
            'CLOSING_ROLE_MISSING',
            'CLOSING_CONFIRMED_ALREADY',
        ],
        events: ['YearConfirmed', 'YearClosed'],
    }),
    'Issuance:Found': submit({
        summary: 'Issues the K-Dollars that growth starts from, which a constitutional vote allows, once.',
        arguments: object({ requestId, proposalId }),
        result: growthIssuance,
        roles: ['delegate'],
        errors: [
            ...mandateErrors,
            'ISSUANCE_FOUNDED',
            'ISSUANCE_NO_CLOSING',
            'ISSUANCE_NO_PRODUCTION',
            'AMOUNT_OVERFLOW',
        ],
        events: ['GrowthIssued'],
    }),
    'Issuance:Issue': submit({
        summary:
            'Issues the K-Dollars of a year: what growth of verified energy says, and what was voted for the year.',
        arguments: object({ requestId, year, adjustmentProposalId: nullable(proposalId) }),
        result: growthIssuance,
        roles: ['delegate'],
        errors: [
            'ISSUANCE_NOT_FOUNDED',
            'ISSUANCE_YEAR_DONE',
            'ISSUANCE_YEAR_MISSING',
            'ISSUANCE_NO_PRODUCTION',
            'ISSUANCE_OUT_OF_ORDER',
            'ISSUANCE_ADJUSTMENT_NOT_CITED',
            ...mandateErrors,
            'ISSUANCE_ADJUSTMENT_TOO_LARGE',
            'AMOUNT_OVERFLOW',
        ],
        events: ['GrowthIssued'],
    }),
    'Issuance:Claim': submit({
        summary: "Pays an entity's part of an issuance to a wallet of it that may receive newly issued K-Dollars.",
        arguments: signedIntent(claimIssuanceIntent),
        result: claimReceipt,
        roles: ['member'],
        errors: [
            ...intentErrors,
            'NONCE_MISMATCH',
            'ISSUANCE_WALLET_NOT_ALLOWED',
            'ALLOCATION_NOT_FOUND',
            'ALLOCATION_CLAIMED',
            'ENTITY_NOT_FOUND',
            'ENTITY_NOT_ACTIVE',
            ...builtInPayeeErrors,
        ],
        events: ['IssuanceClaimed'],
    }),
    'Issuance:SignAnchor': submit({
        summary: "Keeps an attester's signature of a closed year's anchor, which anybody can check without the ledger.",
        arguments: object({ requestId, year, signerId, signature }),
        result: anchorSignature,
        roles: ['member'],
        errors: [
            'CLOSING_NOT_FOUND',
            'SIGNER_NOT_FOUND',
            'ANCHOR_SIGNER_REVOKED',
            'ANCHOR_SIGNED_ALREADY',
            'ANCHOR_SIGNATURE_INVALID',
        ],
        events: ['AnchorSigned'],
    }),
    'Issuance:PreviewYear': evaluate({
        summary: 'The next year to close with the figures it would be closed with now, and who has confirmed them.',
        arguments: object({ year }),
        result: yearPreview,
        errors: figureErrors,
    }),
    'Issuance:DescribeYear': evaluate({
        summary: 'A closed year: what each entity produced, who confirmed it, and the closing it follows.',
        arguments: object({ year }),
        result: yearClosing,
        errors: ['CLOSING_NOT_FOUND'],
    }),
    'Issuance:ProveEntityYear': evaluate({
        summary: "An entity's production of a closed year, with the proof that the year's root is over it.",
        arguments: object({ year, entityId: holderId }),
        result: entityYearProof,
        errors: ['CLOSING_NOT_FOUND', 'CLOSING_ENTITY_NOT_FOUND'],
    }),
    'Issuance:ListAnchors': evaluate({
        summary: 'A page of the closed years as they are anchored outside: root, number of entities and total.',
        arguments: object(pageRequest),
        result: pageOf(verificationAnchor),
        errors: [],
    }),
    'Issuance:DescribeAnchor': evaluate({
        summary: 'A closed year as it is anchored outside: root, number of entities and total.',
        arguments: object({ year }),
        result: verificationAnchor,
        errors: ['CLOSING_NOT_FOUND'],
    }),
    'Issuance:DescribeAnchorSignatures': evaluate({
        summary: "Attesters' signatures of a closed year's anchor, with the keys to check them.",
        arguments: object({ year }),
        result: anchorSignatures,
        errors: ['CLOSING_NOT_FOUND'],
    }),
    'Issuance:DescribeStatus': evaluate({
        summary: 'Where issuance stands: the last closed year, the last issuance, the supply, and carried contraction.',
        arguments: object({}),
        result: growthStatus,
        errors: [],
    }),
    'Issuance:DescribeIssuance': evaluate({
        summary: 'An issuance of K-Dollars with every figure it was computed from.',
        arguments: object({ issuance: issuanceName }),
        result: growthIssuance,
        errors: ['ISSUANCE_NOT_FOUND'],
    }),
    'Issuance:List': evaluate({
        summary: 'A page of the issuances of K-Dollars, year by year, the founding one last.',
        arguments: object(pageRequest),
        result: pageOf(growthIssuance),
        errors: [],
    }),
    'Issuance:ListAllocations': evaluate({
        summary: "A page of an issuance's allocations in order of the entities' ids, and where each was paid.",
        arguments: object({ issuance: issuanceName, ...pageRequest }),
        result: pageOf(growthAllocation),
        errors: [],
    }),
} as const;
