// SPDX-License-Identifier: Apache-2.0
import type { AttestationHead } from '../attestation/attestationHead.js';
import type { AttestationRecord } from '../attestation/attestationRecord.js';
import { formatMillionths } from '../encoding/decimal.js';
import type { EnergyWh } from '../energy/energy.js';
import { refuse } from '../error/domainError.js';
import type { Parameters } from '../governance/parameters.js';
import { addMoney, leastMoney, type Money, subtractMoney, zeroMoney } from '../money/money.js';
import { outstandingSupply, type Supply } from '../money/supply.js';
import { type Day, dayOf, nextDay } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { isCovered } from './coverage.js';
import { formatCoverage } from './coverageText.js';
import type { DayIssuance, LedgerDayIssuance } from './creditRecords.js';
import { coverageOf, gatingWh, supplyTargetAt } from './reserve.js';

/** What issuance depends on, beside the request. */
export interface MintFacts {
    readonly attestation: AttestationRecord | undefined;
    readonly head: AttestationHead | undefined;
    /** Issued against the attestation so far. */
    readonly dayIssuance: DayIssuance;
    /** Issued on the last ledger day on which something was. */
    readonly ledgerDay: LedgerDayIssuance | undefined;
    readonly supply: Supply;
    /** Energy locked behind Power Credits now. */
    readonly contractedWh: EnergyWh;
    readonly parameters: Parameters;
    readonly now: Instant;
}

/** A request to issue, with everything the ledger holds that bears on it. */
export interface MintCase extends MintFacts {
    readonly day: Day;
    readonly amount: Money;
}

export interface MintDecision {
    readonly dayIssuance: DayIssuance;
    readonly ledgerDay: LedgerDayIssuance;
    readonly available: Money;
}

/** Issues against the latest attestation (AI-07…AI-11); guards in the documented order. */
export function mint(facts: MintCase): MintDecision {
    const { day, amount, head } = facts;
    const attestation = facts.attestation ?? refuse('ATTESTATION_NOT_FOUND', { day });
    if (head?.day !== day) {
        refuse('MINT_ATTESTATION_SUPERSEDED', { day, lastDay: head?.day ?? '' });
    }
    if (isStale(attestation, facts)) {
        refuse('MINT_ATTESTATION_STALE', { day, acceptedOn: dayOf(attestation.acceptedAt), today: todayOf(facts) });
    }
    checkCoverage(facts, head);
    const rooms = roomsOf(attestation, facts);
    const exceeds = (room: Money): boolean => amount > room;
    const asked = { day, amount: amount.toString() };
    if (exceeds(rooms.target)) refuse('MINT_ABOVE_TARGET', { ...asked, available: rooms.target.toString() });
    if (exceeds(rooms.attested)) refuse('MINT_CAP_EXCEEDED', { ...asked, available: rooms.attested.toString() });
    if (exceeds(rooms.today)) {
        refuse('MINT_DAY_EXCEEDED', { today: todayOf(facts), amount: asked.amount, available: rooms.today.toString() });
    }
    return {
        dayIssuance: { issued: addMoney(facts.dayIssuance.issued, amount) },
        ledgerDay: { day: todayOf(facts), issued: addMoney(issuedToday(facts), amount) },
        available: subtractMoney(leastOf(rooms), amount) ?? zeroMoney,
    };
}

/** What may be issued now against the last attestation; zero before the first, once it is stale, and during a freeze. */
export function availableToMint(facts: MintFacts): Money {
    const { attestation, head } = facts;
    if (attestation === undefined || head === undefined || head.isFrozen) return zeroMoney;
    // Below the minimum there is no room below the target either: the target is at least the minimum.
    return isStale(attestation, facts) ? zeroMoney : leastOf(roomsOf(attestation, facts));
}

function checkCoverage(facts: MintCase, head: AttestationHead): void {
    const { coverageRatioMin } = facts.parameters;
    const coverage = gatingCoverage(facts);
    const ratios = {
        coverageRatio: formatCoverage(coverage),
        coverageRatioMin: formatMillionths(coverageRatioMin),
    };
    if (head.isFrozen) refuse('MINT_FROZEN', { day: facts.day, ...ratios });
    if (!isCovered(coverage, coverageRatioMin)) refuse('MINT_COVERAGE_TOO_LOW', ratios);
}

/**
 * The ledger's day in UTC. The clients' times lie minutes apart: once something was issued on a day, no transaction goes
 * back to the one before (Q37).
 */
function todayOf({ ledgerDay, now }: MintFacts): Day {
    const today = dayOf(now);
    return ledgerDay !== undefined && ledgerDay.day > today ? ledgerDay.day : today;
}

function issuedToday(facts: MintFacts): Money {
    const { ledgerDay } = facts;
    return ledgerDay?.day === todayOf(facts) ? ledgerDay.issued : zeroMoney;
}

/** An attestation allows issuance on the ledger day that accepted it and on the next, and then no more. */
function isStale({ acceptedAt }: AttestationRecord, facts: MintFacts): boolean {
    return todayOf(facts) > nextDay(dayOf(acceptedAt));
}

/** Coverage of the present supply by the reserve which gates now. */
function gatingCoverage(facts: MintFacts): ReturnType<typeof coverageOf> {
    return coverageOf(reserveWhOf(facts), outstandingSupply(facts.supply), facts.parameters);
}

function reserveWhOf({ attestation, contractedWh, parameters }: MintFacts): EnergyWh {
    const notionalWh = attestation?.whReserve ?? (0n as EnergyWh);
    return gatingWh({ notionalWh, contractedWh }, parameters);
}

/**
 * What is left below the target supply, of the suggested issuance of the attestation, and of the same on the ledger's
 * own day: however many attestations are accepted on one day, together they allow no more than the last of them.
 */
interface Rooms {
    readonly target: Money;
    readonly attested: Money;
    readonly today: Money;
}

function roomsOf({ mintSuggested }: AttestationRecord, facts: MintFacts): Rooms {
    const { parameters } = facts;
    const target = supplyTargetAt(reserveWhOf(facts), parameters, parameters.coverageRatioTarget);
    return {
        target: subtractMoney(target, outstandingSupply(facts.supply)) ?? zeroMoney,
        attested: subtractMoney(mintSuggested, facts.dayIssuance.issued) ?? zeroMoney,
        today: subtractMoney(mintSuggested, issuedToday(facts)) ?? zeroMoney,
    };
}

function leastOf({ target, attested, today }: Rooms): Money {
    return leastMoney(target, attested, today);
}
