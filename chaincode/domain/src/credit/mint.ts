// SPDX-License-Identifier: Apache-2.0
import type { AttestationHead } from '../attestation/attestationHead.js';
import type { AttestationRecord } from '../attestation/attestationRecord.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import { addMoney, leastMoney, type Money, subtractMoney, zeroMoney } from '../money/money.js';
import { outstandingSupply, type Supply } from '../money/supply.js';
import type { Day } from '../time/day.js';
import { coverageOf, isCovered, supplyTargetAt } from './coverage.js';
import { formatCoverage } from './coverageText.js';
import type { DayIssuance } from './creditRecords.js';
import { formatMillionths } from '../encoding/decimal.js';

/** A request to issue, with everything the ledger holds that bears on it. */
export interface MintCase {
    readonly day: Day;
    readonly amount: Money;
    readonly attestation: AttestationRecord | undefined;
    readonly head: AttestationHead | undefined;
    readonly dayIssuance: DayIssuance;
    readonly supply: Supply;
    readonly parameters: Parameters;
}

export interface MintDecision {
    readonly dayIssuance: DayIssuance;
    readonly available: Money;
}

/** Issues against the latest attestation (AI-07…AI-11); guards in the documented order. */
export function mint(facts: MintCase): MintDecision {
    const { day, amount, head, parameters } = facts;
    const attestation = facts.attestation ?? refuse('ATTESTATION_NOT_FOUND', { day });
    if (head?.day !== day) {
        refuse('MINT_ATTESTATION_SUPERSEDED', { day, lastDay: head?.day ?? '' });
    }
    const outstanding = outstandingSupply(facts.supply);
    const coverage = coverageOf(attestation.whDcCommit, outstanding, parameters);
    const ratios = {
        coverageRatio: formatCoverage(coverage),
        coverageRatioMin: formatMillionths(parameters.coverageRatioMin),
    };
    if (head.isFrozen) refuse('MINT_FROZEN', { day, ...ratios });
    if (!isCovered(coverage, parameters.coverageRatioMin)) refuse('MINT_COVERAGE_TOO_LOW', ratios);
    const underCap = subtractMoney(attestation.dailyCap, facts.dayIssuance.issued) ?? zeroMoney;
    if (amount > underCap) refuse('MINT_CAP_EXCEEDED', { day, amount: text(amount), available: text(underCap) });
    const underTarget = belowTarget(attestation, outstanding, parameters);
    if (amount > underTarget) refuse('MINT_ABOVE_TARGET', { day, amount: text(amount), available: text(underTarget) });
    const left = (room: Money): Money => subtractMoney(room, amount) ?? zeroMoney;
    return {
        dayIssuance: { issued: addMoney(facts.dayIssuance.issued, amount) },
        available: leastMoney(left(underCap), left(underTarget)),
    };
}

/** What may be issued now against the last attestation; zero before the first, and during a freeze. */
export function availableToMint(facts: Omit<MintCase, 'day' | 'amount'>): Money {
    const { attestation, head, parameters } = facts;
    if (attestation === undefined || head === undefined || head.isFrozen) return zeroMoney;
    const outstanding = outstandingSupply(facts.supply);
    const coverage = coverageOf(attestation.whDcCommit, outstanding, parameters);
    if (!isCovered(coverage, parameters.coverageRatioMin)) return zeroMoney;
    const underCap = subtractMoney(attestation.dailyCap, facts.dayIssuance.issued) ?? zeroMoney;
    return leastMoney(underCap, belowTarget(attestation, outstanding, parameters));
}

function belowTarget(attestation: AttestationRecord, outstanding: Money, parameters: Parameters): Money {
    const target = supplyTargetAt(attestation.whDcCommit, parameters, parameters.coverageRatioTarget);
    return subtractMoney(target, outstanding) ?? zeroMoney;
}

function text(amount: Money): string {
    return amount.toString();
}
