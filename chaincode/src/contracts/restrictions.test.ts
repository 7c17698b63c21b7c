// SPDX-License-Identifier: Apache-2.0
import {
    type HolderId,
    type HoldId,
    holderOfMeasure,
    drawNotesIntent,
    manyTransferIntent,
    type Measure,
    money,
    postHoldIntent,
    powerCredit,
    reserveHoldIntent,
    type RestrictionId,
    transactionDefinition,
    returnNotesIntent,
    spendNotesIntent,
    type TransactionName,
    transactions,
    type WalletId,
} from '@power-currency/domain';
import { Scenario, simulatedIdentity, type SimulatedIdentity } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const day = '2026-11-19';
const [anna, savings, bert] = ['anna', 'anna.savings', 'bert'] as WalletId[] as [WalletId, WalletId, WalletId];
const restrictionId = 'case-1' as RestrictionId;
const freeze: Measure = { kind: 'freeze-wallet', walletId: anna, reason: 'key-compromise' };
const freezeAll: Measure = { kind: 'freeze-holder', holderId: 'anna' as HolderId, reason: 'court-order' };
const sanction: Measure = { kind: 'sanction', holderId: 'anna' as HolderId, reason: 'sanctions-list' };
let scenario: Scenario;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.attestDay(day, 10n ** 12n);
    for (const wallet of [anna, savings, bert]) {
        await scenario.openWallet(wallet);
        await scenario.fund(day, 1_000n, wallet);
    }
});
afterEach(() => {
    scenario.close();
});

const officer = (mspId: string) => scenario.person(mspId, 'admin');
const propose = async (measure: Measure = freeze, seconds = 1_000n, id = restrictionId) =>
    scenario.submit(officer('AuthorityMSP'), 'Compliance:ProposeRestriction', {
        ...{ restrictionId: id, measure, expiresAt: scenario.later(seconds) },
    });
const named = (measure: Measure = freeze, id = restrictionId) => ({
    ...{ restrictionId: id, holderId: holderOfMeasure(measure) },
});
const confirm = async (
    measure: Measure = freeze,
    by: SimulatedIdentity = officer('CentralBankMSP'),
    id = restrictionId,
) => scenario.submit(by, 'Compliance:ConfirmRestriction', named(measure, id));
const restrict = async (measure: Measure = freeze, seconds = 1_000n, id = restrictionId) => {
    await propose(measure, seconds, id);
    return confirm(measure, officer('CentralBankMSP'), id);
};
const lift = async (mspId: string) => scenario.submit(officer(mspId), 'Compliance:LiftRestriction', named());
const pay = async (from: WalletId, to: WalletId, nonce = 1n) =>
    scenario.ledger.submit(
        scenario.person('CooperativeMSP'),
        'Wallet:Transfer',
        scenario.signedIntent(scenario.intent({ from, to, amount: 10n, nonce })),
    );
const states = async () => {
    const query = { pageSize: 10, bookmark: '' };
    const { rows } = await scenario.ledger.evaluate(
        scenario.person('RegulatorMSP'),
        'Compliance:ListRestrictions',
        query,
    );
    return rows.map(({ state }) => state);
};
const reserve = async (nonce: bigint) =>
    scenario.ledger.submit(scenario.person('CooperativeMSP'), 'Hold:Reserve', {
        ...scenario.signed(reserveHoldIntent, {
            ...{ ...scenario.intentFields(anna, nonce), type: 'power/reserve-hold', asset: powerCredit, to: bert },
            ...{ holdId: 'h' as HoldId, amount: money(10n), purpose: '', holdUntil: scenario.later(500n) },
        }),
        foldIds: [],
    });
const post = async () =>
    scenario.ledger.submit(scenario.person('CooperativeMSP'), 'Hold:Post', {
        ...scenario.signed(postHoldIntent, {
            ...{ ...scenario.intentFields(bert, 0n), type: 'power/post-hold', asset: powerCredit, payer: anna },
            ...{ holdId: 'h' as HoldId, amount: money(10n), isFinal: true },
        }),
    });

