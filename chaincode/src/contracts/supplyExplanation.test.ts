// SPDX-License-Identifier: Apache-2.0
import type { Day, ParameterName, WalletId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { correctionOf } from '../testing/scenario.js';

/** The ledger's own day in these tests is 2027-01-15. */
const [day, nextDay] = ['2027-01-13', '2027-01-14'] as const;
let scenario: Scenario;
let anna: WalletId;

beforeEach(async () => {
    scenario = await Scenario.founded();
    anna = await scenario.openWallet('anna');
});
afterEach(() => {
    scenario.close();
});

const explain = async (of: string) =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'PowerCredit:ExplainSupply', { day: of as Day });
const change = async (name: ParameterName, value: string) =>
    scenario.mandate(`change-${name.toLowerCase()}-${value.replace('.', '-')}`, { kind: 'parameter', name, value });

it('leads from an issuance to the attestation, its zones and the votes, each with its transaction', async () => {
    scenario.ledger.time -= 3n * 86_400n;
    await change('alphaBase', '0.300000');
    await change('alphaBase', '0.200000');
    await change('energyPrice', '100.000000');
    scenario.ledger.time += 3n * 86_400n;
    const record = await scenario.attestDay(day, 10n ** 9n);
    await change('energyPrice', '110.000000');
    await scenario.mint(day, 500n, anna);
    await scenario.mint(day, 300n, anna);
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
    await scenario.mint(day, 500n, anna);
    scenario.ledger.time += 86_400n;
    await scenario.mint(day, 300n, anna);
    const amounts = async (of: string) => (await explain(of)).changes.map(({ amount }) => amount);
    await expect(amounts('2027-01-15')).resolves.toEqual([500n]);
    await expect(amounts('2027-01-16')).resolves.toEqual([300n]);
    await expect(explain('2027-01-17')).resolves.toEqual({
        ...{ day: '2027-01-17', issued: 0n, redeemed: 0n, changes: [], attestations: [] },
    });
});
