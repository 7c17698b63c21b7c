// SPDX-License-Identifier: Apache-2.0
import { type CertificateBundle, lifeOfInterval } from '@power-currency/domain';
import { keyRange } from '../ledger/stateKey.js';
import { decodeRecord, type StateTable } from '../ledger/stateTable.js';
import { tables } from '../ledger/tables.js';
import type { ReadRange } from './checkBooks.js';

/**
 * Adds up every interval from its bundles: throws where a watt-hour has no state, or two, and where what is locked is
 * not what the contracted reserve says.
 */
export async function checkCertificates(readRange: ReadRange): Promise<void> {
    const intervals = await recordsOf(readRange, tables.intervalEnergy);
    if (intervals.length === 0) return;
    const bundles = await recordsOf(readRange, tables.certificate);
    const lives = intervals.map((interval) => lifeOfInterval(interval, bundles.filter(isOf(interval))));
    const counted = lives.reduce((sum, { backingCredits }) => sum + backingCredits, 0n);
    const [reserve] = await recordsOf(readRange, tables.contractedReserve);
    const locked = reserve?.lockedWh ?? 0n;
    if (counted !== locked)
        throw new Error(`${counted.toString()} Wh are locked, the reserve says ${locked.toString()}`);
}

async function recordsOf<V>(readRange: ReadRange, table: StateTable<V>): Promise<readonly V[]> {
    const { start, end } = keyRange([table.name]);
    return (await readRange(start, end)).map(({ value }) => decodeRecord(table, value));
}

function isOf(interval: { readonly facilityId: string; readonly start: string }) {
    return ({ deviceId, productionStartingInterval }: CertificateBundle): boolean =>
        deviceId === interval.facilityId && productionStartingInterval === interval.start;
}