describe('a restriction', () => {
    it('takes two organisations [V46]', async () => {
        await propose();
        await expect(pay(anna, bert)).resolves.toMatchObject({ available: 990n });
        await expectRefusal(confirm(freeze, officer('AuthorityMSP')), 'SECOND_ORGANISATION_NEEDED', {
            participantId: 'authority',
        });
        await confirm();
        await expectRefusal(pay(anna, bert, 2n), 'WALLET_FROZEN', {
            ...{ walletId: 'anna', restrictionId, reason: 'key-compromise', until: '1800001000' },
        });
    });

    it('takes two keys, under whatever certificates [V42 V46]', async () => {
        await propose();
        const proposer = officer('AuthorityMSP');
        const options = { mspId: 'CentralBankMSP', enrolmentId: 'other', units: ['admin'] };
        const sameKey = simulatedIdentity({ ...options, keyOf: proposer });
        await expectRefusal(confirm(freeze, sameKey), 'SECOND_PERSON_NEEDED');
        await expect(confirm(freeze, simulatedIdentity(options))).resolves.toMatchObject({ restrictionId });
    });

    it('waits one day for the second, and not a moment longer', async () => {
        await propose(freeze, 100_000n);
        scenario.ledger.time += 86_400n;
        await expectRefusal(confirm(), 'RESTRICTION_NOT_PROPOSED', { state: 'lapsed' });
        await propose(freeze, 100_000n, 'case-2' as RestrictionId);
        scenario.ledger.time += 86_399n;
        await expect(confirm(freeze, officer('CentralBankMSP'), 'case-2' as RestrictionId)).resolves.toBeDefined();
        await expect(states()).resolves.toEqual(['lapsed', 'active']);
    });

    it('ends by itself', async () => {
        await restrict();
        scenario.ledger.time += 999n;
        await expectRefusal(pay(anna, bert), 'WALLET_FROZEN');
        scenario.ledger.time += 1n;
        await expect(pay(anna, bert)).resolves.toMatchObject({ available: 990n });
        await expect(states()).resolves.toEqual(['expired']);
    });

    it.each<[string, Measure, bigint, boolean]>([
        ['a freeze that has ended', freeze, 0n, false],
        ['a freeze of the longest time', freeze, 2_592_000n, true],
        ['a freeze of a second more', freeze, 2_592_001n, false],
        ['a sanction of a year', sanction, 31_536_000n, true],
        ['a sanction of a second more', sanction, 31_536_001n, false],
    ])('can be %s: %s', async (_name, measure, seconds, isAllowed) => {
        const proposed = propose(measure, seconds);
        await (isAllowed
            ? expect(proposed).resolves.toBeDefined()
            : expectRefusal(proposed, 'RESTRICTION_EXPIRY_INVALID'));
    });

    it('has an id that is never used again, and a holder that exists', async () => {
        await propose();
        await expectRefusal(propose(), 'RESTRICTION_EXISTS');
        const stranger: Measure = { ...sanction, holderId: 'nobody' as HolderId };
        await expectRefusal(propose(stranger, 10n, 'case-2' as RestrictionId), 'HOLDER_NOT_FOUND');
    });

    it('is confirmed once, and under the holder it is about [V44]', async () => {
        await propose();
        const other = scenario.submit(officer('CentralBankMSP'), 'Compliance:ConfirmRestriction', {
            ...{ restrictionId, holderId: 'bert' as HolderId },
        });
        await expectRefusal(other, 'RESTRICTION_NOT_FOUND');
        await confirm();
        await expectRefusal(confirm(), 'RESTRICTION_NOT_PROPOSED', { state: 'active' });
    });

    it('is not one of endless many', async () => {
        for (let count = 0; count < 16; count++)
            await restrict(freeze, 1_000n, `case-${String(count)}` as RestrictionId);
        const last = 'last' as RestrictionId;
        await expectRefusal(restrict(freeze, 1_000n, last), 'RESTRICTIONS_TOO_MANY', { holderId: 'anna' });
        scenario.ledger.time += 1_000n;
        await expect(restrict(freeze, 1_000n, 'later' as RestrictionId)).resolves.toBeDefined();
    });
});

