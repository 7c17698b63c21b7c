// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    closeWalletIntent,
    encodeArguments,
    type MilestoneId,
    money,
    openProgrammeIntent,
    parseEventEnvelope,
    powerCredit,
    type ProgrammeId,
    type ProposalId,
    type Quantity,
    type WalletId,
} from '@power-currency/domain';
import { expectBalancedBooks } from '../testing/balancedBooks.js';
import { Building } from '../testing/building.js';
import { Scenario } from '../testing/index.js';
import { expectRefusal } from '../testing/refusals.js';
import { keysOf, sha256 } from '../testing/scenario.js';

const day = '2026-11-19';
/** Enough to issue 294 000 Power Credits. */
const energyWh = 30_000_000_000n;
const funds = 250_000_000_000n;
const limit = 100_000_000_000n;
let scenario: Scenario;
let site: Building;

beforeEach(async () => {
    scenario = await Scenario.founded();
    site = await Building.site(scenario);
    await scenario.attestDay(day, energyWh);
    await scenario.fund(day, funds, site.city, 'AuthorityMSP');
});
afterEach(async () => {
    await expectBalancedBooks(scenario, powerCredit);
    scenario.close();
});

const reader = () => scenario.person('RegulatorMSP');
const supply = async () => scenario.ledger.evaluate(reader(), 'Asset:DescribeSupply', { asset: powerCredit });
const progress = async () =>
    scenario.ledger.evaluate(reader(), 'Programme:Describe', { programmeId: site.programmeId });
const balanceOf = async (walletId: WalletId) =>
    scenario.ledger.evaluate(reader(), 'Wallet:BalanceOf', { walletId, asset: powerCredit });
const closeWallet = async (walletId: WalletId, nonce = 1n) => {
    const intent = { ...scenario.intentFields(walletId, nonce), type: 'power/close-wallet' } as const;
    await scenario.ledger.submit(
        scenario.person('CooperativeMSP'),
        'Wallet:Close',
        scenario.signed(closeWalletIntent, intent),
    );
};
const at = (seconds: bigint) => (scenario.ledger.time + seconds) as Quantity<'second'>;
const named = (name: string) => name as WalletId;

