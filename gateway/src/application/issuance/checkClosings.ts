// SPDX-License-Identifier: Apache-2.0
import {
    closingDigest,
    confirmationsRequired,
    hex,
    type Sha3,
    type YearClosing,
    yearFiguresOf,
    type YearFigures,
    yearRoot,
} from '@power-currency/domain';
import { type Check, checkEqual } from './check.js';

/** Whether closed years are what they say: net production, total, root, confirmations, and the link to the year before. */
export function checkClosings(closings: readonly YearClosing[], sha3: Sha3): readonly Check[] {
    return closings.toReversed().flatMap((closing, index, all) => {
        const { year, entities, totalWh, merkleRoot, confirmedBy, previousDigest } = closing;
        const name = `year ${String(year)}`;
        const figures = figuresAgain(closing, sha3);
        const before = all[index - 1];
        const roles = new Set(confirmedBy.map(({ role }) => role)).size;
        return [
            checkEqual(`${name}: net production of ${String(entities.length)} entities, Wh`, figures.totalWh, totalWh),
            checkEqual(`${name}: root of its tree`, hex(yearRoot(year, entities, sha3)), hex(merkleRoot)),
            checkEqual(`${name}: the same from gross production`, hex(figures.merkleRoot), hex(merkleRoot)),
            checkEqual(`${name}: confirmed in so many roles`, roles, confirmationsRequired),
            ...(before === undefined || previousDigest === null
                ? []
                : [
                      checkEqual(
                          `${name}: follows ${String(before.year)}`,
                          hex(closingDigest(before, sha3)),
                          hex(previousDigest),
                      ),
                  ]),
        ];
    });
}

/** From the gross production of each entity alone. */
function figuresAgain({ year, entities }: YearClosing, sha3: Sha3): YearFigures {
    const producers = entities.map(({ entityId, kind, parentId, counts, grossWh }) => ({
        ...{ entityId, kind, parentId, counts },
        production: { entityId, year, verifiedWh: grossWh, carriedWh: 0n },
    }));
    return yearFiguresOf(year, producers, sha3);
}
