// SPDX-License-Identifier: Apache-2.0
import type { HolderId } from '../encoding/identifier.js';
import type { EnergyWh } from '../energy/energy.js';
import type { EntityYear } from '../energy/energyAccounts.js';
import type { EntityRoster } from '../energy/energyEntity.js';
import { refuse } from '../error/domainError.js';
import { isQuantity, type Quantity } from '../money/quantity.js';
import type { Sha3 } from '../signature/primitives.js';
import type { ClosedEntity, YearFigures } from './yearClosing.js';
import { yearRoot } from './yearTree.js';

/** An entity of the roster, whether it counts now, and what was verified of its year. */
export type ProducingEntity = Pick<EntityRoster['entries'][number], 'entityId' | 'kind' | 'parentId'> & {
    readonly counts: boolean;
    readonly production: EntityYear | undefined;
};

/** What is left below zero for the year after, because late data took away more than was verified. */
export interface NegativeRest {
    readonly entityId: HolderId;
    /** In Wh, below zero. */
    readonly restWh: bigint;
}

/**
 * A year as it would be closed now. Entities that neither count nor produced anything are left out. Throws
 * CLOSING_NET_NEGATIVE for a nation whose aggregate is less than what the entities inside it produced.
 */
export function yearFiguresOf(year: number, cases: readonly ProducingEntity[], sha3: Sha3): YearFigures {
    const insideWh = new Map<HolderId, bigint>();
    for (const each of cases) {
        const { parentId } = each;
        if (parentId !== null) insideWh.set(parentId, (insideWh.get(parentId) ?? 0n) + grossOf(each));
    }
    const entities = cases
        .filter((each) => each.counts || grossOf(each) > 0n)
        .map((each) => closedEntityOf(each, insideWh.get(each.entityId) ?? 0n))
        .sort((a, b) => (a.entityId < b.entityId ? -1 : 1));
    const totalWh = energy(entities.reduce((sum, { netWh }) => sum + netWh, 0n));
    return { year, entities, entityCount: entities.length, totalWh, merkleRoot: yearRoot(year, entities, sha3) };
}

/** What does not fit into the year because it would be below zero: it is carried into the next (Q36). */
export function negativeRests(cases: readonly ProducingEntity[]): readonly NegativeRest[] {
    return cases.flatMap(({ entityId, production }) => {
        const restWh = signedOf(production);
        return restWh < 0n ? [{ entityId, restWh }] : [];
    });
}

/** The entity's next year, with what the closed one could not take. */
export function withRest(next: EntityYear | undefined, year: number, { entityId, restWh }: NegativeRest): EntityYear {
    const { verifiedWh, carriedWh } = next ?? { verifiedWh: 0n as Quantity<'Wh'>, carriedWh: 0n };
    return { entityId, year: year + 1, verifiedWh, carriedWh: carriedWh + restWh };
}

function closedEntityOf(each: ProducingEntity, insideWh: bigint): ClosedEntity {
    const { entityId, kind, parentId, counts } = each;
    const grossWh = grossOf(each);
    // Without an aggregate nothing is known of the nation but what is counted as that of the entities inside it.
    const netWh = counts && grossWh > 0n ? grossWh - insideWh : 0n;
    if (netWh < 0n) {
        refuse('CLOSING_NET_NEGATIVE', { entityId, grossWh: grossWh.toString(), insideWh: insideWh.toString() });
    }
    return { entityId, kind, parentId, counts, grossWh, netWh: netWh as EnergyWh };
}

function grossOf({ production }: ProducingEntity): EnergyWh {
    const signedWh = signedOf(production);
    return energy(signedWh < 0n ? 0n : signedWh);
}

/** Throws AMOUNT_OVERFLOW. */
function energy(value: bigint): EnergyWh {
    if (!isQuantity(value)) refuse('AMOUNT_OVERFLOW', { amount: value.toString() });
    return value as EnergyWh;
}

function signedOf(production: EntityYear | undefined): bigint {
    return production === undefined ? 0n : production.verifiedWh + production.carriedWh;
}
