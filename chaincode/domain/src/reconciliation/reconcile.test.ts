// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { list, nullable, object } from '../encoding/codec.js';
import { sourceId } from '../encoding/identifier.js';
import type { Json } from '../encoding/json.js';
import { energyWh, powerW } from '../encoding/quantityCodec.js';
import { carrier } from '../energy/carrier.js';
import { type SourceKind, sourceKind, sourceKinds } from '../energy/energySource.js';
import { location } from '../energy/facility.js';
import { initialPlausibilityRules as rules } from '../energy/plausibilityRules.js';
import { initialParameters as parameters } from '../governance/parameters.js';
import { intervalMinutes, intervalStart } from '../time/meteringInterval.js';
import { period } from '../time/period.js';
import type { Reading, ReconciliationCase } from './reading.js';
import { reconcile } from './reconcile.js';
import { type Reconciliation, reconciliation } from './reconciliationRecords.js';

interface Vector {
    readonly name: string;
    readonly input: Json;
    readonly expected: Json;
}

const { cases } = JSON.parse(readFileSync(join(__dirname, '../../vectors/reconciliation.json'), 'utf8')) as {
    readonly cases: readonly Vector[];
};
const intervals = list(object({ start: intervalStart, energyWh }), 96);
const vectorInput = object({
    readings: list(object({ sourceId, kind: sourceKind, energyWh, intervals }), 16),
    facility: object({ carrier, nameplateW: powerW, location: nullable(location), intervalMinutes }),
    period,
});

it.each(cases.map((vector) => [vector.name, vector] as const))('reconciles as published: %s', (_name, vector) => {
    const result = reconcile({ ...vectorInput.decode(vector.input, 'input'), parameters, rules });
    expect(reconciliation.encode(result)).toEqual(vector.expected);
});

const plant = { carrier: 'B19', nameplateW: 10n ** 9n, location: null, intervalMinutes: '60' } as const;

const reading = (name: string, kind: SourceKind, wh: bigint): Reading =>
    ({ sourceId: name, kind, energyWh: wh, intervals: [] }) as unknown as Reading;

function reconciled(readings: readonly Reading[], factor = 1n): Reconciliation {
    const facility = { ...plant, nameplateW: plant.nameplateW * factor } as unknown as ReconciliationCase['facility'];
    return reconcile({ readings, facility, period: '2026-11-20' as never, parameters, rules });
}

const anyReadings = fc
    .array(fc.record({ kind: fc.constantFrom(...sourceKinds), wh: fc.bigInt(0n, 24n * 10n ** 9n) }), { maxLength: 6 })
    .map((each) => each.map(({ kind, wh }, index) => reading(`s${String(index)}`, kind, wh)));

describe('a reconciliation', () => {
    it('does not depend on the order of the reports', () => {
        const shuffled = anyReadings.chain((readings) =>
            fc.tuple(
                fc.constant(readings),
                fc.shuffledSubarray(readings, { minLength: readings.length, maxLength: readings.length }),
            ),
        );
        fc.assert(
            fc.property(shuffled, ([readings, others]) => {
                expect(reconciled(others)).toEqual(reconciled(readings));
            }),
        );
    });

    it('is the same for a plant a thousand times as large, but for its energy', () => {
        fc.assert(
            fc.property(anyReadings, (readings) => {
                const small = reconciled(readings);
                const scaled = readings.map((each) => ({ ...each, energyWh: (each.energyWh * 1_000n) as never }));
                const large = reconciled(scaled, 1_000n);
                expect(large).toEqual({ ...small, estimateWh: large.estimateWh, varianceWh2: large.varianceWh2 });
                expect(large.estimateWh / 1_000n).toBe(small.estimateWh);
                expect(large.varianceWh2 / 1_000_000n).toBe(small.varianceWh2);
            }),
        );
    });

    it('never suspects a source that says what all others say', () => {
        const wh = fc.bigInt(0n, 20n * 10n ** 9n);
        fc.assert(
            fc.property(
                wh,
                fc.array(fc.constantFrom(...sourceKinds), { minLength: 1, maxLength: 8 }),
                (each, kinds) => {
                    const result = reconciled(kinds.map((kind, index) => reading(`s${String(index)}`, kind, each)));
                    expect(result.findings).toEqual([]);
                    expect(result.estimateWh).toBe(each);
                },
            ),
        );
    });

    it('estimates between the lowest and the highest report', () => {
        fc.assert(
            fc.property(
                anyReadings.filter(({ length }) => length > 0),
                (readings) => {
                    const energies = readings.map((each) => each.energyWh).sort((a, b) => (a < b ? -1 : 1));
                    const { estimateWh } = reconciled(readings);
                    expect(estimateWh >= (energies[0] ?? 0n) && estimateWh <= (energies.at(-1) ?? 0n)).toBe(true);
                },
            ),
        );
    });

    it('names the liar first, whichever it is', () => {
        for (const liar of sourceKinds) {
            const readings = sourceKinds.map((kind) => reading(kind, kind, kind === liar ? 13_000_000n : 10_000_000n));
            const small = { ...plant, nameplateW: 1_000_000n } as unknown as ReconciliationCase['facility'];
            const { status, findings } = reconcile({
                ...{ readings, facility: small, period: '2026-11-20' as never, parameters, rules },
            });
            expect([status, findings[0]?.rule, findings[0]?.sourceId]).toEqual(['flagged', 'outlier', liar]);
        }
    });

    it('of no report says so', () => {
        expect(reconciled([])).toMatchObject({ status: 'insufficient', estimateWh: 0n, findings: [] });
    });
});
