// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type Day,
    dayOf,
    type EntityKind,
    type FacilityId,
    type HolderId,
    type ResultOf,
    type SourceId,
    type SourceKind,
    type TransactionName,
} from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import {
    activeEntity,
    applicationOf,
    facilityFactsOf,
    type FacilityOptions,
    sourceFor,
} from '../testing/energySteps.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder } from '../testing/scenario.js';

let scenario: Scenario;
let coop: HolderId;
beforeEach(async () => {
    scenario = await Scenario.founded();
    coop = await activeEntity(scenario, 'coop', 'cooperative');
});
afterEach(() => {
    scenario.close();
});

async function submit<N extends TransactionName>(mspId: string, name: N, value: object): Promise<ResultOf<N>> {
    return scenario.submit(scenario.person(`${mspId}MSP`, 'admin'), name, value as never);
}
async function ask<N extends TransactionName>(name: N, query: ArgumentsOf<N>): Promise<ResultOf<N>> {
    return scenario.ledger.evaluate(scenario.person('RegulatorMSP'), name, query);
}
async function register(facilityId = 'roof', options: FacilityOptions = {}, entityId = coop, mspId = 'Cooperative') {
    const facts = await facilityFactsOf(scenario, entityId, facilityId, options);
    return submit(mspId, 'EnergyRegistry:RegisterFacility', facts);
}
const retire = async (retiredOn: string, facilityId = 'roof', mspId = 'Cooperative') =>
    submit(mspId, 'EnergyRegistry:RetireFacility', { facilityId, retiredOn });
/** The ledger's day, so many days on. */
const dayAfter = (days: bigint): Day => dayOf(scenario.ledger.time + days * 86_400n);

