// SPDX-License-Identifier: Apache-2.0
import type { RequestId, SignerId } from '@power-currency/domain';
import { Scenario, simulatedIdentity } from '../testing/index.js';
import { newHolder } from '../testing/scenario.js';
import { expectRefusal } from '../testing/refusals.js';

let scenario: Scenario;
afterEach(() => {
    scenario.close();
});

const registration = { participantId: 'authority', displayName: 'Grid Authority' } as never;

describe('RegisterParticipant', () => {
    beforeEach(async () => {
        scenario = await Scenario.empty();
    });

    it('gives a member what the founding agreement says', async () => {
        const admin = scenario.person('AuthorityMSP', 'admin');
        const participant = await scenario.submit(admin, 'Registry:RegisterParticipant', registration);
        expect(participant).toMatchObject({
            mspId: 'AuthorityMSP',
            attesterRole: 'ops',
            isIssuer: false,
            isTreasury: true,
            votingWeight: 1n,
        });
        await expect(scenario.ledger.evaluate(admin, 'Registry:ListParticipants', {})).resolves.toEqual([participant]);
    });

    it('lets a client with the registrar attribute register', async () => {
        const attributes = { 'power.role': 'delegate, registrar' };
        const client = simulatedIdentity({ mspId: 'AuthorityMSP', enrolmentId: 'rita', attributes });
        await expect(scenario.submit(client, 'Registry:RegisterParticipant', registration)).resolves.toBeDefined();
    });

    it('refuses an ordinary client', async () => {
        const client = scenario.person('AuthorityMSP');
        const refused = scenario.submit(client, 'Registry:RegisterParticipant', registration);
        await expectRefusal(refused, 'CALLER_NOT_AUTHORISED', { rolesHeld: ['reader'] });
    });

    it('refuses the admin of an organisation that is no member', async () => {
        const admin = scenario.person('RegulatorMSP', 'admin');
        const refused = scenario.submit(admin, 'Registry:RegisterParticipant', registration);
        await expectRefusal(refused, 'CALLER_NOT_AUTHORISED');
    });

    it("refuses another member's id", async () => {
        const admin = scenario.person('CooperativeMSP', 'admin');
        const refused = scenario.submit(admin, 'Registry:RegisterParticipant', registration);
        await expectRefusal(refused, 'PARTICIPANT_ID_MISMATCH', { expected: 'cooperative' });
    });

    it('refuses a second registration [V45]', async () => {
        const admin = scenario.person('AuthorityMSP', 'admin');
        await scenario.submit(admin, 'Registry:RegisterParticipant', registration);
        await expectRefusal(scenario.submit(admin, 'Registry:RegisterParticipant', registration), 'PARTICIPANT_EXISTS');
    });
});

describe('a repeated request', () => {
    beforeEach(async () => {
        scenario = await Scenario.empty();
    });

    it('returns the first result and writes nothing [V85]', async () => {
        const admin = scenario.person('AuthorityMSP', 'admin');
        const request = { requestId: 'once' as RequestId, ...(registration as object) } as never;
        const first = await scenario.ledger.submit(admin, 'Registry:RegisterParticipant', request);
        const before = await scenario.ledger.state();
        scenario.ledger.time += 60n;
        await expect(scenario.ledger.submit(admin, 'Registry:RegisterParticipant', request)).resolves.toEqual(first);
        await expect(scenario.ledger.state()).resolves.toEqual(before);
    });

    it('is refused with another body [V85]', async () => {
        const admin = scenario.person('AuthorityMSP', 'admin');
        const request = { requestId: 'once' as RequestId, ...(registration as object) };
        await scenario.ledger.submit(admin, 'Registry:RegisterParticipant', request as never);
        const other = { ...request, displayName: 'Other' } as never;
        await expectRefusal(scenario.ledger.submit(admin, 'Registry:RegisterParticipant', other), 'REQUEST_CONFLICT');
    });

    it("is another one for another organisation's caller", async () => {
        const cooperative = { requestId: 'once', participantId: 'cooperative', displayName: 'Coop' } as never;
        const authority = { requestId: 'once', ...(registration as object) } as never;
        const [a, c] = [scenario.person('AuthorityMSP', 'admin'), scenario.person('CooperativeMSP', 'admin')];
        await scenario.ledger.submit(a, 'Registry:RegisterParticipant', authority);
        await expect(scenario.ledger.submit(c, 'Registry:RegisterParticipant', cooperative)).resolves.toBeDefined();
    });
});

