// SPDX-License-Identifier: Apache-2.0

/** Refusals about closing years and issuing K-Dollars. */
export interface GrowthErrors {
    CLOSING_OUT_OF_ORDER: { year: number; expected: number };
    CLOSING_YEAR_NOT_OVER: { year: number; endsAt: string };
    CLOSING_NET_NEGATIVE: { entityId: string; grossWh: string; insideWh: string };
    CLOSING_FIGURES_DIFFER: { year: number; totalWh: string; merkleRoot: string };
    CLOSING_ROLE_MISSING: { participantId: string };
    CLOSING_CONFIRMED_ALREADY: { year: number; participantId: string; role: string };
    CLOSING_NOT_FOUND: { year: number };
    CLOSING_ENTITY_NOT_FOUND: { year: number; entityId: string };
    ANCHOR_SIGNER_REVOKED: { signerId: string };
    ANCHOR_SIGNED_ALREADY: { year: number; role: string; signerId: string };
    ANCHOR_SIGNATURE_INVALID: { year: number; signerId: string };
    ISSUANCE_NOT_FOUNDED: { year: number };
    ISSUANCE_FOUNDED: { proposalId: string };
    ISSUANCE_NO_CLOSING: { proposalId: string };
    ISSUANCE_NO_PRODUCTION: { year: number };
    ISSUANCE_YEAR_DONE: { year: number; lastYear: number };
    ISSUANCE_OUT_OF_ORDER: { year: number; expected: number };
    ISSUANCE_YEAR_MISSING: { year: number; missing: readonly number[] };
    ISSUANCE_ADJUSTMENT_EXISTS: { year: number; proposalId: string };
    ISSUANCE_ADJUSTMENT_NOT_CITED: { year: number; proposalId: string };
    ISSUANCE_ADJUSTMENT_TOO_LARGE: { proposalId: string; amount: string; limit: string };
    ISSUANCE_NOT_FOUND: { issuance: string };
    ISSUANCE_WALLET_NOT_ALLOWED: { walletId: string; type: string };
    ALLOCATION_NOT_FOUND: { issuance: string; entityId: string };
    ALLOCATION_CLAIMED: { issuance: string; entityId: string; walletId: string };
}

export const growthErrors: Readonly<Record<keyof GrowthErrors, string>> = {
    CLOSING_OUT_OF_ORDER: 'Years are closed one after the other. Close the expected one first.',
    CLOSING_YEAR_NOT_OVER: 'The year is not over yet. Close it after its end.',
    CLOSING_NET_NEGATIVE:
        "The nation's aggregate is less than what the entities inside it produced. Correct one of the reports first.",
    CLOSING_FIGURES_DIFFER: 'The figures are not those of the ledger. Look at them again and find out why.',
    CLOSING_ROLE_MISSING: 'The member attests in no role. Members with an attester role confirm a year.',
    CLOSING_CONFIRMED_ALREADY: 'The member or its role has confirmed the year. A member of another role has to.',
    CLOSING_NOT_FOUND: 'The year is not closed. Look at the list of closed years.',
    CLOSING_ENTITY_NOT_FOUND: "The year's tree has no such entity: it neither counted nor produced anything.",
    ANCHOR_SIGNER_REVOKED: 'The key is revoked. Sign with the key that took its place.',
    ANCHOR_SIGNED_ALREADY: 'The role has signed the anchor of this year. One signature of each role is kept.',
    ANCHOR_SIGNATURE_INVALID:
        "The signature is not that of the signer's key over this anchor. Sign what the ledger shows.",
    ISSUANCE_NOT_FOUNDED: 'There is no supply that could grow. A genesis-supply vote has to found it first.',
    ISSUANCE_FOUNDED: 'The supply was founded already, by another vote. It grows by the annual rule alone.',
    ISSUANCE_NO_CLOSING: 'No year is closed, so nothing says whose the supply is. Close a year first.',
    ISSUANCE_NO_PRODUCTION: 'Nothing was verified in the year, so nothing can be shared out or compared by it.',
    ISSUANCE_YEAR_DONE: 'The year, or a later one, has had its issuance. There is one for each year, in order.',
    ISSUANCE_OUT_OF_ORDER: 'An earlier year has had no issuance. Issue the expected one first.',
    ISSUANCE_YEAR_MISSING: 'Growth is measured over four closed years. Those that are missing have to be closed first.',
    ISSUANCE_ADJUSTMENT_EXISTS: 'Another vote adjusts this year already. There is one for each year.',
    ISSUANCE_ADJUSTMENT_NOT_CITED: 'A vote adjusts the issuance of this year. Cite it.',
    ISSUANCE_ADJUSTMENT_TOO_LARGE: 'The adjustment is above the share of the supply that votes may add or take away.',
    ISSUANCE_NOT_FOUND: 'There was no such issuance. Look at the list of issuances.',
    ISSUANCE_WALLET_NOT_ALLOWED:
        'Wallets of this type receive no newly issued K-Dollars. Claim with a sovereign or cooperative wallet.',
    ALLOCATION_NOT_FOUND: 'The entity whose wallet this is has no part in this issuance. Look at its allocations.',
    ALLOCATION_CLAIMED: 'The allocation has been claimed, by the wallet named. It is paid once.',
};
