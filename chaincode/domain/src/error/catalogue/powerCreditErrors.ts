// SPDX-License-Identifier: Apache-2.0

/** Refusals to issue Power Credits. */
export interface PowerCreditErrors {
    MINT_ATTESTATION_SUPERSEDED: { day: string; lastDay: string };
    MINT_ATTESTATION_STALE: { day: string; acceptedOn: string; today: string };
    MINT_FROZEN: { day: string; coverageRatio: string; coverageRatioMin: string };
    MINT_COVERAGE_TOO_LOW: { coverageRatio: string; coverageRatioMin: string };
    MINT_CAP_EXCEEDED: { day: string; amount: string; available: string };
    MINT_ABOVE_TARGET: { day: string; amount: string; available: string };
    MINT_DAY_EXCEEDED: { today: string; amount: string; available: string };
}

export const powerCreditErrors: Readonly<Record<keyof PowerCreditErrors, string>> = {
    MINT_ATTESTATION_SUPERSEDED: 'A later day is attested. Issue against the latest attestation.',
    MINT_ATTESTATION_STALE:
        'An attestation allows issuance on the ledger day that accepted it and the next. Attest a later day.',
    MINT_FROZEN: 'Issuance is frozen until coverage recovers.',
    MINT_COVERAGE_TOO_LOW: 'Coverage is below its minimum at the current supply.',
    MINT_CAP_EXCEEDED: 'The amount exceeds what is left of the issuance the attestation suggests.',
    MINT_ABOVE_TARGET: 'The amount would take supply above its target.',
    MINT_DAY_EXCEEDED: 'The amount exceeds what is left for this day of the ledger. Issue the rest tomorrow.',
};
