// SPDX-License-Identifier: Apache-2.0
import { type Noun, row } from './noun.js';

export const issuance: Noun = {
    noun: 'issuance',
    description: 'close years of verified energy, issue K-Dollars by their growth, and explain every figure',
    verbs: [
        row(
            ...(['confirm', 'Issuance:ConfirmYear', 'year totalWh merkleRoot'] as const),
            `2026 109272700000000 ${'4f'.repeat(4)}…`,
        ),
        row('anchors', 'Issuance:ListAnchors', '', '--all'),
        row('found', 'Issuance:Found', 'proposalId', 'genesis-supply'),
        row('issue', 'Issuance:Issue', 'year', '2027 --adjustment-proposal-id adjust-2027'),
        row('claim', 'Issuance:Claim', 'wallet issuance', 'greenfield.income 2027 --key keys/greenfield.pem'),
        row('status', 'Issuance:DescribeStatus', '', ''),
        row('show', 'Issuance:DescribeIssuance', 'issuance', '2027'),
        row(...(['list', 'Issuance:List', '', '--all'] as const), 'issuance shareYear minted allocationCount issuedAt'),
        row(
            ...(['allocations', 'Issuance:ListAllocations', 'issuance', '2027 --all'] as const),
            'entityId amount claimed.to claimed.at',
        ),
    ],
};
