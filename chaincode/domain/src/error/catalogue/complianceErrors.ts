// SPDX-License-Identifier: Apache-2.0

/** Refusals about who holders are, how much they may pay, and who must agree. */
export interface ComplianceErrors {
    HOLDER_NOT_FOUND: { holderId: string };
    HOLDER_NOT_CUSTODIAN: { holderId: string; custodian: string };
    VERIFIER_IS_SUBJECT: { holderId: string };
    VERIFICATION_EXPIRY_INVALID: { expiresAt: string; latest: string };
    TIER_TOO_LOW: { holderId: string; tier: number; tierMin: number };
    TRANSACTION_LIMIT_EXCEEDED: { walletId: string; asset: string; tier: number; amount: string; limit: string };
    DAILY_LIMIT_EXCEEDED: {
        walletId: string;
        asset: string;
        tier: number;
        day: string;
        spent: string;
        amount: string;
        limit: string;
    };
    WALLET_FROZEN: { walletId: string; restrictionId: string; reason: string; until: string };
    SANCTIONED: { walletId: string; restrictionId: string; reason: string; until: string };
    RESTRICTION_EXISTS: { restrictionId: string };
    RESTRICTION_NOT_FOUND: { restrictionId: string; holderId: string };
    RESTRICTION_EXPIRY_INVALID: { expiresAt: string; latest: string };
    RESTRICTION_NOT_PROPOSED: { restrictionId: string; state: string };
    RESTRICTION_NOT_OWNED: { restrictionId: string; participantId: string };
    RESTRICTION_ENDED: { restrictionId: string; state: string };
    RESTRICTIONS_TOO_MANY: { holderId: string };
    SECOND_ORGANISATION_NEEDED: { participantId: string };
    SECOND_PERSON_NEEDED: { participantId: string };
    APPROVAL_EXISTS: { commandDigest: string };
    APPROVAL_NOT_FOUND: { commandDigest: string };
    APPROVAL_EXPIRY_INVALID: { expiresAt: string; latest: string };
    APPROVAL_NOT_IN_STATE: { commandDigest: string; state: string; needed: string[] };
    APPROVAL_NOT_OWNED: { commandDigest: string; participantId: string };
    TRAVEL_RULE_REFERENCE_MISSING: { amount: string; limit: string };
}

export const complianceErrors: Readonly<Record<keyof ComplianceErrors, string>> = {
    HOLDER_NOT_FOUND: 'Nobody of this id has a wallet. Open one first.',
    HOLDER_NOT_CUSTODIAN: "The holder's wallets are kept by another participant. Open it there, or under another id.",
    VERIFIER_IS_SUBJECT: 'A verifier cannot verify itself. Ask another one.',
    VERIFICATION_EXPIRY_INVALID: 'A verification ends after now and within five years. Choose another end.',
    TIER_TOO_LOW: 'The holder is not known well enough for this. Have its identity verified to the tier named.',
    TRANSACTION_LIMIT_EXCEEDED:
        'The amount is above what the wallet or its holder’s tier may pay at once. Pay less, or have the holder verified.',
    DAILY_LIMIT_EXCEEDED:
        'The holder’s payments of the day would exceed its tier’s limit. Pay tomorrow, or have the holder verified.',
    WALLET_FROZEN:
        'Payments out of the wallet are stopped until the time named. Its holder can ask for a vote to lift this.',
    SANCTIONED: 'Payments from and to this holder are stopped until the time named.',
    RESTRICTION_EXISTS: 'A restriction has this id already. Choose another id.',
    RESTRICTION_NOT_FOUND: 'This holder has no restriction of this id.',
    RESTRICTION_EXPIRY_INVALID: 'A restriction ends after now and before the latest time allowed. Choose another end.',
    RESTRICTION_NOT_PROPOSED: 'Only a proposed restriction whose day to be confirmed has not passed can be confirmed.',
    RESTRICTION_NOT_OWNED: 'Only an organisation that proposed or confirmed a restriction ends it, or a vote.',
    RESTRICTION_ENDED: 'The restriction is in force no longer. Nothing is left to do.',
    RESTRICTIONS_TOO_MANY: 'The holder has as many restrictions as there can be. Lift one of them first.',
    SECOND_ORGANISATION_NEEDED: 'The decision takes two organisations. Ask another one.',
    SECOND_PERSON_NEEDED: 'The same key has proposed this. Another person has to agree.',
    APPROVAL_EXISTS: 'The operation was proposed before. Propose it under another request id.',
    APPROVAL_NOT_FOUND:
        'This command was not proposed. Above the limit, propose it and have another organisation approve it.',
    APPROVAL_EXPIRY_INVALID: 'An approval ends after now and within a week. Choose another end.',
    APPROVAL_NOT_IN_STATE: 'The operation is not in the state this takes. Look at its state, or propose it anew.',
    APPROVAL_NOT_OWNED: 'Only the organisation that proposed an operation withdraws it.',
    TRAVEL_RULE_REFERENCE_MISSING:
        'A payment of this size names the record of who payer and payee are. Add the travel rule reference.',
};