describe('a programme', () => {
    it('holds its whole budget in escrow, milestone by milestone', async () => {
        const programme = await site.open();
        expect(programme).toMatchObject({ opener: 'authority.city', budget: 100n, purpose: 'a bridge' });
        expect(programme.milestones).toEqual([
            { milestoneId: 'pier', payee: 'builder' },
            { milestoneId: 'deck', payee: 'builder' },
        ]);
        await expect(progress()).resolves.toEqual({ ...programme, released: 0n, remaining: 100n, clawedBack: 0n });
        await expect(supply()).resolves.toMatchObject({ wallets: funds - 100n, escrow: 100n, pending: 0n });
    });

    it('pays each milestone to its payee, as money on its way, and tells everybody how far it is', async () => {
        await site.open();
        await site.prove('pier');
        const { milestone, state } = await site.release('pier');
        expect(state).toBe('released');
        expect(milestone.released).toMatchObject({ evidenceHash: sha256(Buffer.from('survey')), proposalId: null });
        await expect(balanceOf(site.builder)).resolves.toMatchObject({ available: 0n, pending: 60n, pendingCount: 1 });
        await expect(progress()).resolves.toMatchObject({ released: 60n, remaining: 40n, clawedBack: 0n });
        scenario.ledger.time += 1_000n;
        await site.clawBack('deck');
        await expect(balanceOf(site.city)).resolves.toMatchObject({ available: funds - 100n, pending: 40n });
        await expect(progress()).resolves.toMatchObject({ released: 60n, remaining: 0n, clawedBack: 40n });
        await expect(supply()).resolves.toMatchObject({ escrow: 0n, pending: 100n });
    });

    it('lists its milestones with what was said of each', async () => {
        await site.open();
        await site.prove('pier');
        await site.release('pier');
        const query = { programmeId: site.programmeId, pageSize: 1, bookmark: '' };
        const first = await scenario.ledger.evaluate(reader(), 'Programme:ListMilestones', query);
        const second = await scenario.ledger.evaluate(reader(), 'Programme:ListMilestones', {
            ...{ ...query, bookmark: first.bookmark },
        });
        const facts = [...first.rows, ...second.rows].map(({ milestone, state, attestations }) => [
            ...[milestone.milestoneId, state, attestations.map(({ attester }) => attester)],
        ]);
        expect(facts).toEqual([
            ['deck', 'escrowed', []],
            ['pier', 'released', ['engineer', 'auditor']],
        ]);
    });

    it('is listed among others, with its progress', async () => {
        await site.open();
        await site.open({
            ...scenario.intentFields(site.city, 2n),
            ...{ programmeId: 'tunnel' as ProgrammeId, milestones: [site.milestone('bore', 7n)] },
        });
        const page = await scenario.ledger.evaluate(reader(), 'Programme:List', { pageSize: 10, bookmark: '' });
        expect(page.rows.map(({ programmeId, remaining }) => [programmeId, remaining])).toEqual([
            ['bridge', 100n],
            ['tunnel', 7n],
        ]);
    });

    it('is opened, attested and released by one event each, besides what was folded', async () => {
        await site.open();
        const argument = encodeArguments('Programme:Attest', site.attesting(named('notary'), 'pier'));
        const call = { identity: reader(), transaction: 'Programme:Attest', argument } as const;
        await expectRefusal(scenario.ledger.endorse(call), 'CALLER_NOT_AUTHORISED');
        const endorsed = await scenario.ledger.endorse({ ...call, identity: scenario.person('AuthorityMSP') });
        expect(parseEventEnvelope(endorsed.eventPayload?.toString() ?? '').events).toEqual([
            {
                ...{ type: 'MilestoneAttested', programmeId: 'bridge', milestoneId: 'pier', attester: 'notary' },
                evidenceHash: sha256(Buffer.from('survey')),
            },
        ]);
    });
});

