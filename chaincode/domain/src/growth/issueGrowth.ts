// SPDX-License-Identifier: Apache-2.0
import type { ProposalId } from '../encoding/identifier.js';
import type { ClosedYears } from '../energy/energyAccounts.js';
import { refuse } from '../error/domainError.js';
import type { Proposal } from '../governance/governanceRecords.js';
import type { Parameters } from '../governance/parameters.js';
import type { Money } from '../money/money.js';
import type { Instant } from '../time/ledgerClock.js';
import { adjustmentOf, signedAdjustment } from './adjustment.js';
import { allocate, type IssuanceShare } from './allocate.js';
import { growthRateBetween } from './growthRate.js';
import type { GrowthHead, GrowthIssuance, YearAdjustment } from './growthRecords.js';
import { growSupply } from './growSupply.js';
import type { YearClosing } from './yearClosing.js';

/** Closed years an issuance needs: growth of three, which takes four (Q02). */
const yearsNeeded = 4;

export interface GrowthCase {
    readonly year: number;
    readonly head: GrowthHead | undefined;
    /** Those of the years {@link growthYears} names, as far as they are closed. */
    readonly closings: readonly (YearClosing | undefined)[];
    /** The first of the four years of each issuance that {@link yearsPassedOver} names. */
    readonly passedOver: readonly YearClosing[];
    /** Units in existence. */
    readonly supply: Money;
    readonly proposalId: ProposalId | null;
    readonly proposal: Proposal | undefined;
    /** What a vote laid down for the year, whether it is cited or not. */
    readonly voted: YearAdjustment | undefined;
    readonly parameters: Parameters;
    readonly now: Instant;
}

export interface IssuanceOutcome {
    readonly issuance: GrowthIssuance;
    readonly shares: readonly IssuanceShare[];
    readonly head: GrowthHead;
}

/** The years whose closings the issuance of a year needs, the last first. */
export function growthYears(year: number): readonly number[] {
    return Array.from({ length: yearsNeeded }, (_, index) => year - 1 - index);
}

/** Years whose issuance could have come before that of `year` and did not, as far as four closed years go. */
export function yearsPassedOver(year: number, head: GrowthHead | undefined, closed: ClosedYears | undefined): number[] {
    if (head === undefined || closed === undefined) return [];
    const first = Math.max(head.lastYear + 1, closed.first + yearsNeeded);
    const end = Math.min(year, closed.last + 2);
    return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

/** The first of the four years by which a year's issuance is measured. */
export function firstOfFour(year: number): number {
    return year - yearsNeeded;
}

/** The annual issuance: what it is, who gets how much of it, and where issuance stands afterwards. Guards in order. */
export function issueGrowth(facts: GrowthCase): IssuanceOutcome {
    const { year, supply, now } = facts;
    const head = checkTurn(facts);
    const [last, first] = checkClosings(facts);
    checkNoneIsPassedOver(facts);
    const adjustment = adjustmentOf(facts);
    const [startWh, endWh] = [first.totalWh, last.totalWh];
    const { root, rate } = growthRateBetween(startWh, endWh);
    const carryBefore = head.contractionCarry;
    const signed = signedAdjustment(adjustment);
    const grown = growSupply({ rate, previousSupply: supply, adjustment: signed, carryBefore });
    const shares = allocate(grown.minted, last.entities);
    return {
        issuance: {
            ...{ issuance: String(year), shareYear: last.year, minted: grown.minted },
            basis: {
                ...{ kind: 'growth', startWh, endWh, cubeRoot: root.toString(), previousSupply: supply },
                ...{ grown: grown.grown, adjustment, change: grown.change, carryBefore, carryAfter: grown.carryAfter },
            },
            ...{ allocationCount: shares.length, issuedAt: now },
        },
        shares,
        head: { ...head, lastYear: year, contractionCarry: grown.carryAfter },
    };
}

function checkTurn({ year, head }: GrowthCase): GrowthHead {
    // Nothing grows from nothing (Q04).
    if (head === undefined) refuse('ISSUANCE_NOT_FOUNDED', { year });
    if (year <= head.lastYear) refuse('ISSUANCE_YEAR_DONE', { year, lastYear: head.lastYear });
    return head;
}

/** The last closing and the first of the four. */
function checkClosings({ year, closings }: GrowthCase): readonly [YearClosing, YearClosing] {
    const missing = growthYears(year).filter((needed) => !closings.some((closing) => closing?.year === needed));
    const [last, first] = [closings[0], closings[yearsNeeded - 1]];
    if (missing.length > 0 || last === undefined || first === undefined) {
        refuse('ISSUANCE_YEAR_MISSING', { year, missing: missing.toReversed() });
    }
    if (first.totalWh === 0n) refuse('ISSUANCE_NO_PRODUCTION', { year: first.year });
    return [last, first];
}

/** A year that shrank, or that a vote takes from, cannot be left out; one that nothing can be measured from is. */
function checkNoneIsPassedOver({ year, passedOver }: GrowthCase): void {
    const due = passedOver.find(({ totalWh }) => totalWh > 0n);
    if (due !== undefined) refuse('ISSUANCE_OUT_OF_ORDER', { year, expected: due.year + yearsNeeded });
}
