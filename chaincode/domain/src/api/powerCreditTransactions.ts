// SPDX-License-Identifier: Apache-2.0
import { coverageAccount, mintReceipt } from '../credit/creditRecords.js';
import { supplyExplanation } from '../credit/supplyExplanation.js';
import { object } from '../encoding/codec.js';
import { requestId, walletId } from '../encoding/identifier.js';
import { positiveAmount } from '../encoding/quantityCodec.js';
import { day } from '../time/day.js';
import { evaluate, submit } from './definition.js';
import { approvalErrors, builtInPayeeErrors } from './signedIntent.js';

export const powerCreditTransactions = {
    'PowerCredit:Mint': submit({
        summary: 'Issues Power Credits against the latest attestation, never more than the ledger itself computes.',
        arguments: object({ requestId, day, amount: positiveAmount, to: walletId }),
        result: mintReceipt,
        roles: ['issuer'],
        errors: [
            'ATTESTATION_NOT_FOUND',
            'MINT_ATTESTATION_SUPERSEDED',
            'MINT_ATTESTATION_STALE',
            'MINT_FROZEN',
            'MINT_COVERAGE_TOO_LOW',
            'MINT_ABOVE_TARGET',
            'MINT_CAP_EXCEEDED',
            'MINT_DAY_EXCEEDED',
            ...builtInPayeeErrors,
            ...approvalErrors,
            'AMOUNT_OVERFLOW',
        ],
        events: ['ApprovalUsed', 'CreditsIssued'],
    }),
    'PowerCredit:DescribeCoverage': evaluate({
        summary:
            'Both coverage ratios now, which of them gates, whether issuance is frozen, and how much may be issued.',
        arguments: object({}),
        result: coverageAccount,
        errors: [],
    }),
    'PowerCredit:ExplainSupply': evaluate({
        summary:
            'Why supply changed on a day of the ledger: each change, the attestation behind it, its zones and votes.',
        arguments: object({ day }),
        result: supplyExplanation,
        errors: ['QUERY_TOO_LARGE'],
    }),
} as const;