describe('lifting', () => {
    it.each(['AuthorityMSP', 'CentralBankMSP'])('is for either organisation alone: %s', async (mspId) => {
        await restrict();
        await expectRefusal(lift('CooperativeMSP'), 'RESTRICTION_NOT_OWNED', { participantId: 'cooperative' });
        await lift(mspId);
        await expect(pay(anna, bert)).resolves.toBeDefined();
        await expectRefusal(lift(mspId), 'RESTRICTION_ENDED', { state: 'lifted' });
    });

    it('of what nobody confirmed withdraws it', async () => {
        await propose();
        await expectRefusal(lift('CentralBankMSP'), 'RESTRICTION_NOT_OWNED');
        await expect(lift('AuthorityMSP')).resolves.toMatchObject({ ended: { cause: 'withdrawn' } });
        await expectRefusal(confirm(), 'RESTRICTION_NOT_PROPOSED', { state: 'withdrawn' });
    });

    it('of one leaves the others', async () => {
        await restrict();
        await restrict(freezeAll, 1_000n, 'case-2' as RestrictionId);
        await lift('AuthorityMSP');
        await expectRefusal(pay(anna, bert), 'WALLET_FROZEN', { restrictionId: 'case-2' });
    });

    it('on appeal cites an executed vote on exactly this', async () => {
        await restrict();
        const appeal = async (proposalId: string) =>
            scenario.submit(scenario.person('CooperativeMSP'), 'Compliance:LiftByMandate', {
                ...{ ...named(), proposalId: proposalId as never },
            });
        await expectRefusal(appeal('nothing'), 'PROPOSAL_NOT_FOUND');
        const other = { kind: 'lift-restriction', restrictionId: 'other' as RestrictionId } as const;
        await scenario.mandate('for-other', other);
        await expectRefusal(appeal('for-other'), 'MANDATE_FOR_ANOTHER_ACTION');
        await scenario.mandate('for-this', { kind: 'lift-restriction', restrictionId });
        await expect(appeal('for-this')).resolves.toMatchObject({ ended: { cause: 'appeal', by: 'cooperative' } });
        await expect(pay(anna, bert)).resolves.toBeDefined();
        await expectRefusal(appeal('for-this'), 'RESTRICTION_ENDED', { state: 'appeal' });
    });
});

describe('a frozen wallet', () => {
    it('pays nobody, one or many, and sets nothing aside', async () => {
        await restrict();
        await expectRefusal(pay(anna, bert), 'WALLET_FROZEN');
        const many = scenario.signed(manyTransferIntent, {
            ...{ ...scenario.intentFields(anna, 1n), type: 'power/transfer-many', asset: powerCredit },
            ...{ payees: [{ to: bert, amount: money(1n), reference: '' }], memo: '', travelRule: null },
        });
        const client = scenario.person('CooperativeMSP');
        await expectRefusal(
            scenario.ledger.submit(client, 'Wallet:TransferMany', { ...many, foldIds: [] }),
            'WALLET_FROZEN',
        );
        await expectRefusal(reserve(1n), 'WALLET_FROZEN');
    });

    it('keeps what was set aside before, and gets it back', async () => {
        await reserve(1n);
        await restrict();
        await expectRefusal(post(), 'WALLET_FROZEN', { walletId: 'anna' });
        scenario.ledger.time += 500n;
        const holdId = 'h' as HoldId;
        const value = { asset: powerCredit, walletId: anna, holdId };
        await scenario.submit(scenario.person('AuthorityMSP'), 'Hold:Expire', value);
        const query = { walletId: anna, asset: powerCredit };
        const balance = await scenario.ledger.evaluate(scenario.person('RegulatorMSP'), 'Wallet:BalanceOf', query);
        expect(balance).toMatchObject({ available: 990n, pending: 10n });
    });

    it('is still paid, and leaves other wallets of its holder alone', async () => {
        await restrict();
        await expect(pay(bert, anna)).resolves.toBeDefined();
        await expect(pay(savings, bert)).resolves.toBeDefined();
    });

    it('of a frozen holder is any of its wallets, one opened later as well', async () => {
        await restrict(freezeAll);
        await expectRefusal(pay(savings, bert), 'WALLET_FROZEN', { walletId: 'anna.savings', reason: 'court-order' });
        const later = await scenario.openWallet('anna.later');
        await scenario.fund(day, 10n, later);
        await expectRefusal(pay(later, bert), 'WALLET_FROZEN');
        await expect(pay(bert, savings)).resolves.toBeDefined();
    });
});

