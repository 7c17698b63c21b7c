// SPDX-License-Identifier: Apache-2.0
import {
    type CreditId,
    money,
    type ProgrammeId,
    type ProposalAction,
    type ProposalId,
    retireNotesIntent,
    type RetireNotesIntent,
    treasuryNote,
    type WalletId,
} from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { Building } from '../testing/building.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';

const asset = treasuryNote;
const payee = 'authority.city' as WalletId;
const programme: ProposalAction = {
    ...{ kind: 'treasury-programme', programmeId: 'roads' as ProgrammeId, amount: money(500n), payee },
    purpose: 'roads',
};
let scenario: Scenario;

beforeEach(async () => {
    scenario = await Scenario.founded();
    await scenario.openWallet(payee, 'AuthorityMSP', 'sovereign');
});
afterEach(async () => {
    await expectBalancedBooks(scenario, asset);
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const supply = async () => scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset });
const changes = async () =>
    (await scenario.ledger.evaluate(reader(), 'Asset:ListSupplyChanges', { asset, pageSize: 10, bookmark: '' })).rows;
const issue = async (proposalId: ProposalId) =>
    scenario.submit(scenario.person('AuthorityMSP'), 'TreasuryNote:Issue', { proposalId });
const voted = async (name = 'roads') => scenario.mandate(name, programme);
const retire = async (amount: bigint, nonce: bigint, foldIds: readonly CreditId[] = [], wallet = payee) => {
    const intent: RetireNotesIntent = {
        ...scenario.intentFields(wallet, nonce),
        ...{ type: 'power/retire-notes', amount: money(amount), memo: '' },
    };
    const argument = { ...scenario.signed(retireNotesIntent, intent), foldIds };
    return scenario.ledger.submit(scenario.person('CentralBankMSP'), 'TreasuryNote:Retire', argument);
};

describe('Issue', () => {
    it('pays the amount of the vote to its payee, as money on its way, with the vote as its cause', async () => {
        const proposalId = await voted();
        await expect(issue(proposalId)).resolves.toMatchObject({ to: payee, amount: 500n, purpose: 'roads' });
        await expect(supply()).resolves.toMatchObject({ issued: 500n, redeemed: 0n, pending: 500n, wallets: 0n });
        await expect(changes()).resolves.toMatchObject([
            { direction: 'issued', amount: 500n, cause: { kind: 'proposal', proposalId } },
        ]);
        const issues = await scenario.ledger.evaluate(reader(), 'TreasuryNote:ListIssues', {
            pageSize: 5,
            bookmark: '',
        });
        expect(issues.rows).toMatchObject([{ proposalId, programmeId: 'roads', amount: 500n }]);
    });

    it('happens once for each vote [V85]', async () => {
        await issue(await voted());
        await expectRefusal(issue('roads' as ProposalId), 'TREASURY_PROGRAMME_ISSUED');
        await issue(await voted('roads-again'));
        await expect(supply()).resolves.toMatchObject({ issued: 1_000n });
    });

    it('refuses a vote nobody made, one not in force, and one for something else', async () => {
        await expectRefusal(issue('none' as ProposalId), 'PROPOSAL_NOT_FOUND');
        const proposalId = 'open' as ProposalId;
        const proposer = scenario.person('CooperativeMSP', 'admin');
        await scenario.submit(proposer, 'Governance:Propose', { proposalId, action: programme, rationale: '' });
        await expectRefusal(issue(proposalId), 'MANDATE_NOT_IN_FORCE', { state: 'open' });
        const other = await scenario.mandate('rules', { kind: 'parameter', name: 'alphaBase', value: '0.190000' });
        await expectRefusal(issue(other), 'MANDATE_FOR_ANOTHER_ACTION', { kind: 'parameter' });
    });

    it('refuses a payee nobody knows', async () => {
        const lost = await scenario.mandate('lost', { ...programme, payee: 'nobody' as WalletId });
        await expectRefusal(issue(lost), 'WALLET_NOT_FOUND', { walletId: 'nobody' });
    });

    it('is for the treasury alone [V40]', async () => {
        const proposalId = await voted();
        for (const mspId of ['CentralBankMSP', 'CooperativeMSP', 'RegulatorMSP']) {
            const refused = scenario.submit(scenario.person(mspId, 'admin'), 'TreasuryNote:Issue', { proposalId });
            await expectRefusal(refused, 'CALLER_NOT_AUTHORISED', { rolesRequired: ['treasury'] });
        }
    });

    it('refuses to take the supply past what a ledger can count [V63]', async () => {
        const most = money(9_223_372_036_854_775_807n);
        await issue(await scenario.mandate('most', { ...programme, amount: most }));
        const proposalId = await voted();
        await expectRefusal(issue(proposalId), 'AMOUNT_OVERFLOW');
    });
});

describe('Retire', () => {
    it('takes notes out of existence, also those still on their way, with the holder as its cause', async () => {
        const { creditId } = await issue(await voted());
        scenario.ledger.time += 1n;
        await expect(retire(200n, 1n, [creditId])).resolves.toMatchObject({ amount: 200n, available: 300n });
        await expect(supply()).resolves.toMatchObject({ issued: 500n, redeemed: 200n, wallets: 300n, pending: 0n });
        await expect(changes()).resolves.toMatchObject([
            { direction: 'issued' },
            { direction: 'redeemed', amount: 200n, cause: { kind: 'retirement', walletId: payee } },
        ]);
    });

    it('refuses more than the wallet has, and a nonce used before', async () => {
        const { creditId } = await issue(await voted());
        await expectRefusal(retire(501n, 1n, [creditId]), 'INSUFFICIENT_FUNDS');
        await retire(1n, 1n, [creditId]);
        await expectRefusal(retire(1n, 1n), 'NONCE_MISMATCH');
    });

    it('refuses what the holder did not sign [V51]', async () => {
        const stranger = await scenario.openWallet('stranger');
        const intent: RetireNotesIntent = {
            ...scenario.intentFields(payee, 1n),
            ...{ type: 'power/retire-notes', amount: money(1n), memo: '' },
        };
        const forged = scenario.signed(retireNotesIntent, intent, [scenario.holderOf(stranger)]);
        const refused = scenario.ledger.submit(scenario.person('AuthorityMSP'), 'TreasuryNote:Retire', {
            ...{ ...forged, foldIds: [] },
        });
        await expectRefusal(refused, 'INTENT_KEY_UNKNOWN');
    });
});

it('notes pay for a programme, from its escrow to its payee', async () => {
    scenario.close();
    scenario = await Scenario.founded();
    const site = await Building.site(scenario);
    const { creditId } = await issue(await voted());
    await scenario.submit(scenario.person('AuthorityMSP'), 'Wallet:Fold', {
        ...{ walletId: payee, asset, creditIds: [creditId] },
    });
    await site.open({ asset });
    await expect(supply()).resolves.toMatchObject({ wallets: 400n, escrow: 100n });
    await site.prove('deck');
    await site.release('deck');
    await expect(supply()).resolves.toMatchObject({ wallets: 400n, escrow: 60n, pending: 40n });
});