describe('RegisterSigner', () => {
    const signerId = 'authority-2' as SignerId;

    beforeEach(async () => {
        scenario = await Scenario.founded();
    });

    const register = async (value: object, mspId = 'AuthorityMSP'): Promise<unknown> =>
        scenario.submit(scenario.person(mspId, 'admin'), 'Registry:RegisterSigner', {
            signerId,
            role: 'ops',
            publicKey: newHolder().publicKey,
            ...value,
        });

    it('registers a key that the registry then lists', async () => {
        await register({});
        const signers = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Registry:ListSigners', {});
        expect(signers.map((signer) => signer.signerId)).toEqual([
            'authority-1',
            'authority-2',
            'centralbank-1',
            'cooperative-1',
        ]);
    });

    it('refuses a role the member does not hold', async () => {
        await expectRefusal(register({ role: 'risk' }), 'SIGNER_ROLE_NOT_HELD', { role: 'risk' });
    });

    it('refuses a key of small order, before looking at the id [V82]', async () => {
        const publicKey = Uint8Array.from([1, ...new Array<number>(31).fill(0)]);
        await expectRefusal(register({ publicKey, signerId: 'authority-1' }), 'KEY_SMALL_ORDER');
    });

    it('refuses a key that is not canonical', async () => {
        const publicKey = new Uint8Array(32).fill(0xff);
        await expectRefusal(register({ publicKey }), 'KEY_NOT_CANONICAL');
    });

    it('refuses an id that is taken', async () => {
        await expectRefusal(register({ signerId: 'authority-1' }), 'SIGNER_EXISTS');
    });

    it('refuses a key that is registered, also by another member [V46]', async () => {
        const publicKey = scenario.attesters.get('data')?.publicKey;
        await expectRefusal(register({ publicKey }), 'KEY_ALREADY_USED');
    });

    it('refuses before the participant is registered', async () => {
        scenario.close();
        scenario = await Scenario.empty();
        await expectRefusal(register({}), 'PARTICIPANT_NOT_FOUND', { participantId: 'authority' });
    });
});

describe('RevokeSigner', () => {
    beforeEach(async () => {
        scenario = await Scenario.founded();
    });

    const revoke = async (signerId: string, mspId = 'AuthorityMSP') =>
        scenario.submit(scenario.person(mspId, 'admin'), 'Registry:RevokeSigner', { signerId: signerId as SignerId });

    it('ends a signer for good: neither its id nor its key can be registered again [V30 V50]', async () => {
        await expect(revoke('authority-1')).resolves.toMatchObject({ revokedAt: scenario.ledger.time });
        await expectRefusal(revoke('authority-1'), 'SIGNER_REVOKED');
        const publicKey = scenario.attesters.get('ops')?.publicKey ?? new Uint8Array();
        const again = { signerId: 'authority-9' as SignerId, role: 'ops', publicKey } as const;
        const admin = scenario.person('AuthorityMSP', 'admin');
        await expectRefusal(scenario.submit(admin, 'Registry:RegisterSigner', again), 'KEY_ALREADY_USED');
    });

    it('refuses an unknown signer', async () => {
        await expectRefusal(revoke('nobody'), 'SIGNER_NOT_FOUND');
    });

    it("refuses another member's signer [V44]", async () => {
        await expectRefusal(revoke('authority-1', 'CooperativeMSP'), 'SIGNER_NOT_OWNED');
    });
});

describe('queries', () => {
    it('tell the caller who it is', async () => {
        scenario = await Scenario.founded();
        const bank = scenario.person('CentralBankMSP', 'admin');
        await expect(scenario.ledger.evaluate(bank, 'Registry:WhoAmI', {})).resolves.toEqual({
            mspId: 'CentralBankMSP',
            enrolmentId: 'admin1',
            participantId: 'centralbank',
            roles: ['reader', 'registrar', 'member', 'delegate', 'compliance', 'issuer'],
        });
    });

    it('refuse to describe a participant nobody registered', async () => {
        scenario = await Scenario.empty();
        const query = { participantId: 'authority' as never };
        const asked = scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Registry:DescribeParticipant', query);
        await expectRefusal(asked, 'PARTICIPANT_NOT_FOUND');
    });
});