describe('notes of a frozen wallet', () => {
    it('go to nobody else, and back into its own balance', async () => {
        const client = scenario.person('CooperativeMSP');
        const draw = scenario.signed(drawNotesIntent, {
            ...{ ...scenario.intentFields(anna, 1n), type: 'power/draw-notes', asset: powerCredit },
            amounts: [money(10n)],
        });
        const drawn = await scenario.ledger.submit(client, 'Note:FromBalance', { ...draw, foldIds: [] });
        const noteIds = drawn.notes.map(({ noteId }) => noteId);
        const spend = scenario.signed(spendNotesIntent, {
            ...{ ...scenario.intentFields(anna, 0n), type: 'power/spend-notes', asset: powerCredit, noteIds },
            ...{ outputs: [{ to: bert, amount: money(10n) }], memo: '', travelRule: null },
        });
        await scenario.mandate('travel', { kind: 'parameter', name: 'travelRuleLimit', value: '9' });
        await expectRefusal(scenario.ledger.submit(client, 'Note:Spend', spend), 'TRAVEL_RULE_REFERENCE_MISSING');
        await restrict();
        await expectRefusal(scenario.ledger.submit(client, 'Note:Spend', spend), 'WALLET_FROZEN');
        const more = scenario.signed(drawNotesIntent, {
            ...{ ...scenario.intentFields(anna, 2n), type: 'power/draw-notes', asset: powerCredit },
            amounts: [money(1n)],
        });
        const drawing = scenario.ledger.submit(client, 'Note:FromBalance', { ...more, foldIds: [] });
        await expectRefusal(drawing, 'WALLET_FROZEN');
        const back = scenario.signed(returnNotesIntent, {
            ...{ ...scenario.intentFields(anna, 0n), type: 'power/return-notes', asset: powerCredit, noteIds },
        });
        await expect(scenario.ledger.submit(client, 'Note:ToBalance', back)).resolves.toMatchObject({ total: 10n });
    });
});

describe('a sanctioned holder', () => {
    it('neither pays nor is paid, nor is issued to', async () => {
        await restrict(sanction);
        await expectRefusal(pay(savings, bert), 'SANCTIONED', { reason: 'sanctions-list' });
        await expectRefusal(pay(bert, anna), 'SANCTIONED', { walletId: 'anna' });
        await expectRefusal(scenario.mint(day, 1n, anna), 'SANCTIONED');
    });
});

it('every transaction that pays somebody refuses for a frozen wallet', () => {
    const names = Object.keys(transactions) as TransactionName[];
    const spending = names.filter((name) => transactionDefinition(name).errors.includes('INSUFFICIENT_FUNDS'));
    expect(spending).toEqual(expect.arrayContaining(['Wallet:Transfer', 'Hold:Reserve', 'Programme:Open']));
    const unguarded = spending.filter((name) => !transactionDefinition(name).errors.includes('WALLET_FROZEN'));
    // Brings money back from the private collection to the very wallet, which stays frozen.
    expect(unguarded).toEqual(['Commercial:Withdraw']);
});
