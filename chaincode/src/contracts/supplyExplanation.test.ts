// SPDX-License-Identifier: Apache-2.0
import { type Day, powerCredit } from '@power-currency/domain';
import { refTo } from '../ledger/stateTable.js';
import { tables } from '../ledger/tables.js';
import { timeKey } from '../ledger/timeKey.js';
import { Covering, daySeconds } from '../testing/covering.js';
import { expectRefusal } from '../testing/refusals.js';
import type { Scenario } from '../testing/scenario.js';
import { correctionOf } from '../testing/zone.js';

const [day, nextDay] = ['2027-01-13', '2027-01-14'] as const;
let covering: Covering;
let scenario: Scenario;

beforeEach(async () => {
    covering = await Covering.founded();
    ({ scenario } = covering);
});
afterEach(() => {
    scenario.close();
});

const explain = async (of: string) =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'PowerCredit:ExplainSupply', { day: of as Day });

it('leads from an issuance to the attestation, its zones and the votes, each with its transaction', async () => {
    scenario.ledger.time -= 3n * daySeconds;
    await covering.change('alphaBase', '0.300000');
    await covering.change('alphaBase', '0.200000');
    await covering.change('energyPrice', '100.000000');
    scenario.ledger.time += 3n * daySeconds;
    const record = await scenario.attestDay(day, 10n ** 9n);
    await covering.change('energyPrice', '110.000000');
    await covering.mint(day, 500n);
    await covering.mint(day, 300n);
    await scenario.attestDay(nextDay, 10n ** 9n, [correctionOf(day, 10n ** 9n, 7n)]);
    const found = await explain('2027-01-15');
    expect(found).toMatchObject({ issued: 800n, redeemed: 0n });
    expect(found.changes.map(({ cause }) => cause)).toEqual([500n, 300n].map(() => ({ kind: 'attestation', day })));
    const [explained] = found.attestations;
    expect(found.attestations).toHaveLength(1);
    expect(explained).toMatchObject({ attestation: record, zones: [{ attestedWh: 10n ** 9n, wh: 7n }] });
    expect(explained?.votes.map(({ proposalId }) => proposalId)).toEqual([
        ...['change-alphabase-0-200000', 'change-energyprice-100-000000'],
    ]);
    const ids = [...found.changes, ...(explained?.votes ?? []), record].map(({ transactionId }) => transactionId);
    expect(new Set(ids).size).toBe(5);
});

it('is of one day of the ledger alone', async () => {
    await scenario.attestDay(day, 10n ** 9n);
    await covering.mint(day, 500n);
    scenario.ledger.time += daySeconds;
    await covering.mint(day, 300n);
    const amounts = async (of: string) => (await explain(of)).changes.map(({ amount }) => amount);
    await expect(amounts('2027-01-15')).resolves.toEqual([500n]);
    await expect(amounts('2027-01-16')).resolves.toEqual([300n]);
    await expect(explain('2027-01-17')).resolves.toEqual({
        ...{ day: '2027-01-17', issued: 0n, redeemed: 0n, changes: [], attestations: [] },
    });
});

it('refuses a day of more changes than one answer holds', async () => {
    await scenario.attestDay(day, 10n ** 9n);
    await covering.mint(day, 500n);
    const [change] = (await explain('2027-01-15')).changes;
    if (change === undefined) throw new Error('nothing changed');
    const copies = Array.from({ length: 1_000 }, (_, index) => {
        const transactionId = index.toString(16).padStart(64, '0');
        const ref = refTo(tables.supplyChange, powerCredit, timeKey(change.at), transactionId);
        return [ref, { ...change, transactionId }] as const;
    });
    await scenario.ledger.plant(copies.slice(1));
    await expect(explain('2027-01-15')).resolves.toMatchObject({ issued: 500_000n });
    await scenario.ledger.plant(copies.slice(0, 1));
    await expectRefusal(explain('2027-01-15'), 'QUERY_TOO_LARGE', { rowsMax: 1_000 });
});

it('names no vote that a day attested before its end in UTC could not know', async () => {
    scenario.ledger.time += 3n * 3_600n; // 11:00Z, when 2027-01-15 is over at UTC+14
    const record = await scenario.attestDay('2027-01-15', 10n ** 9n);
    scenario.ledger.time += 1n;
    await covering.change('alphaBase', '0.300000');
    await covering.mint('2027-01-15', 500n);
    const { attestations } = await explain('2027-01-15');
    expect(attestations).toMatchObject([{ attestation: { alphaBase: record.alphaBase }, votes: [] }]);
});
