// SPDX-License-Identifier: Apache-2.0
import {
    type Day,
    endOfPeriod,
    type Instant,
    initialParameters,
    type Period,
    ppmPerOne,
    type SourceKind,
    startOfDay,
} from '@power-currency/domain';
import { formatUnits } from '../../application/decimalAmount.js';
import { type Eic } from '../../energy/eic.js';
import { formatFileTime } from '../fileTime.js';
import { meterColumns } from '../meterFiles.js';
import { observedShare } from './observe.js';
import { productionOf, type SimulatedPlant } from './productionDay.js';
import { type RandomDraw, randomDraw } from './randomDraw.js';

/** Which sample to make. One order gives one file, byte for byte, on every machine. */
export interface SampleOrder {
    readonly plant: SimulatedPlant & { readonly zone: Eic };
    readonly kind: SourceKind;
    readonly day: Day;
    readonly seed: string;
    /** What a lying source adds, in ppm; none if it is honest. */
    readonly inflationPpm: bigint;
    /** Meters write CSV or JSON, the others JSON. */
    readonly form: 'csv' | 'json';
}

interface Sample {
    readonly name: string;
    readonly content: string;
}

interface Observation {
    readonly intervals: readonly { readonly start: string; readonly energyWh: bigint }[];
    readonly totalWh: bigint;
    readonly draw: RandomDraw;
}

/** The file a source of one kind would write about a day of the plant, with an error as large as its kind's. */
export function sampleFile(order: SampleOrder): Sample {
    const { plant, kind, day, seed } = order;
    const draw = randomDraw(`${seed}/${plant.facilityId}/${day}/${kind}`);
    const share = observedShare(kind, initialParameters, draw, order.inflationPpm);
    const intervals = productionOf(plant, day, seed).map(({ start, energyWh }) => ({
        start,
        energyWh: (energyWh * share) / ppmPerOne,
    }));
    const totalWh = intervals.reduce((sum, { energyWh }) => sum + energyWh, 0n);
    const observation = { intervals, totalWh, draw };
    const isTable = kind === 'sensor' && order.form === 'csv';
    const content = isTable
        ? meterTable(order, observation)
        : `${JSON.stringify(contentOf(order, observation), undefined, 2)}\n`;
    return { name: `${kind}_${plant.facilityId}_${day}.${isTable ? 'csv' : 'json'}`, content };
}

const contents: Readonly<Record<SourceKind, (order: SampleOrder, seen: Observation) => object>> = {
    sensor: (order, { intervals }) => ({
        ...head('power/meter-readings', order),
        meter: meterOf(order),
        minutes: '15',
        unit: 'kWh',
        readings: intervals.map(({ start, energyWh }) => ({ start, energy: formatUnits(energyWh, 3) })),
    }),
    satellite: (order, { totalWh, draw }) => ({
        ...head('power/satellite-estimate', order),
        period: order.day,
        instrument: 'sample imager',
        scenes: scenesOf(order.day, draw),
        energy: formatUnits(totalWh, 3),
        unit: 'kWh',
    }),
    financial: (order, { totalWh }) => ({
        ...head('power/financial-record', order),
        period: order.day,
        currency: 'EUR',
        sales: salesOf(order.day, totalWh),
    }),
    audit: (order, { totalWh, draw }) => ({
        ...head('power/audit-report', order),
        period: order.day,
        auditor: 'Sample Auditors',
        reportNumber: `SAMPLE-${order.day}`,
        reportDigest: Array.from({ length: 8 }, () => draw().toString(16).padStart(8, '0')).join(''),
        visit: { from: order.day, to: order.day },
        energy: formatUnits(totalWh, 6),
        unit: 'MWh',
    }),
};

function contentOf(order: SampleOrder, seen: Observation): object {
    return contents[order.kind](order, seen);
}

function head(format: string, { plant, day }: SampleOrder): object {
    const { facilityId: facility, zone, carrier } = plant;
    // Ten minutes after the day: every clock agrees by then that it is over.
    const producedAt = formatFileTime((endOfPeriod(day as string as Period) + 600n) as Instant);
    return { format, version: '1', facility, zone, carrier, producedAt };
}

function meterOf({ plant }: SampleOrder): string {
    return `${plant.facilityId}-meter`.slice(0, 64);
}

function meterTable(order: SampleOrder, { intervals }: Observation): string {
    const { facilityId, zone, carrier } = order.plant;
    const rows = intervals.map(({ start, energyWh }) =>
        [meterOf(order), facilityId, zone, carrier, start, '15', formatUnits(energyWh, 3), 'kWh'].join(','),
    );
    return [meterColumns.join(','), ...rows, ''].join('\n');
}

/** Two passes of a day; clouds hide every third, but never both. */
function scenesOf(day: Day, draw: RandomDraw): object[] {
    return [10n, 13n].map((hour, index) => ({
        capturedAt: formatFileTime((startOfDay(day) + hour * 3_600n + BigInt(draw() % 1_800)) as Instant),
        status: index === 0 && draw() % 3 === 0 ? 'obscured' : 'operating',
        thermalKelvin: `${String(290 + (draw() % 30))}.5`,
    }));
}

/** Three buyers, each at a tariff of its own, billed to the cent. */
function salesOf(day: Day, totalWh: bigint): object[] {
    const parts = [totalWh / 2n, totalWh / 3n];
    const last = totalWh - parts.reduce((sum, part) => sum + part, 0n);
    const tariffs = [85_000n, 91_500n, 78_000n];
    return [...parts, last].map((energyWh, index) => {
        const tariff = tariffs[index] ?? 85_000n;
        // Micro-euro per kWh times Wh is nano-euro; a cent is ten million of them.
        const cents = (energyWh * tariff + 5_000_000n) / 10_000_000n;
        return {
            document: `SAMPLE-${day}-${String(index + 1)}`,
            revenue: formatUnits(cents, 2),
            tariff: formatUnits(tariff, 6),
            unit: 'kWh',
        };
    });
}
