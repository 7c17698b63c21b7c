// SPDX-License-Identifier: Apache-2.0
import {
    existingBundle,
    type FacilityId,
    type IntervalStart,
    intervalRowsMax,
    lifeOfInterval,
    refuse,
    type ResultOf,
    type WalletId,
} from '@power-currency/domain';
import { bundleRef, intervalRef } from './certificates.js';
import type { LedgerSession } from './ledgerSession.js';
import { allRows } from './pages.js';
import { tables } from './tables.js';

/** A page of the bundles a wallet has. */
export async function holdingsOf(
    session: LedgerSession,
    walletId: WalletId,
    paging: { readonly pageSize: number; readonly bookmark: string },
): Promise<ResultOf<'Certificate:ListHoldings'>> {
    const { rows, bookmark } = await session.page(tables.certificateHolding, [walletId], paging);
    const bundleIds = rows.map(({ value }) => value.certificateBundleId);
    await session.load(bundleIds.map(bundleRef));
    return { rows: bundleIds.map((bundleId) => existingBundle(bundleId, session.get(bundleRef(bundleId)))), bookmark };
}

/** Everything that happened to the energy of an interval, checked: no watt-hour is in two states, or in none. */
export async function lifeOf(
    session: LedgerSession,
    facilityId: FacilityId,
    start: IntervalStart,
): Promise<ResultOf<'Certificate:DescribeInterval'>> {
    const energy = await session.read(intervalRef(facilityId, start));
    if (energy === undefined) return refuse('ENERGY_NOT_VERIFIED', { facilityId, start });
    const bundles = await allRows(session, tables.certificate, [facilityId, start], intervalRowsMax);
    const changes = await allRows(session, tables.certificateChange, [facilityId, start], intervalRowsMax);
    const certified = bundles.map(({ value }) => value);
    const states = lifeOfInterval(energy, certified);
    return { energy, states, bundles: certified, changes: changes.map(({ value }) => value) };
}