describe('Open refuses', () => {
    it('a wallet whose type opens no programmes, until the members vote otherwise', async () => {
        await scenario.fund(day, 1_000n, site.builder);
        const milestones = [site.milestone('pier', 60n, { payee: site.city })];
        const change = { wallet: site.builder, milestones };
        await expectRefusal(site.open(change), 'PROGRAMME_OPENER_NOT_ALLOWED', { type: 'personal' });
        const policy = { kind: 'wallet-policy', walletType: 'personal', power: 'opensProgrammes' } as const;
        await scenario.mandate('personal', { ...policy, value: 'true' });
        await site.open(change);
    });

    it('an intent that the opener did not sign [V51]', async () => {
        const forged = scenario.signed(openProgrammeIntent, site.plan(), [scenario.holderOf(site.builder)]);
        const refused = scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Programme:Open', {
            ...{ ...forged, foldIds: [] },
        });
        await expectRefusal(refused, 'INTENT_KEY_UNKNOWN');
    });

    it('an intent that was changed after it was signed [V83]', async () => {
        const signed = scenario.signed(openProgrammeIntent, site.plan());
        const intent = site.plan({
            ...signed.intent,
            milestones: [site.milestone('pier', 100n, { payee: named('auditor') })],
        });
        const refused = scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Programme:Open', {
            ...{ ...signed, intent, foldIds: [] },
        });
        await expectRefusal(refused, 'INTENT_SIGNATURE_INVALID');
    });

    it('an id that was used before, also of a programme that has ended [V30]', async () => {
        await site.open();
        const again = { ...scenario.intentFields(site.city, 2n) };
        await expectRefusal(site.open(again), 'PROGRAMME_EXISTS');
        scenario.ledger.time += 1_000n;
        await site.clawBack('pier');
        await site.clawBack('deck');
        await expectRefusal(site.open({ ...again, ...scenario.intentFields(site.city, 2n) }), 'PROGRAMME_EXISTS');
    });

    it('a nonce that was used before [V81]', async () => {
        await site.open();
        await expectRefusal(site.open({ programmeId: 'tunnel' as ProgrammeId }), 'NONCE_MISMATCH');
    });

    it('two milestones of one id [V26]', async () => {
        const milestones = [site.milestone('pier', 60n), site.milestone('pier', 40n)];
        await expectRefusal(site.open({ milestones }), 'MILESTONE_REPEATED', { milestoneId: 'pier' });
    });

    it.each([0n, -1n])('a deadline %s seconds from now', async (seconds) => {
        const milestones = [site.milestone('pier', 60n, { deadline: at(seconds) })];
        await expectRefusal(site.open({ milestones }), 'MILESTONE_DEADLINE_PAST');
    });

    it.each([99n, 101n])('milestones of 100 for a budget of %s', async (budget) => {
        await expectRefusal(site.open({ budget: money(budget) }), 'PROGRAMME_BUDGET_MISMATCH', { milestones: '100' });
    });

    it('milestones whose sum is more than any budget can be [V63]', async () => {
        const most = 9_223_372_036_854_775_807n;
        const milestones = ['a', 'b', 'c'].map((name) => site.milestone(name, most));
        await expectRefusal(site.open({ milestones, budget: money(most) }), 'PROGRAMME_BUDGET_MISMATCH');
    });

    it('a payment to the opener itself', async () => {
        const milestones = [site.milestone('pier', 60n, { payee: site.city })];
        await expectRefusal(site.open({ milestones }), 'TRANSFER_TO_SELF');
    });

    it('two attesters of one holder [V46 V84]', async () => {
        const second = await scenario.openWallet('auditor.second');
        const attesters = [named('engineer'), named('auditor'), second];
        await expectRefusal(site.open({ attesters }), 'ATTESTERS_NOT_INDEPENDENT', {
            reason: 'two attesters of one holder',
        });
    });

    it('two attesters with one key [V46 V84]', async () => {
        const keys = keysOf(scenario.holderOf(named('auditor')));
        await scenario.submit(scenario.person('AuthorityMSP'), 'Wallet:Open', {
            ...{ walletId: named('puppet'), type: 'personal', keys },
        });
        const attesters = [named('engineer'), named('auditor'), named('puppet')];
        await expectRefusal(site.open({ attesters }), 'ATTESTERS_NOT_INDEPENDENT', {
            reason: 'two attesters with one key',
        });
    });

    it('an attester whom the programme pays [V46]', async () => {
        const foreman = await scenario.openWallet('builder.foreman');
        const attesters = [named('engineer'), named('auditor'), foreman];
        await expectRefusal(site.open({ attesters }), 'ATTESTERS_NOT_INDEPENDENT', {
            reason: 'an attester of a payee',
        });
    });

    it('an attester or a payee nobody knows', async () => {
        const attesters = [named('engineer'), named('auditor'), named('nobody')];
        await expectRefusal(site.open({ attesters }), 'WALLET_NOT_FOUND', { walletId: 'nobody' });
        const milestones = [site.milestone('pier', 60n, { payee: named('nobody') })];
        await expectRefusal(site.open({ milestones }), 'WALLET_NOT_FOUND', { walletId: 'nobody' });
    });

    it('a payee whose wallet is closed', async () => {
        await closeWallet(site.builder);
        await expectRefusal(site.open(), 'WALLET_CLOSED');
    });

    it('a budget the opener does not have', async () => {
        const milestones = [site.milestone('pier', funds + 1n)];
        await expectRefusal(site.open({ milestones }), 'INSUFFICIENT_FUNDS');
    });

    it.each<[string, object, string]>([
        ['another asset', { asset: 'KD' as AssetCode }, 'intent.asset'],
        ['two attesters', { attesters: [named('engineer'), named('auditor')] }, 'intent.attesters'],
        ['no milestones', { milestones: [], budget: 1n }, 'intent.milestones'],
        ['no purpose', { purpose: '' }, 'intent.purpose'],
    ])('%s, naming the field', async (_name, change, field) => {
        await expectRefusal(site.open(change), 'INVALID_ARGUMENT', { field });
    });
});

