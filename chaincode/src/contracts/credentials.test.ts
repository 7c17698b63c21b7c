// SPDX-License-Identifier: Apache-2.0
import type { ArgumentsOf, CredentialKind, HolderId, WalletId } from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

let scenario: Scenario;
beforeEach(async () => {
    scenario = await Scenario.founded();
});
afterEach(() => {
    scenario.close();
});

const held = { holderId: 'solar' as HolderId, kind: 'provider' as CredentialKind };
const grant = async (change: Partial<ArgumentsOf<'Registry:GrantCredential'>> = {}, mspId = 'CooperativeMSP') =>
    scenario.submit(scenario.person(mspId, 'admin'), 'Registry:GrantCredential', {
        ...{ ...held, evidence: new Uint8Array(32), expiresAt: (scenario.ledger.time + 100n) as never },
        ...change,
    });
const revoke = async (mspId = 'CooperativeMSP') =>
    scenario.submit(scenario.person(mspId, 'admin'), 'Registry:RevokeCredential', { ...held, reason: 'fraud' });
const check = async (walletId: string, kind: CredentialKind = 'provider') =>
    scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Registry:CheckCredential', {
        ...{ walletId: walletId as WalletId, kind },
    });

describe('a credential', () => {
    it("is good for every wallet of its holder, and for nobody else's [V44]", async () => {
        const credential = await grant();
        await expect(check('solar')).resolves.toEqual(credential);
        await expect(check('solar.sales')).resolves.toEqual(credential);
        await expectRefusal(check('solar-2'), 'CREDENTIAL_MISSING');
        await expectRefusal(check('solar', 'verifier'), 'CREDENTIAL_MISSING');
    });

    it('ends when its time has come, to the second', async () => {
        const { expiresAt } = await grant();
        scenario.ledger.time = expiresAt;
        // The ledger's clock has not moved on, but the client's has.
        await expectRefusal(check('solar'), 'CREDENTIAL_EXPIRED', { expiresAt: expiresAt.toString() });
        await expectRefusal(grant({ expiresAt }), 'CREDENTIAL_EXPIRED');
    });

    it('is renewed and revoked by the member that granted it alone [V46]', async () => {
        await grant();
        await expectRefusal(grant({}, 'AuthorityMSP'), 'CREDENTIAL_NOT_OWNED', { grantedBy: 'cooperative' });
        await expectRefusal(revoke('AuthorityMSP'), 'CREDENTIAL_NOT_OWNED');
        const later = (scenario.ledger.time + 200n) as never;
        await expect(grant({ expiresAt: later })).resolves.toMatchObject({ expiresAt: later });
    });

    it('that was revoked is none, until any member grants it anew', async () => {
        await expectRefusal(revoke(), 'CREDENTIAL_MISSING');
        await grant();
        await expect(revoke()).resolves.toMatchObject({ revoked: { reason: 'fraud' } });
        await expectRefusal(check('solar'), 'CREDENTIAL_REVOKED');
        await expectRefusal(revoke(), 'CREDENTIAL_REVOKED');
        await expect(grant({}, 'AuthorityMSP')).resolves.toMatchObject({ grantedBy: 'authority', revoked: null });
    });

    it('is listed, whatever became of it', async () => {
        await grant();
        await grant({ kind: 'dealer' });
        await revoke();
        const query = { pageSize: 10, bookmark: '' };
        const { rows } = await scenario.ledger.evaluate(
            scenario.person('RegulatorMSP'),
            'Registry:ListCredentials',
            query,
        );
        expect(rows.map(({ kind, revoked }) => [kind, revoked === null])).toEqual([
            ['dealer', true],
            ['provider', false],
        ]);
        const found = scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Registry:DescribeCredential', held);
        await expect(found).resolves.toMatchObject({ revoked: { reason: 'fraud' } });
    });
});
