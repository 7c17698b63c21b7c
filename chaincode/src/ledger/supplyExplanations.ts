// SPDX-License-Identifier: Apache-2.0
import {
    addMoney,
    type AssetCode,
    type Day,
    type ExplainedAttestation,
    explainedChangesMax,
    type Money,
    nextDay,
    type ParameterChange,
    refuse,
    type ResultOf,
    startOfDay,
    type SupplyChange,
    votesInForce,
    zeroMoney,
} from '@power-currency/domain';
import type { LedgerSession } from './ledgerSession.js';
import { allRows } from './pages.js';
import { zonesOf } from './corrections.js';
import { isPresent } from './present.js';
import { encodeKey } from './stateKey.js';
import { refTo } from './stateTable.js';
import { tables } from './tables.js';
import { timeKey } from './timeKey.js';

/** Most changes of parameters that are looked through. */
const parameterChangesMax = 10_000;

/** Why an asset's supply changed on a day of the ledger, back to the votes behind it. Throws QUERY_TOO_LARGE. */
export async function explainSupply(
    session: LedgerSession,
    asset: AssetCode,
    day: Day,
): Promise<ResultOf<'PowerCredit:ExplainSupply'>> {
    const changes = await changesOn(session, asset, day);
    const sum = (direction: SupplyChange['direction']): Money =>
        addMoney(zeroMoney, ...changes.filter((one) => one.direction === direction).map(({ amount }) => amount));
    const days = new Set(changes.flatMap(({ cause }) => (cause.kind === 'attestation' ? [cause.day] : [])));
    const votes = (await allRows(session, tables.parameterChange, [], parameterChangesMax)).map(({ value }) => value);
    const attestations = await Promise.all([...days].map(async (attested) => explained(session, attested, votes)));
    return {
        ...{ day, issued: sum('issued'), redeemed: sum('redeemed'), changes },
        attestations: attestations.filter(isPresent),
    };
}

async function explained(
    session: LedgerSession,
    day: Day,
    changes: readonly ParameterChange[],
): Promise<ExplainedAttestation | undefined> {
    const attestation = await session.read(refTo(tables.attestation, day));
    const zones = (await zonesOf(session, day)) ?? [];
    return attestation && { attestation, zones, votes: votesInForce(changes, attestation) };
}

/** The changes of one day in order of time; keys begin with it, so that reading begins at the day. */
async function changesOn(session: LedgerSession, asset: AssetCode, day: Day): Promise<readonly SupplyChange[]> {
    const end = startOfDay(nextDay(day));
    const bookmark = encodeKey([tables.supplyChange.name, asset, timeKey(startOfDay(day))]);
    const paging = { pageSize: explainedChangesMax + 1, bookmark };
    const { rows } = await session.page(tables.supplyChange, [asset], paging);
    const changes = rows.map(({ value }) => value).filter(({ at }) => at < end);
    if (changes.length > explainedChangesMax) refuse('QUERY_TOO_LARGE', { rowsMax: explainedChangesMax });
    return changes;
}