it('a request to open that is repeated returns the first answer and moves nothing twice [V85]', async () => {
    const argument = { ...scenario.signed(openProgrammeIntent, site.plan()), foldIds: [] };
    const submit = async () => scenario.ledger.submit(scenario.person('CentralBankMSP'), 'Programme:Open', argument);
    const first = await submit();
    await expect(submit()).resolves.toEqual(first);
    await expect(supply()).resolves.toMatchObject({ escrow: 100n });
});

describe('Attest refuses', () => {
    beforeEach(async () => {
        await site.open();
    });

    it('a wallet that is none of the attesters, be it the payee or the opener', async () => {
        await expectRefusal(site.attest(site.builder, 'pier'), 'ATTESTER_NOT_NAMED', { walletId: 'builder' });
        await expectRefusal(site.attest(site.city, 'pier'), 'ATTESTER_NOT_NAMED');
    });

    it('a second wallet of a named holder', async () => {
        const second = await scenario.openWallet('auditor.second');
        await site.attest(named('auditor'), 'pier');
        await expectRefusal(site.attest(second, 'pier'), 'ATTESTER_NOT_NAMED');
    });

    it('a second word of the same attester, whatever it says [V84]', async () => {
        await site.attest(named('auditor'), 'pier');
        await expectRefusal(site.attest(named('auditor'), 'pier'), 'MILESTONE_ATTESTED_ALREADY');
        await expectRefusal(site.attest(named('auditor'), 'pier', 'another'), 'MILESTONE_ATTESTED_ALREADY');
        await site.attest(named('auditor'), 'deck');
    });

    it('a milestone or programme that is not there', async () => {
        await expectRefusal(site.attest(named('auditor'), 'tower'), 'MILESTONE_NOT_FOUND');
        const programmeId = 'tunnel' as ProgrammeId;
        await expectRefusal(site.attest(named('auditor'), 'pier', '', { programmeId }), 'PROGRAMME_NOT_FOUND');
    });

    it('a milestone that has ended', async () => {
        await site.prove('pier');
        await site.release('pier');
        await expectRefusal(site.attest(named('notary'), 'pier'), 'MILESTONE_ENDED', { state: 'released' });
        scenario.ledger.time += 1_000n;
        await site.clawBack('deck');
        await expectRefusal(site.attest(named('notary'), 'deck'), 'MILESTONE_ENDED', { state: 'clawed-back' });
    });

    it('an intent with a nonce, and one signed by somebody else', async () => {
        const nonce = 1n as Quantity<'count'>;
        await expectRefusal(site.attest(named('auditor'), 'pier', '', { nonce }), 'NONCE_MISMATCH', { expected: '0' });
        const { intent } = site.attesting(named('auditor'), 'pier');
        const { authorisation } = site.attesting(named('notary'), 'pier');
        const forged = scenario.ledger.submit(scenario.person('CentralBankMSP'), 'Programme:Attest', {
            ...{ intent, authorisation },
        });
        await expectRefusal(forged, 'INTENT_KEY_UNKNOWN');
    });
});

