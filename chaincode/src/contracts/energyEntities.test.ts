// SPDX-License-Identifier: Apache-2.0
import {
    encodeArguments,
    type EntityKind,
    type EvidenceKind,
    type HolderId,
    type RequestId,
    requiredEvidence,
} from '@power-currency/domain';
import { Scenario } from '../testing/index.js';
import { activeEntity, applicationOf, evidenceOf } from '../testing/energySteps.js';
import { entitySteps } from '../testing/entitySteps.js';
import { expectRefusal } from '../testing/refusals.js';

let scenario: Scenario;
beforeEach(async () => {
    scenario = await Scenario.founded();
});
afterEach(() => {
    scenario.close();
});

const coop = 'coop' as HolderId;
const { submit, apply, approve, grant, activate, suspend, reinstate, revoke, obstacle, roster } = entitySteps(
    () => scenario,
);

describe('an application', () => {
    it('is brought in by the member that keeps the wallets, and counts for nothing', async () => {
        const entity = await apply();
        expect(entity).toMatchObject({ state: 'applied', sponsor: 'cooperative', approvedBy: null });
        expect(await obstacle()).toBe('applied');
    });

    it('takes no line of the roster until another member approves it, nor when it is withdrawn', async () => {
        await apply();
        await apply('other');
        expect(await roster()).toEqual([]);
        await approve();
        await revoke('Cooperative', 'other' as HolderId);
        expect(await roster()).toEqual(['coop approved -']);
    });

    it("is not brought in for a holder without a wallet, nor for another member's customer [V44 V51]", async () => {
        const stranger = applicationOf(scenario, 'nobody', 'cooperative');
        await expectRefusal(submit('Cooperative', 'EnergyRegistry:ApplyEntity', stranger), 'HOLDER_NOT_FOUND');
        await scenario.openWallet('bank-customer', 'CentralBankMSP');
        await expectRefusal(apply('bank-customer'), 'HOLDER_NOT_CUSTODIAN', { custodian: 'centralbank' });
    });

    const cases = Object.entries(requiredEvidence).flatMap(([kind, needed]) =>
        needed.map((evidence) => [kind as EntityKind, evidence] as const),
    );
    it.each(cases)('of a %s is refused without its %s, or with one whose time is over', async (kind, evidence) => {
        const all = evidenceOf(scenario, kind);
        const rest = all.filter((document) => document.kind !== evidence);
        await expectRefusal(apply('coop', kind, { evidence: rest }), 'EVIDENCE_MISSING', { evidence });
        const expired = all.map((document) =>
            document.kind === evidence ? { ...document, expiresAt: scenario.later(0n) } : document,
        );
        await expectRefusal(apply('coop', kind, { evidence: expired }), 'EVIDENCE_EXPIRED', { evidence });
        await expect(apply('coop', kind)).resolves.toBeDefined();
    });

    it('has each document once, and none of another kind of entity', async () => {
        const [first, second] = evidenceOf(scenario, 'cooperative');
        if (first === undefined || second === undefined) throw new Error('a cooperative proves two things');
        const twice = { evidence: [first, second, first] };
        await expectRefusal(apply('coop', 'cooperative', twice), 'EVIDENCE_NOT_NEEDED', { evidence: first.kind });
        const foreign = { evidence: [...evidenceOf(scenario, 'producer'), first, second] };
        await expectRefusal(apply('coop', 'cooperative', foreign), 'EVIDENCE_NOT_NEEDED', {
            evidence: 'regulatory-compliance',
        });
    });

    it('takes an id for ever [V30]', async () => {
        await apply();
        await expectRefusal(apply(), 'ENTITY_EXISTS');
        await revoke('Cooperative');
        await expectRefusal(apply(), 'ENTITY_EXISTS');
    });

    it('approved beside another one in a block is approved alone, so that the roster loses no line [V21]', async () => {
        await apply();
        await apply('other');
        const identity = scenario.person('AuthorityMSP', 'admin');
        const calls = ['coop', 'other'].map((name) => ({
            identity,
            transaction: 'EnergyRegistry:ApproveEntity',
            argument: encodeArguments('EnergyRegistry:ApproveEntity', {
                ...{ entityId: name as HolderId, requestId: name as RequestId },
            }),
        }));
        const endorsed = await Promise.all(calls.map(async (call) => scenario.ledger.endorse(call)));
        const codes = (await scenario.ledger.commit(endorsed)).map(({ code }) => code);
        expect(codes).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        expect(await roster()).toEqual(['coop approved -']);
    });
});

