// SPDX-License-Identifier: Apache-2.0
import '../testing/quiet.js';
import {
    type Credential,
    encodeResult,
    type EnergyEntity,
    entityCountMax,
    type EntityRoster,
    growthCurrency,
    type HolderId,
} from '@power-currency/domain';
import { refTo } from '../ledger/stateTable.js';
import { rosterRef, tables } from '../ledger/tables.js';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { activeEntity } from '../testing/energySteps.js';
import { closeYear, foundSupply, issueYear } from '../testing/growthSteps.js';
import { Scenario } from '../testing/index.js';
import type { PlantedRecord } from '../testing/simulatedTransaction.js';

/** As many entities as a ledger has at most, each like the one that was registered. */
async function fullRoster(scenario: Scenario): Promise<readonly string[]> {
    const model = await activeEntity(scenario, 'model', 'cooperative');
    const state = await scenario.ledger.state();
    const recordOf = (key: string): unknown => JSON.parse(state.get(key) ?? 'null') as unknown;
    const entity = tables.energyEntity.codec.decode(recordOf('energy-entity~model') as never, '');
    const credential = tables.credential.codec.decode(recordOf('credential~model~issuance') as never, '');
    const roster = tables.entityRoster.codec.decode(recordOf('energy-roster~all') as never, '');
    const [line] = roster.entries;
    if (line === undefined) throw new Error(`${model} is not on the roster`);
    // Names as long as they can be, in order.
    const ids = Array.from({ length: entityCountMax }, (_, index) => `entity-${String(index)}`.padEnd(64, 'x'));
    const names = ids.toSorted() as HolderId[];
    const full: EntityRoster = { ...roster, entries: names.map((entityId) => ({ ...line, entityId })) };
    const records: PlantedRecord[] = [[rosterRef, full]];
    for (const entityId of names) {
        const copy: EnergyEntity = { ...entity, entityId };
        const grant: Credential = { ...credential, holderId: entityId };
        records.push([refTo(tables.energyEntity, entityId), copy]);
        records.push([refTo(tables.credential, entityId, 'issuance'), grant]);
    }
    await scenario.ledger.plant(records);
    return names;
}

it('years are closed and shared out among as many entities as there can be, in messages a peer takes [V67]', async () => {
    const scenario = await Scenario.founded();
    const names = await fullRoster(scenario);
    const mostWh = 18_000_000_000_000_000n;
    const sizes: number[] = [];
    const { ledger } = scenario;
    const endorse = ledger.endorse.bind(ledger);
    ledger.endorse = async (call) => {
        const endorsed = await endorse(call);
        sizes.push(endorsed.readWriteSet.length + (endorsed.eventPayload?.length ?? 0));
        return endorsed;
    };
    for (const year of [2023, 2024, 2025, 2026]) {
        const late = (index: number) => (year === 2025 ? -mostWh : BigInt(index));
        const energy = names.map(
            (name, index) => [name, { verified: (mostWh * BigInt(year - 2000)) / 27n, carried: late(index) }] as const,
        );
        await closeYear(scenario, year, Object.fromEntries(energy));
    }
    await foundSupply(scenario, 10n ** 15n);
    await expect(issueYear(scenario, 2027)).resolves.toMatchObject({ allocationCount: entityCountMax });
    const closing = await ledger.evaluate(scenario.person('RegulatorMSP'), 'Issuance:DescribeYear', { year: 2026 });
    sizes.push(encodeResult('Issuance:DescribeYear', closing).length);
    // gRPC's own limit is 4 MiB; the largest is a closing that carries something of every entity into the next year.
    expect(Math.max(...sizes)).toBeGreaterThan(300_000);
    expect(Math.max(...sizes)).toBeLessThan(500_000);
    await expectBalancedBooks(scenario, growthCurrency);
    scenario.close();
}, 60_000);