describe('Release', () => {
    beforeEach(async () => {
        await site.open();
    });

    it('needs two attesters who agree on the evidence', async () => {
        const refused = async (agreeing: number) =>
            expectRefusal(site.release('pier'), 'MILESTONE_EVIDENCE_INSUFFICIENT', { agreeing, required: 2 });
        await refused(0);
        await site.attest(named('engineer'), 'pier', 'one survey');
        await refused(1);
        await site.attest(named('auditor'), 'pier', 'another survey');
        await refused(1);
        await site.attest(named('notary'), 'pier', 'another survey');
        const { milestone } = await site.release('pier');
        expect(milestone.released?.evidenceHash).toEqual(sha256(Buffer.from('another survey')));
    });

    it('takes no words about another milestone for this one', async () => {
        await site.prove('pier');
        await expectRefusal(site.release('deck'), 'MILESTONE_EVIDENCE_INSUFFICIENT', { agreeing: 0 });
    });

    it('happens once', async () => {
        await site.prove('pier');
        await site.release('pier');
        await expectRefusal(site.release('pier'), 'MILESTONE_ENDED', { state: 'released' });
        await expect(balanceOf(site.builder)).resolves.toMatchObject({ pending: 60n });
    });

    it('happens once of two that are endorsed at the same time, as does a clawback beside it [V21]', async () => {
        await site.prove('pier');
        scenario.ledger.time += 1_000n;
        const identity = scenario.person('CooperativeMSP');
        const release = () => ({
            ...{ requestId: scenario.requestId(), programmeId: site.programmeId, proposalId: null },
            milestoneId: 'pier' as MilestoneId,
        });
        const endorsed = [
            await scenario.ledger.endorse({
                ...{ identity, transaction: 'Programme:Release' },
                argument: encodeArguments('Programme:Release', release()),
            }),
            await scenario.ledger.endorse({
                ...{ identity, transaction: 'Programme:Clawback' },
                argument: encodeArguments('Programme:Clawback', site.clawingBack('pier')),
            }),
            await scenario.ledger.endorse({
                ...{ identity, transaction: 'Programme:Release' },
                argument: encodeArguments('Programme:Release', release()),
            }),
        ];
        const committed = await scenario.ledger.commit(endorsed);
        expect(committed.map(({ code }) => code)).toEqual(['VALID', 'MVCC_READ_CONFLICT', 'MVCC_READ_CONFLICT']);
        await expect(progress()).resolves.toMatchObject({ released: 60n, clawedBack: 0n });
    });

    it('is still possible after the deadline, until the money is clawed back', async () => {
        scenario.ledger.time += 2_000n;
        await site.prove('pier');
        await site.release('pier');
        await site.prove('deck');
        await site.clawBack('deck');
        await expectRefusal(site.release('deck'), 'MILESTONE_ENDED', { state: 'clawed-back' });
    });

    it('refuses a milestone or programme that is not there, and a payee that takes no money', async () => {
        await expectRefusal(site.release('tower'), 'MILESTONE_NOT_FOUND');
        const call = { programmeId: 'tunnel' as ProgrammeId, milestoneId: 'pier' as MilestoneId, proposalId: null };
        const elsewhere = scenario.submit(scenario.person('CooperativeMSP'), 'Programme:Release', call);
        await expectRefusal(elsewhere, 'PROGRAMME_NOT_FOUND');
        await site.prove('pier');
        await closeWallet(site.builder);
        await expectRefusal(site.release('pier'), 'WALLET_CLOSED');
    });
});

