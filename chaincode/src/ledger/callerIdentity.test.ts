// SPDX-License-Identifier: Apache-2.0
import { Scenario, simulatedIdentity } from '../testing/index.js';
import { refusalOf } from '../testing/refusals.js';

let scenario: Scenario;
beforeAll(async () => {
    scenario = await Scenario.founded();
});
afterAll(() => {
    scenario.close();
});

const whoIs = async (options: Omit<Parameters<typeof simulatedIdentity>[0], 'mspId'>) =>
    scenario.ledger.evaluate(simulatedIdentity({ mspId: 'AuthorityMSP', ...options }), 'Registry:WhoAmI', {});

describe('a caller', () => {
    it('is named by its enrolment attribute, or else by its common name', async () => {
        const attributes = { 'hf.EnrollmentID': 'alice' };
        await expect(whoIs({ enrolmentId: 'cn', attributes })).resolves.toMatchObject({ enrolmentId: 'alice' });
        await expect(whoIs({ enrolmentId: 'cn' })).resolves.toMatchObject({ enrolmentId: 'cn' });
    });

    it.each(['x/OU=admin', 'x, OU=admin', 'x+OU=admin', 'x\nOU=admin', 'OU=admin'])(
        'called %j is no admin for it [V42]',
        async (enrolmentId) => {
            const { roles } = await whoIs({ enrolmentId, units: [] });
            expect(roles).toEqual(['reader']);
        },
    );

    it.each(['x+OU=admin', 'admin\nOU=admin'])('of the unit %j is no admin [V42]', async (unit) => {
        const { roles } = await whoIs({ enrolmentId: 'x', units: [unit] });
        expect(roles).toEqual(['reader']);
    });

    it('without a name is refused', async () => {
        expect(await refusalOf(whoIs({ enrolmentId: '' }))).toMatchObject({ code: 'CALLER_IDENTITY_INVALID' });
    });
});
