// SPDX-License-Identifier: Apache-2.0
import {
    allocate,
    type GrowthIssuance,
    growSupply,
    growthRateBetween,
    type IssuanceShare,
    isCubeRootFloor,
    type Money,
    type Sha3,
    signedAdjustment,
    type YearClosing,
} from '@power-currency/domain';
import { checkClosings } from './checkClosings.js';
import { type Check, checkEqual } from './check.js';
import { type IssuanceFacts } from './issuanceFacts.js';

type GrowthBasis = Extract<GrowthIssuance['basis'], { kind: 'growth' }>;

/** One entity's part: what its production entitles it to, beside what the ledger allocated. */
interface ExplainedShare {
    readonly entityId: string;
    readonly netWh: bigint;
    readonly computed: bigint;
    readonly ledger: bigint;
    /** The wallet that took it in, or null while it waits. */
    readonly claimedTo: string | null;
    readonly agrees: boolean;
}

/** An issuance computed again from the records it came from. */
export interface Explanation {
    readonly issuance: string;
    readonly isConfirmed: boolean;
    readonly checks: readonly Check[];
    readonly shares: readonly ExplainedShare[];
}

/** Computes every figure again with the rules' own functions and compares it with the ledger's. */
export function explainIssuance(facts: IssuanceFacts, sha3: Sha3): Explanation {
    const { issuance, closings } = facts;
    const { basis } = issuance;
    const checks = [
        ...checkClosings(closings, sha3),
        ...(basis.kind === 'genesis' ? checkFounding(facts, basis.proposalId) : checkGrowth(facts, basis)),
        ...checkSupply(facts),
    ];
    const shares = explainShares(facts);
    const isConfirmed = [...checks, ...shares].every(({ agrees }) => agrees);
    return { issuance: issuance.issuance, isConfirmed, checks, shares };
}

function checkFounding({ issuance, vote }: IssuanceFacts, proposalId: string): readonly Check[] {
    const action = vote?.proposal.action;
    const voted = vote?.state === 'executed' && action?.kind === 'genesis-supply' ? action.amount : 'no such vote';
    return [checkEqual(`founding vote ${proposalId}`, voted, issuance.minted)];
}

/** g_E with its proof, M_prev, ε with its vote, ΔM, and what was carried. */
function checkGrowth(facts: IssuanceFacts, basis: GrowthBasis): readonly Check[] {
    const { issuance, closings } = facts;
    const [startWh, endWh] = [closings.at(-1)?.totalWh, closings[0]?.totalWh];
    if (startWh === undefined || endWh === undefined) return [];
    const { radicand, root, rate } = growthRateBetween(startWh, endWh);
    const before = issuancesBefore(facts);
    const previousSupply = sum(before.map(({ minted }) => minted)) as Money;
    const carryBefore = carryAfter(before);
    const adjustment = signedAdjustment(basis.adjustment);
    const { grown, change, minted, carryAfter: after } = growSupply({ rate, previousSupply, adjustment, carryBefore });
    const isProved = isCubeRootFloor(BigInt(basis.cubeRoot), radicand);
    return [
        checkEqual('energy of the first of four years, Wh', startWh, basis.startWh),
        checkEqual('energy of the last of them, Wh', endWh, basis.endWh),
        checkEqual('cube root of their ratio, in 10^-18', root, basis.cubeRoot),
        checkEqual('proof: root^3 <= ratio < (root + 1)^3', isProved, true),
        checkEqual('supply before (M_prev)', previousSupply, basis.previousSupply),
        checkEqual('growth of it (g_E * M_prev)', grown, basis.grown),
        ...checkAdjustment(facts, basis),
        checkEqual('change (delta M)', change, basis.change),
        checkEqual('contraction carried until then', carryBefore, basis.carryBefore),
        checkEqual('contraction carried from then on', after, basis.carryAfter),
        checkEqual('issued', minted, issuance.minted),
    ];
}

function checkAdjustment({ issuance, vote, adjustments }: IssuanceFacts, basis: GrowthBasis): readonly Check[] {
    const { adjustment } = basis;
    const executed = adjustments.length === 0 ? 'none' : adjustments.join(', ');
    const cited = checkEqual('votes on its adjustment (epsilon)', executed, adjustment?.proposalId ?? 'none');
    if (adjustment === null) return [cited];
    const { proposalId, direction, amount } = adjustment;
    const action = vote?.proposal.action;
    const isVoted =
        vote?.state === 'executed' &&
        action?.kind === 'growth-adjustment' &&
        String(action.year) === issuance.issuance &&
        action.direction === direction;
    const voted = isVoted ? action.amount : 'no such vote';
    return [cited, checkEqual(`adjustment (epsilon): ${direction} voted for as ${proposalId}`, voted, amount)];
}

/** All there is comes from issuances, and each is as much as its allocations. */
function checkSupply({ issuance, issuances, allocations, supply }: IssuanceFacts): readonly Check[] {
    const allocated = sum(allocations.map(({ amount }) => amount));
    return [
        checkEqual('allocations add up to what was issued', allocated, issuance.minted),
        checkEqual('all issuances add up to the supply', sum(issuances.map(({ minted }) => minted)), supply),
    ];
}

function explainShares({ issuance, allocations, closings }: IssuanceFacts): readonly ExplainedShare[] {
    const producers = closings[0]?.entities ?? [];
    const computed = partsOf(issuance.minted, closings[0]);
    const ids = [...new Set([...computed, ...allocations].map(({ entityId }) => entityId))].toSorted();
    return ids.map((entityId) => {
        const allocation = allocations.find((each) => each.entityId === entityId);
        const part = computed.find((share) => share.entityId === entityId)?.amount ?? 0n;
        const ledger = allocation?.amount ?? 0n;
        const netWh = producers.find((producer) => producer.entityId === entityId)?.netWh ?? 0n;
        return {
            entityId,
            netWh,
            computed: part,
            ledger,
            claimedTo: allocation?.claimed?.to ?? null,
            agrees: part === ledger,
        };
    });
}

/** Nothing where there is nothing to share it out by: a check above shows that already. */
function partsOf(minted: Money, closing: YearClosing | undefined): readonly IssuanceShare[] {
    if (!closing?.entities.some(({ netWh }) => netWh > 0n)) return [];
    return allocate(minted, closing.entities);
}

/** The founding, then year by year, up to the one that is explained. */
function issuancesBefore({ issuance, issuances }: IssuanceFacts): readonly GrowthIssuance[] {
    const order = ({ issuance: name }: GrowthIssuance): number => (name === 'genesis' ? 0 : Number(name));
    return issuances.filter((each) => order(each) < order(issuance)).toSorted((a, b) => order(a) - order(b));
}

function carryAfter(issuances: readonly GrowthIssuance[]): Money {
    const last = issuances.at(-1)?.basis;
    return last?.kind === 'growth' ? last.carryAfter : (0n as Money);
}

function sum(amounts: readonly bigint[]): bigint {
    return amounts.reduce((before, amount) => before + amount, 0n);
}