describe('a release above the limit', () => {
    const release = (milestoneId: string, programmeId: ProgrammeId = site.programmeId) =>
        ({ kind: 'release-milestone', programmeId, milestoneId: milestoneId as MilestoneId }) as const;

    beforeEach(async () => {
        await site.open({ milestones: [site.milestone('pier', limit + 1n), site.milestone('deck', limit)] });
        await site.prove('pier');
        await site.prove('deck');
    });

    it('needs a vote, and one at the limit does not', async () => {
        await expectRefusal(site.release('pier'), 'MILESTONE_NEEDS_VOTE', { limit: limit.toString() });
        await site.release('deck');
        const proposalId = await scenario.mandate('vote', release('pier'));
        const { milestone } = await site.release('pier', proposalId);
        expect(milestone.released).toMatchObject({ proposalId });
        await expectRefusal(site.release('pier', proposalId), 'MILESTONE_ENDED');
    });

    it('refuses a vote nobody made, one not in force, and one for something else', async () => {
        await expectRefusal(site.release('pier', 'none' as ProposalId), 'PROPOSAL_NOT_FOUND');
        const proposalId = 'open' as ProposalId;
        const proposer = scenario.person('CooperativeMSP', 'admin');
        await scenario.submit(proposer, 'Governance:Propose', { proposalId, action: release('pier'), rationale: '' });
        await expectRefusal(site.release('pier', proposalId), 'MANDATE_NOT_IN_FORCE', { state: 'open' });
        const others = [
            await scenario.mandate('deck', release('deck')),
            await scenario.mandate('tunnel', release('pier', 'tunnel' as ProgrammeId)),
            await scenario.mandate('rules', { kind: 'parameter', name: 'alphaBase', value: '0.190000' }),
        ];
        for (const other of others) await expectRefusal(site.release('pier', other), 'MANDATE_FOR_ANOTHER_ACTION');
        // Cited without need, a wrong vote is refused all the same.
        await expectRefusal(site.release('deck', others[1] ?? null), 'MANDATE_FOR_ANOTHER_ACTION');
    });

    it('still needs the evidence', async () => {
        await site.open({
            ...scenario.intentFields(site.city, 2n),
            ...{ programmeId: 'tunnel' as ProgrammeId, milestones: [site.milestone('bore', 5n)] },
        });
        const tunnel = { programmeId: 'tunnel' as ProgrammeId, milestoneId: 'bore' as MilestoneId };
        const proposalId = await scenario.mandate('bore', release('bore', tunnel.programmeId));
        const refused = scenario.submit(scenario.person('CooperativeMSP'), 'Programme:Release', {
            ...{ ...tunnel, proposalId },
        });
        await expectRefusal(refused, 'MILESTONE_EVIDENCE_INSUFFICIENT');
    });
});

describe('Clawback', () => {
    beforeEach(async () => {
        await site.open();
    });

    it('waits for the deadline [V80]', async () => {
        scenario.ledger.time += 999n;
        await expectRefusal(site.clawBack('pier'), 'MILESTONE_NOT_DUE');
        scenario.ledger.time += 1n;
        await expect(site.clawBack('pier')).resolves.toMatchObject({ state: 'clawed-back' });
    });

    it('is for the opener alone [V44]', async () => {
        scenario.ledger.time += 1_000n;
        await expectRefusal(site.clawBack('pier', { wallet: site.builder }), 'PROGRAMME_NOT_OPENER', {
            opener: 'authority.city',
        });
    });

    it('needs the word of the opener itself [V51]', async () => {
        scenario.ledger.time += 1_000n;
        const { intent } = site.clawingBack('pier');
        const { authorisation } = site.clawingBack('pier', { wallet: site.builder });
        const forged = scenario.ledger.submit(scenario.person('AuthorityMSP'), 'Programme:Clawback', {
            ...{ intent, authorisation },
        });
        await expectRefusal(forged, 'INTENT_KEY_UNKNOWN');
    });

    it('happens once, and never to what was released', async () => {
        await site.prove('pier');
        await site.release('pier');
        scenario.ledger.time += 1_000n;
        await expectRefusal(site.clawBack('pier'), 'MILESTONE_ENDED', { state: 'released' });
        await site.clawBack('deck');
        await expectRefusal(site.clawBack('deck'), 'MILESTONE_ENDED', { state: 'clawed-back' });
    });

    it('refuses a nonce, and a milestone or programme that is not there', async () => {
        scenario.ledger.time += 1_000n;
        const nonce = 1n as Quantity<'count'>;
        await expectRefusal(site.clawBack('pier', { nonce }), 'NONCE_MISMATCH', { expected: '0' });
        await expectRefusal(site.clawBack('tower'), 'MILESTONE_NOT_FOUND');
        await expectRefusal(site.clawBack('pier', { programmeId: 'tunnel' as ProgrammeId }), 'PROGRAMME_NOT_FOUND');
    });

    it('returns money even to a wallet that was closed meanwhile: it is its own', async () => {
        await closeWallet(site.city);
        scenario.ledger.time += 1_000n;
        await site.clawBack('pier');
        await expect(balanceOf(site.city)).resolves.toMatchObject({ pending: 60n });
    });
});
