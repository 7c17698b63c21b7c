// SPDX-License-Identifier: Apache-2.0
import { type ArgumentsOf, encodeArguments, hex, money, type WalletId } from '@power-currency/domain';
import { Scenario, simulatedIdentity, type SimulatedIdentity } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { sha256 } from '../testing/scenario.js';

const day = '2026-11-19';
const anna = 'anna' as WalletId;
type Mint = ArgumentsOf<'PowerCredit:Mint'>;
let scenario: Scenario;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(anna);
    await scenario.attestDay(day, 10n ** 12n);
    await scenario.mandate('limit', { kind: 'parameter', name: 'fourEyesLimit', value: '100' });
});
afterEach(() => {
    scenario.close();
});

const bank = () => scenario.person('CentralBankMSP');
const officer = (mspId: string) => scenario.person(mspId, 'admin');
const command = (change: Partial<Mint> = {}): Mint => ({
    ...{ requestId: 'large' as never, day: day as never, amount: money(101n), to: anna, ...change },
});
const digestOf = (value: Mint) => sha256(Buffer.from(`PowerCredit:Mint ${encodeArguments('PowerCredit:Mint', value)}`));
const issue = async (value = command()) => scenario.ledger.submit(bank(), 'PowerCredit:Mint', value);
const propose = async (seconds = 1_000n, value = command()) =>
    scenario.submit(bank(), 'Compliance:ProposeOperation', {
        ...{ transaction: 'PowerCredit:Mint', commandDigest: digestOf(value), expiresAt: scenario.later(seconds) },
    });
const approve = async (by: SimulatedIdentity = officer('AuthorityMSP')) =>
    scenario.submit(by, 'Compliance:ApproveOperation', { commandDigest: digestOf(command()) });
const states = async () => {
    const query = { pageSize: 10, bookmark: '' };
    const { rows } = await scenario.ledger.evaluate(
        scenario.person('RegulatorMSP'),
        'Compliance:ListOperations',
        query,
    );
    return rows.map(({ state }) => state);
};

describe('a large operation', () => {
    it('is decided by one person up to the limit, and not one unit more [V46]', async () => {
        await expect(issue(command({ amount: money(100n) }))).resolves.toBeDefined();
        const large = command({ requestId: 'larger' as never });
        await expectRefusal(issue(large), 'APPROVAL_NOT_FOUND', { commandDigest: hex(digestOf(large)) });
    });

    it('is carried out once proposed and approved, and once alone', async () => {
        await propose();
        await expectRefusal(issue(), 'APPROVAL_NOT_IN_STATE', { state: 'proposed' });
        await approve();
        const first = await issue();
        await expect(issue()).resolves.toEqual(first);
        await expect(states()).resolves.toEqual(['used']);
        await expectRefusal(issue(command({ requestId: 'again' as never })), 'APPROVAL_NOT_FOUND');
    });

    it.each<[string, Partial<Mint>]>([
        ['amount', { amount: money(102n) }],
        ['payee', { to: 'bert' as WalletId }],
        ['request', { requestId: 'other' as never }],
    ])('is the one approved: not with another %s', async (_name, change) => {
        await scenario.openWallet('bert');
        await propose();
        await approve();
        await expectRefusal(issue(command(change)), 'APPROVAL_NOT_FOUND');
    });

    it('is approved by another organisation and another key [V42 V46]', async () => {
        await propose();
        await expectRefusal(approve(officer('CentralBankMSP')), 'SECOND_ORGANISATION_NEEDED');
        const options = { mspId: 'AuthorityMSP', enrolmentId: 'other', units: ['admin'] };
        await expectRefusal(approve(simulatedIdentity({ ...options, keyOf: bank() })), 'SECOND_PERSON_NEEDED');
        await expectRefusal(approve(scenario.person('AuthorityMSP')), 'CALLER_NOT_AUTHORISED');
        await expect(approve()).resolves.toMatchObject({ approvedBy: { participantId: 'authority' } });
        await expectRefusal(approve(officer('CooperativeMSP')), 'APPROVAL_NOT_IN_STATE', { state: 'approved' });
    });

    it('expires, approved or not', async () => {
        await propose();
        await approve();
        scenario.ledger.time += 1_000n;
        await expectRefusal(issue(), 'APPROVAL_NOT_IN_STATE', { state: 'expired' });
        await expectRefusal(approve(), 'APPROVAL_NOT_IN_STATE', { state: 'expired' });
    });

    it('is withdrawn by whoever proposed it', async () => {
        await propose();
        await approve();
        const withdraw = async (identity: SimulatedIdentity) =>
            scenario.submit(identity, 'Compliance:WithdrawOperation', { commandDigest: digestOf(command()) });
        await expectRefusal(withdraw(officer('AuthorityMSP')), 'APPROVAL_NOT_OWNED');
        await withdraw(bank());
        await expectRefusal(issue(), 'APPROVAL_NOT_IN_STATE', { state: 'withdrawn' });
        await expectRefusal(propose(), 'APPROVAL_EXISTS');
    });

    it.each([
        [0n, false],
        [604_800n, true],
        [604_801n, false],
    ])('proposed for %s seconds: %s', async (seconds, isAllowed) => {
        const proposed = propose(seconds);
        await (isAllowed
            ? expect(proposed).resolves.toBeDefined()
            : expectRefusal(proposed, 'APPROVAL_EXPIRY_INVALID'));
    });

    it('approved by a name nobody proposed is refused', async () => {
        await expectRefusal(approve(), 'APPROVAL_NOT_FOUND');
    });
});

describe('a travel rule reference', () => {
    const pay = async (amount: bigint, travelRule: string | null, nonce: bigint) => {
        const intent = { ...scenario.intent({ from: anna, to: 'bert' as WalletId, amount, nonce }), travelRule };
        return scenario.ledger.submit(bank(), 'Wallet:Transfer', scenario.signedIntent(intent));
    };

    it('is asked for above the limit, and not at it', async () => {
        await scenario.openWallet('bert');
        await scenario.mandate('travel', { kind: 'parameter', name: 'travelRuleLimit', value: '10' });
        await scenario.fund(day, 100n, anna);
        await expectRefusal(pay(11n, null, 1n), 'TRAVEL_RULE_REFERENCE_MISSING', { limit: '10' });
        await expect(pay(10n, null, 1n)).resolves.toBeDefined();
        await expect(pay(11n, 'TR-1', 2n)).resolves.toBeDefined();
        await scenario.mandate('no-travel', { kind: 'parameter', name: 'travelRuleLimit', value: '0' });
        await expect(pay(11n, null, 3n)).resolves.toBeDefined();
    });
});