describe('an entity', () => {
    it('is approved by another member than its sponsor [V46]', async () => {
        await apply();
        await expectRefusal(approve('Cooperative'), 'SECOND_ORGANISATION_NEEDED', { participantId: 'cooperative' });
        await expect(approve()).resolves.toMatchObject({ state: 'approved', approvedBy: 'authority' });
        await expectRefusal(approve('CentralBank'), 'ENTITY_NOT_IN_STATE', { state: 'approved', needed: ['applied'] });
    });

    it('is not approved on documents that ended meanwhile', async () => {
        const [first, second] = evidenceOf(scenario, 'cooperative');
        if (first === undefined || second === undefined) throw new Error('a cooperative proves two things');
        const evidence = [first, { ...second, expiresAt: scenario.later(100n) }];
        await apply('coop', 'cooperative', { evidence });
        scenario.ledger.time += 100n;
        await expectRefusal(approve(), 'EVIDENCE_EXPIRED', { evidence: 'authority-approval' });
    });

    it('is active only with an issuance credential [V50]', async () => {
        await apply();
        await expectRefusal(activate(), 'ENTITY_NOT_IN_STATE', { state: 'applied' });
        await approve();
        await expectRefusal(activate(), 'CREDENTIAL_MISSING', { kind: 'issuance' });
        await grant();
        await expect(activate()).resolves.toMatchObject({ state: 'active' });
        expect(await obstacle()).toBeNull();
        expect(await roster()).toEqual(['coop active -']);
    });

    it('is neither activated nor counted on a credential that its sponsor granted [V46]', async () => {
        const credential = { holderId: coop, kind: 'issuance', evidence: new Uint8Array(32) };
        const ownGrant = async () =>
            submit('Cooperative', 'Registry:GrantCredential', { ...credential, expiresAt: scenario.later(1_000n) });
        const end = async (mspId: string) =>
            submit(mspId, 'Registry:RevokeCredential', { holderId: coop, kind: 'issuance', reason: 'why' });
        await apply();
        await approve();
        await ownGrant();
        await expectRefusal(activate(), 'SECOND_ORGANISATION_NEEDED', { participantId: 'cooperative' });
        await end('Cooperative');
        await grant();
        await activate();
        await end('Authority');
        await ownGrant();
        expect(await obstacle()).toBe('credential-of-sponsor');
        await suspend('Authority');
        await expectRefusal(reinstate('CentralBank'), 'SECOND_ORGANISATION_NEEDED', { participantId: 'cooperative' });
    });

    it('stops counting when its credential or a document ends, to the second [V50 V80]', async () => {
        await activeEntity(scenario, 'coop', 'cooperative', { credentialSeconds: 100n });
        scenario.ledger.time += 99n;
        expect(await obstacle()).toBeNull();
        scenario.ledger.time += 1n;
        expect(await obstacle()).toBe('credential-expired');
        await grant(coop, 400_000_000n);
        expect(await obstacle()).toBeNull();
        await submit('Authority', 'Registry:RevokeCredential', { holderId: coop, kind: 'issuance', reason: 'why' });
        expect(await obstacle()).toBe('credential-revoked');
        await grant(coop, 400_000_000n);
        scenario.ledger.time += 315_360_000n;
        expect(await obstacle()).toBe('legal-registration-expired');
    });

    it('renews a document through a member that does not sponsor it [V46]', async () => {
        await activeEntity(scenario, 'coop', 'cooperative');
        const [document] = evidenceOf(scenario, 'cooperative');
        const renewed = { ...document, entityId: coop, issuer: 'court', expiresAt: scenario.later(400_000_000n) };
        const renew = async (mspId: string, change: object = {}) =>
            submit(mspId, 'EnergyRegistry:RenewEvidence', { ...renewed, ...change });
        await expectRefusal(renew('Cooperative'), 'SECOND_ORGANISATION_NEEDED');
        const foreign: { kind: EvidenceKind } = { kind: 'insurance-bond' };
        await expectRefusal(renew('Authority', foreign), 'EVIDENCE_NOT_NEEDED', { evidence: 'insurance-bond' });
        await expectRefusal(renew('Authority', { expiresAt: scenario.later(0n) }), 'EVIDENCE_EXPIRED');
        const { evidence } = await renew('Authority');
        expect(evidence.map(({ kind, issuer }) => [kind, issuer])).toEqual([
            ['legal-registration', 'court'],
            ['authority-approval', 'office of authority-approval'],
        ]);
    });

    it('is stopped by any member at once, and set free by another one than its sponsor [V46 V50]', async () => {
        await activeEntity(scenario, 'coop', 'cooperative');
        await expect(suspend('Cooperative')).resolves.toMatchObject({ state: 'suspended', reason: 'audit open' });
        expect(await obstacle()).toBe('suspended');
        await expectRefusal(activate(), 'ENTITY_NOT_IN_STATE', { state: 'suspended' });
        await expectRefusal(reinstate('Cooperative'), 'SECOND_ORGANISATION_NEEDED');
        await expect(reinstate('Authority')).resolves.toMatchObject({ state: 'active', suspendedBy: null });
        expect(await obstacle()).toBeNull();
    });

    it('is not set free without what its activation took [V50]', async () => {
        await activeEntity(scenario, 'coop', 'cooperative', { credentialSeconds: 100n });
        await suspend('Authority');
        scenario.ledger.time += 100n;
        await expectRefusal(reinstate('CentralBank'), 'CREDENTIAL_EXPIRED');
    });

    it('is revoked by two members, for ever [V30 V46]', async () => {
        await activeEntity(scenario, 'coop', 'cooperative');
        await expectRefusal(revoke('Authority'), 'ENTITY_NOT_IN_STATE', { state: 'active' });
        await suspend('Authority');
        await expectRefusal(revoke('Authority'), 'SECOND_ORGANISATION_NEEDED', { participantId: 'authority' });
        await expect(revoke('CentralBank')).resolves.toMatchObject({ state: 'revoked', suspendedBy: 'authority' });
        expect(await obstacle()).toBe('revoked');
        expect(await roster()).toEqual(['coop revoked -']);
        for (const again of [activate(), approve(), suspend('Authority'), reinstate('Authority'), revoke('Authority')])
            await expectRefusal(again, 'ENTITY_NOT_IN_STATE', { state: 'revoked' });
    });

    it('as an application is withdrawn by its sponsor alone [V44]', async () => {
        await apply();
        await expectRefusal(revoke('Authority'), 'ENTITY_NOT_OWNED', { sponsor: 'cooperative' });
        await expect(revoke('Cooperative')).resolves.toMatchObject({ state: 'revoked', suspendedBy: null });
    });

    it('is not judged by a clock that was put back [V80]', async () => {
        scenario.ledger.time += 100n;
        const { appliedAt } = await apply();
        scenario.ledger.time -= 100n;
        expect((await approve()).changedAt).toBe(appliedAt);
        scenario.ledger.time += 200n;
        const [document] = evidenceOf(scenario, 'cooperative');
        const renewal = { entityId: coop, ...document };
        const { changedAt } = await submit('Authority', 'EnergyRegistry:RenewEvidence', renewal);
        scenario.ledger.time -= 50n;
        expect((await suspend('Authority')).changedAt).toBe(changedAt);
    });

    it('nobody brought in is refused by name', async () => {
        await expectRefusal(approve(), 'ENTITY_NOT_FOUND', { entityId: 'coop' });
        await expectRefusal(obstacle(), 'ENTITY_NOT_FOUND');
    });
});

describe('the list of entities', () => {
    it('is in pages, in order of ids', async () => {
        for (const name of ['b', 'a', 'c']) await apply(name);
        const regulator = scenario.person('RegulatorMSP');
        const page = async (bookmark: string) =>
            scenario.ledger.evaluate(regulator, 'EnergyRegistry:ListEntities', { pageSize: 2, bookmark });
        const first = await page('');
        const second = await page(first.bookmark);
        expect([first, second].map(({ rows }) => rows.map(({ entityId }) => entityId))).toEqual([['a', 'b'], ['c']]);
        const query = { entityId: 'b' as HolderId };
        const found = scenario.ledger.evaluate(regulator, 'EnergyRegistry:DescribeEntity', query);
        await expect(found).resolves.toMatchObject({ sponsor: 'cooperative' });
    });
});