describe('a facility', () => {
    it('is registered for an entity by its sponsor alone [V44]', async () => {
        await expectRefusal(register('roof', {}, coop, 'Authority'), 'ENTITY_NOT_OWNED', { sponsor: 'cooperative' });
        const facility = await register();
        expect(facility).toMatchObject({ entityId: 'coop', retiredOn: null, registeredBy: 'cooperative' });
        await expect(ask('EnergyRegistry:DescribeFacility', { facilityId: 'roof' as FacilityId })).resolves.toEqual(
            facility,
        );
    });

    it('keeps its id for ever, also from another entity [V30 V45]', async () => {
        await register();
        await activeEntity(scenario, 'other', 'producer');
        await expectRefusal(register('roof', {}, 'other' as HolderId), 'FACILITY_EXISTS');
        await retire(dayAfter(0n));
        await expectRefusal(register(), 'FACILITY_EXISTS');
    });

    it('is of an entity that was approved and not stopped [V50]', async () => {
        await scenario.openWallet('young');
        await submit('Cooperative', 'EnergyRegistry:ApplyEntity', applicationOf(scenario, 'young', 'producer'));
        const young = 'young' as HolderId;
        await expectRefusal(register('roof', {}, young), 'ENTITY_NOT_IN_STATE', { state: 'applied' });
        await submit('Authority', 'EnergyRegistry:ApproveEntity', { entityId: young });
        await expect(register('roof', {}, young)).resolves.toBeDefined();
        await submit('Authority', 'EnergyRegistry:SuspendEntity', { entityId: young, reason: 'audit open' });
        await expectRefusal(register('roof-2', {}, young), 'ENTITY_NOT_IN_STATE', { state: 'suspended' });
        const facts = await facilityFactsOf(scenario, coop, 'roof-3');
        const nobody = submit('Cooperative', 'EnergyRegistry:RegisterFacility', { ...facts, entityId: 'nobody' });
        await expectRefusal(nobody, 'ENTITY_NOT_FOUND');
    });

    const typeCases: readonly (readonly [EntityKind, FacilityOptions['type'], boolean])[] = [
        ['nation', 'aggregate', true],
        ['nation', 'generation', false],
        ['nation', 'storage', false],
        ['cooperative', 'aggregate', false],
        ['producer', 'aggregate', false],
        ['producer', 'storage', true],
    ];
    it.each(typeCases)('of a %s may be %s: %s', async (kind, type, isAllowed) => {
        const owner = await activeEntity(scenario, 'owner', kind);
        const registered = register('roof', type === undefined ? {} : { type }, owner);
        if (isAllowed) await expect(registered).resolves.toMatchObject({ type });
        else await expectRefusal(registered, 'FACILITY_TYPE_NOT_ALLOWED', { kind });
    });

    it.each([
        ['storage', 'B16', false],
        ['storage', 'B10', true],
        ['generation', 'B25', false],
        ['generation', 'B10', false],
        ['generation', 'B14', true],
    ] as const)('of type %s takes carrier %s: %s', async (type, carrier, isAllowed) => {
        const registered = register('roof', { type, carrier });
        if (isAllowed) await expect(registered).resolves.toMatchObject({ carrier });
        else await expectRefusal(registered, 'FACILITY_CARRIER_NOT_ALLOWED', { carrier });
    });

    it("stands somewhere in its entity's country", async () => {
        await expectRefusal(register('roof', { country: 'BE' }), 'FACILITY_COUNTRY_MISMATCH', { country: 'BE' });
        await expectRefusal(register('roof', { location: null }), 'FACILITY_LOCATION_INVALID');
        const nation = await activeEntity(scenario, 'nation', 'nation');
        const somewhere = { type: 'aggregate', location: { latitudeMilli: 0, longitudeMilli: 0 } } as const;
        await expectRefusal(register('land', somewhere, nation), 'FACILITY_LOCATION_INVALID');
        await expectRefusal(
            register('land', { type: 'aggregate', carrier: 'B16' }, nation),
            'FACILITY_CARRIER_NOT_ALLOWED',
        );
    });

    it('is retired by who registered it, once, not in the past and not before its first day [V44]', async () => {
        await register();
        await expectRefusal(retire(dayAfter(0n), 'roof', 'Authority'), 'FACILITY_NOT_OWNED');
        await expectRefusal(retire(dayAfter(-1n)), 'RETIREMENT_INVALID', { earliest: dayAfter(0n) });
        await expect(retire(dayAfter(3n))).resolves.toMatchObject({ retiredOn: dayAfter(3n) });
        await expectRefusal(retire(dayAfter(9n)), 'FACILITY_RETIRED', { retiredOn: dayAfter(3n) });
        await register('plan', { commissionedOn: dayAfter(10n) });
        await expectRefusal(retire(dayAfter(9n), 'plan'), 'RETIREMENT_INVALID', { earliest: dayAfter(10n) });
        await expectRefusal(retire(dayAfter(9n), 'castle'), 'FACILITY_NOT_FOUND');
    });

    it('counts on its first and last days, on none before and after, and while its entity does [V50]', async () => {
        await register('roof', { commissionedOn: dayAfter(-2n) });
        await retire(dayAfter(2n));
        const check = async (days: bigint, facilityId = 'roof' as FacilityId) =>
            ask('EnergyRegistry:CheckFacility', { facilityId, day: dayAfter(days) });
        for (const days of [-2n, 0n, 2n]) await expect(check(days)).resolves.toMatchObject({ facilityId: 'roof' });
        for (const days of [-3n, 3n])
            await expectRefusal(check(days), 'FACILITY_NOT_OPERATING', { day: dayAfter(days) });
        await submit('Authority', 'EnergyRegistry:SuspendEntity', { entityId: coop, reason: 'audit open' });
        const stopped = { entityId: 'coop', obstacle: 'suspended', reason: 'audit open' };
        await expectRefusal(check(0n), 'ENTITY_NOT_ACTIVE', stopped);
        await expectRefusal(check(0n, 'castle' as FacilityId), 'FACILITY_NOT_FOUND');
    });

    it('is listed with all and with those of its entity, which are its own', async () => {
        await activeEntity(scenario, 'coop-2', 'cooperative');
        for (const [id, entityId] of [
            ['b', coop],
            ['a', coop],
            ['c', 'coop-2' as HolderId],
        ] as const)
            await register(id, {}, entityId);
        const paging = { pageSize: 10, bookmark: '' };
        const ids = ({ rows }: { rows: readonly { facilityId: FacilityId }[] }) => rows.map((row) => row.facilityId);
        expect(ids(await ask('EnergyRegistry:ListFacilities', paging))).toEqual(['a', 'b', 'c']);
        expect(ids(await ask('EnergyRegistry:ListFacilitiesOf', { entityId: coop, ...paging }))).toEqual(['a', 'b']);
    });
});

describe("a nation's aggregate", () => {
    const aggregate = { type: 'aggregate' } as const;

    it('is one for each day: the next begins after the last day of the one before', async () => {
        const nation = await activeEntity(scenario, 'nation', 'nation');
        await register('land', aggregate, nation);
        await expectRefusal(register('land-2', aggregate, nation), 'AGGREGATE_EXISTS', { facilityId: 'land' });
        await retire(dayAfter(5n), 'land');
        const from = async (days: bigint) =>
            register('land-2', { ...aggregate, commissionedOn: dayAfter(days) }, nation);
        await expectRefusal(from(5n), 'AGGREGATE_EXISTS');
        await expect(from(6n)).resolves.toBeDefined();
        await expectRefusal(register('land-3', aggregate, nation), 'AGGREGATE_EXISTS', { facilityId: 'land-2' });
    });
});

