// SPDX-License-Identifier: Apache-2.0
import { meterColumns } from '../meterFiles.js';

/** Files of sources, written for tests; changes replace fields. */

export const facilityWords = { facility: 'roof-1', zone: '10YAT-APG------L', carrier: 'B16' } as const;
const common = { version: '1', ...facilityWords, producedAt: '2026-11-21T00:10Z' } as const;
const quantity = { period: '2026-11-20', energy: '2.4', unit: 'MWh' } as const;

export const auditWords = {
    ...{ format: 'power/audit-report', ...common, ...quantity },
    ...{ auditor: 'TÜV', reportNumber: 'A-17', reportDigest: 'ab'.repeat(32) },
    visit: { from: '2026-11-18', to: '2026-11-20' },
};
export const satelliteWords = {
    ...{ format: 'power/satellite-estimate', ...common, ...quantity, instrument: 'imager 4' },
    scenes: [{ capturedAt: '2026-11-20T10:00Z', status: 'operating', thermalKelvin: '301.5' }],
};
export const sale = { document: 'INV-1', revenue: '204.00', tariff: '0.085', unit: 'kWh' };
export const financialWords = {
    ...{ format: 'power/financial-record', ...common, period: '2026-11', producedAt: '2026-12-03T09:00:00+01:00' },
    ...{ currency: 'EUR', sales: [sale] },
};
export const meterWords = {
    ...{ format: 'power/meter-readings', ...common, meter: '7-A', minutes: '60', unit: 'kWh' },
    readings: hours().map((start) => ({ start, energy: '100' })),
};

export function bytesOf(content: string | object): Uint8Array {
    return new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
}

/** The 24 hours of the day. */
function hours(): string[] {
    return Array.from({ length: 24 }, (_, hour) => `2026-11-20T${String(hour).padStart(2, '0')}:00Z`);
}

const meterRowWords = { meter: '7-A', ...facilityWords, minutes: '60', energy: '100', unit: 'kWh' } as const;

/** A day of hourly rows; a row can be changed by its hour, or left out by null. */
export function meterCsv(changes: Readonly<Record<number, Partial<Record<string, string>> | null>> = {}): string {
    const rows = hours().flatMap((start, hour) => {
        const change = changes[hour];
        const cells: Readonly<Record<string, string>> = { ...meterRowWords, start, ...change };
        return change === null ? [] : [meterColumns.map((column) => cells[column]).join(',')];
    });
    return [meterColumns.join(','), ...rows, ''].join('\n');
}
