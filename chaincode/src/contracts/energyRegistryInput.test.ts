// SPDX-License-Identifier: Apache-2.0
import {
    encodeArguments,
    type HolderId,
    type Json,
    type RequestId,
    type TransactionName,
} from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { activeEntity, applicationOf, facilityFactsOf } from '../testing/energySteps.js';
import { expectRefusal } from '../testing/refusals.js';
import { newHolder } from '../testing/scenario.js';

let scenario: Scenario;
let valid: Readonly<Record<'apply' | 'register' | 'enrol', readonly [TransactionName, Record<string, Json>]>>;

beforeAll(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet('new');
    const coop = await activeEntity(scenario, 'coop', 'cooperative');
    const wire = <N extends TransactionName>(name: N, value: object): readonly [N, Record<string, Json>] => [
        name,
        JSON.parse(encodeArguments(name, { requestId: 'hostile' as RequestId, ...value } as never)) as Record<
            string,
            Json
        >,
    ];
    const { publicKey } = newHolder();
    valid = {
        apply: wire('EnergyRegistry:ApplyEntity', applicationOf(scenario, 'new', 'cooperative')),
        register: wire('EnergyRegistry:RegisterFacility', await facilityFactsOf(scenario, coop, 'roof')),
        enrol: wire('EnergyRegistry:RegisterSource', {
            ...{ sourceId: 'sky', kind: 'satellite', publicKey, displayName: 'Sky', facilityId: null },
        }),
    };
});
afterAll(() => {
    scenario.close();
});

const document = { kind: 'legal-registration', digest: '4f'.repeat(32), issuer: 'court', expiresAt: '1900000000' };

const cases: readonly (readonly [keyof typeof valid, string, Json, string])[] = [
    ['apply', 'entityId', 'coop.savings', 'entityId'],
    ['apply', 'entityId', 'Coop', 'entityId'],
    ['apply', 'entityId', '../coop', 'entityId'],
    ['apply', 'kind', '__proto__', 'kind'],
    ['apply', 'kind', 'constructor', 'kind'],
    ['apply', 'displayName', 'Coop\u202e eG', 'displayName'],
    ['apply', 'displayName', '', 'displayName'],
    ['apply', 'country', 'nl', 'country'],
    ['apply', 'country', 'NLD', 'country'],
    ['apply', 'parentId', '', 'parentId'],
    ['apply', 'state', 'active', 'state'],
    ['apply', 'evidence', [], 'evidence'],
    ['apply', 'evidence', Array<Json>(9).fill(document), 'evidence'],
    ['apply', 'evidence', { length: 1, 0: document }, 'evidence'],
    ['apply', 'evidence', [{ ...document, digest: '4f' }], 'evidence[0].digest'],
    ['apply', 'evidence', [{ ...document, expiresAt: 1_900_000_000 }], 'evidence[0].expiresAt'],
    ['apply', 'evidence', [{ ...document, expiresAt: '99999999999999999999' }], 'evidence[0].expiresAt'],
    ['apply', 'evidence', [{ ...document, examined: true }], 'evidence[0].examined'],
    ['register', 'nameplateW', '0', 'nameplateW'],
    ['register', 'nameplateW', '-5', 'nameplateW'],
    ['register', 'nameplateW', '1e6', 'nameplateW'],
    ['register', 'nameplateW', 1_000_000, 'nameplateW'],
    ['register', 'carrier', 'A04', 'carrier'],
    ['register', 'zone', '10YNL----------l', 'zone'],
    ['register', 'location', { latitudeMilli: 90_001, longitudeMilli: 0 }, 'location.latitudeMilli'],
    ['register', 'location', { latitudeMilli: 0, longitudeMilli: -180_001 }, 'location.longitudeMilli'],
    ['register', 'intervalMinutes', '20', 'intervalMinutes'],
    ['register', 'commissionedOn', '2023-02-29', 'commissionedOn'],
    ['register', 'retiredOn', null, 'retiredOn'],
    ['enrol', 'kind', 'oracle', 'kind'],
    ['enrol', 'publicKey', '4F'.repeat(32), 'publicKey'],
    ['enrol', 'sourceId', 'a\u0000b', 'sourceId'],
];

it.each(cases)(
    'a request to %s with a hostile %s is refused by name, case %# [V61 V62 V64 V66 V68]',
    async (what, name, value, field) => {
        const [transaction, request] = valid[what];
        const argument = JSON.stringify({ ...request, [name]: value });
        const call = { identity: scenario.person('CooperativeMSP', 'admin'), transaction, argument };
        await expectRefusal(scenario.ledger.submitText(call), 'INVALID_ARGUMENT', { field });
    },
);

it('what the cases start from is itself accepted', async () => {
    for (const [transaction, request] of Object.values(valid)) {
        const identity = scenario.person('CooperativeMSP', 'admin');
        const argument = JSON.stringify({ ...request, requestId: transaction.toLowerCase().replace(':', '-') });
        await expect(scenario.ledger.submitText({ identity, transaction, argument })).resolves.toMatchObject({
            code: 'VALID',
        });
    }
    const query = { entityId: 'new' as HolderId };
    const found = scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'EnergyRegistry:DescribeEntity', query);
    await expect(found).resolves.toMatchObject({ state: 'applied' });
});