describe('a source', () => {
    interface Registration {
        readonly sourceId?: string;
        readonly kind?: SourceKind;
        readonly publicKey?: Uint8Array;
        readonly facilityId?: string | null;
    }
    const enrol = async (change: Registration = {}, mspId = 'Cooperative') => {
        const facts = { sourceId: 'meter', kind: 'sensor', displayName: 'Meter', facilityId: 'roof' };
        const { publicKey } = newHolder();
        return submit(mspId, 'EnergyRegistry:RegisterSource', { ...facts, publicKey, ...change });
    };
    const revoke = async (mspId = 'Cooperative', sourceId = 'meter' as SourceId) =>
        submit(mspId, 'EnergyRegistry:RevokeSource', { sourceId, reason: 'stolen' });

    beforeEach(async () => {
        await register();
    });

    it('is a device of one facility, or a provider of none', async () => {
        await expect(enrol()).resolves.toMatchObject({
            facilityId: 'roof',
            registeredBy: 'cooperative',
            revoked: null,
        });
        await expectRefusal(enrol({ sourceId: 'm2', facilityId: null }), 'SOURCE_FACILITY_INVALID', { kind: 'sensor' });
        for (const kind of ['satellite', 'financial', 'audit'] as const) {
            await expectRefusal(enrol({ sourceId: kind, kind }), 'SOURCE_FACILITY_INVALID', { kind });
            await expect(enrol({ sourceId: kind, kind, facilityId: null })).resolves.toMatchObject({ kind });
        }
    });

    it("is bound to a facility of the member's own that is still at work [V44]", async () => {
        await expectRefusal(enrol({ facilityId: 'castle' }), 'FACILITY_NOT_FOUND');
        await expectRefusal(enrol({}, 'Authority'), 'FACILITY_NOT_OWNED', { participantId: 'cooperative' });
        await retire(dayAfter(0n));
        await expect(enrol()).resolves.toBeDefined();
        scenario.ledger.time += 86_400n;
        await expectRefusal(enrol({ sourceId: 'late' }), 'FACILITY_RETIRED');
    });

    it.each([
        ['small order', 'KEY_SMALL_ORDER', Uint8Array.from([1, ...new Array<number>(31).fill(0)])],
        ['bytes that are not canonical', 'KEY_NOT_CANONICAL', new Uint8Array(32).fill(0xff)],
        ['no point of the curve', 'KEY_NOT_ON_CURVE', Uint8Array.from([2, ...new Array<number>(31).fill(0)])],
    ] as const)('has no key of %s [V82]', async (_, code, publicKey) => {
        await expectRefusal(enrol({ publicKey }), code);
    });

    it('has a key of its own for ever: no other source, no attester, revoked or not [V30 V84]', async () => {
        const { publicKey } = await sourceFor(scenario, 'sensor', 'meter', 'roof');
        await expectRefusal(enrol({ sourceId: 'copy', publicKey }), 'KEY_ALREADY_USED');
        await revoke();
        await expectRefusal(enrol({ sourceId: 'copy', publicKey }), 'KEY_ALREADY_USED');
        await expectRefusal(enrol(), 'SOURCE_EXISTS');
        const attester = scenario.attesters.get('ops')?.publicKey ?? new Uint8Array();
        await expectRefusal(enrol({ sourceId: 'ops', publicKey: attester }), 'KEY_ALREADY_USED');
        const signer = submit('Authority', 'Registry:RegisterSigner', { signerId: 'thief', role: 'ops', publicKey });
        await expectRefusal(signer, 'KEY_ALREADY_USED');
    });

    it('is revoked for good by the member that registered it [V44 V50]', async () => {
        await enrol();
        await expectRefusal(revoke('Authority'), 'SOURCE_NOT_OWNED', { participantId: 'cooperative' });
        await expectRefusal(revoke('Cooperative', 'nobody' as SourceId), 'SOURCE_NOT_FOUND');
        const source = await revoke();
        expect(source.revoked).toEqual({ at: scenario.ledger.time, reason: 'stolen' });
        await expectRefusal(revoke(), 'SOURCE_REVOKED');
        await expect(ask('EnergyRegistry:DescribeSource', { sourceId: source.sourceId })).resolves.toEqual(source);
        const { rows } = await ask('EnergyRegistry:ListSources', { pageSize: 10, bookmark: '' });
        expect(rows).toEqual([source]);
        await expectRefusal(
            ask('EnergyRegistry:DescribeSource', { sourceId: 'nobody' as SourceId }),
            'SOURCE_NOT_FOUND',
        );
    });
});
