// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
    attestMilestoneIntent,
    type Authorisation,
    type Codec,
    type Intent,
    intentBytes,
    type MilestoneId,
    money,
    openProgrammeIntent,
    type ParticipantId,
    type ProgrammeId,
    type ProposalAction,
    type ProposalId,
    type Quantity,
    type RequestId,
    treasuryNote,
    type WalletId,
    type WalletType,
} from '@power-currency/domain';
import type { ChainReader, Committed } from '../../gateway/src/application/ports';
import type { Ledger } from '../../gateway/src/application/ledger';
import { newSigningKey, type SigningKey } from '../../gateway/src/keys/ed25519';
import { TestNetwork } from './testNetwork';

jest.setTimeout(300_000);

const network = TestNetwork.shared();
const members = ['authority', 'centralbank', 'cooperative'] as const;
const programmeId = 'bridge' as ProgrammeId;
const [pier, deck] = ['pier', 'deck'] as [MilestoneId, MilestoneId];
const keys = new Map<string, SigningKey>();
let admins: Record<(typeof members)[number], Ledger>;
let chains: readonly ChainReader[];
/** Anybody's client: what counts is who signed. */
let client: Ledger;
let regulator: Ledger;

beforeAll(async () => {
    network.standDeployed();
    const adminOf = (name: string): Ledger => network.ledger(name, undefined, 'admin');
    admins = {
        ...{ authority: adminOf('authority'), centralbank: adminOf('centralbank') },
        cooperative: adminOf('cooperative'),
    };
    [client, regulator] = [network.ledger('authority'), network.ledger('regulator')];
    chains = members.map((name) => network.open(name).chain);
    for (const name of members) {
        const participant = { participantId: name as string as ParticipantId, displayName: name };
        await network.untilAccepted(() =>
            settled(admins[name].registry.registerParticipant({ requestId: request(`found-${name}`), ...participant })),
        );
    }
    // Nobody has verified the holders of this network.
    await vote('open-to-all', { kind: 'wallet-policy', walletType: 'sovereign', power: 'tierMin', value: '0' });
    await openWallet('city', 'sovereign');
    for (const name of ['builder', 'engineer', 'auditor', 'notary']) await openWallet(name, 'personal');
});

afterAll(() => {
    network.down();
});

it('a city is paid Treasury Notes by vote, builds a bridge with them, and a milestone is released once', async () => {
    const [city, builder] = ['city' as WalletId, 'builder' as WalletId];
    const notes = { programmeId, amount: money(100n), payee: city, purpose: 'a bridge' };
    const proposalId = await vote('bridge', { kind: 'treasury-programme', ...notes });
    const issue = { requestId: request('issue'), proposalId };
    const issued = await settled(client.treasuryNote.issue(issue));
    const funds = { walletId: city, asset: treasuryNote, creditIds: [issued.creditId] };
    await settled(client.wallet.fold({ requestId: request('fold'), ...funds }));
    await openBridge();

    await attest('engineer', 'survey of May');
    await attest('auditor', 'survey of June');
    const release = { programmeId, milestoneId: pier, proposalId: null };
    await expect(client.programme.release({ requestId: request('early'), ...release })).rejects.toMatchObject({
        ...{ code: 'MILESTONE_EVIDENCE_INSUFFICIENT', details: { agreeing: 1 } },
    });
    await attest('notary', 'survey of June');
    await settled(client.programme.release({ requestId: request('release'), ...release }));
    await expect(client.programme.release({ requestId: request('again'), ...release })).rejects.toMatchObject({
        ...{ code: 'MILESTONE_ENDED', details: { state: 'released' } },
    });

    await network.agreedChain();
    const progress = await regulator.programme.describe({ programmeId });
    expect(progress).toMatchObject({ budget: 100n, released: 60n, remaining: 40n, clawedBack: 0n });
    const balance = await regulator.wallet.balanceOf({ walletId: builder, asset: treasuryNote });
    expect(balance).toMatchObject({ available: 0n, pending: 60n });
    const supply = await regulator.asset.describeSupply({ asset: treasuryNote });
    expect(supply).toMatchObject({ issued: 100n, redeemed: 0n, wallets: 0n, pending: 60n, escrow: 40n });
});

/** Any of the members' peers may endorse what comes next, so all of them have it first. */
async function settled<T>(submitted: Promise<Committed<T>>): Promise<T> {
    const { blockNumber, result } = await submitted;
    for (const chain of chains) {
        while ((await chain.chainInfo()).height <= blockNumber) await sleep(20);
    }
    return result;
}

function request(name: string): RequestId {
    return `programmes-${name}` as RequestId;
}

async function openWallet(name: string, type: WalletType): Promise<void> {
    const key = newSigningKey();
    keys.set(name, key);
    const keysOfOne = { publicKeys: [key.publicKey], threshold: 1, postQuantumKey: null };
    const opening = { requestId: request(`open-${name}`), walletId: name as WalletId, type, keys: keysOfOne };
    await settled(client.wallet.open(opening));
}

/** Every member votes for the action, and it is executed. */
async function vote(name: string, action: ProposalAction): Promise<ProposalId> {
    const proposalId = name as ProposalId;
    const draft = { requestId: request(`propose-${name}`), proposalId, action, rationale: '' };
    await settled(admins.authority.governance.propose(draft));
    for (const member of members) {
        const ballot = { requestId: request(`vote-${name}-${member}`), proposalId, choice: 'for' } as const;
        await settled(admins[member].governance.castVote(ballot));
    }
    await settled(admins.authority.governance.close({ requestId: request(`close-${name}`), proposalId }));
    await settled(admins.authority.governance.execute({ requestId: request(`execute-${name}`), proposalId }));
    return proposalId;
}

/** The city opens a programme of two milestones, 60 and 40, with everything it has. */
async function openBridge(): Promise<void> {
    const milestone = (milestoneId: MilestoneId, amount: bigint) => ({
        ...{ milestoneId, payee: 'builder' as WalletId, amount: money(amount) },
        ...{ evidence: `survey of the ${milestoneId}`, deadline: secondsFromNow(86_400) },
    });
    const opening = signed(openProgrammeIntent, {
        ...{ ...fieldsOf('city', 'open', 1n), type: 'power/open-programme', programmeId, asset: treasuryNote },
        ...{ budget: money(100n), purpose: 'a bridge', milestones: [milestone(pier, 60n), milestone(deck, 40n)] },
        attesters: ['engineer', 'auditor', 'notary'] as WalletId[],
    });
    await settled(client.programme.open({ ...opening, foldIds: [] }));
}

async function attest(attester: string, evidence: string): Promise<void> {
    const word = signed(attestMilestoneIntent, {
        ...{ ...fieldsOf(attester, 'attest', 0n), type: 'power/attest-milestone', programmeId, milestoneId: pier },
        evidenceHash: createHash('sha256').update(evidence).digest(),
    });
    await settled(client.programme.attest(word));
}

/** What every intent has in common. */
function fieldsOf(wallet: string, name: string, nonce: bigint): Omit<Intent, 'type'> {
    return {
        ...{ version: '2', network: 'power-test', channel: 'power', requestId: request(name) },
        ...{ wallet: wallet as WalletId, nonce: nonce as Quantity<'count'>, expiresAt: secondsFromNow(600) },
    };
}

function secondsFromNow(seconds: number): Quantity<'second'> {
    return BigInt(Math.floor(Date.now() / 1000) + seconds) as Quantity<'second'>;
}

function signed<I extends Intent>(codec: Codec<I>, intent: I): { intent: I; authorisation: Authorisation } {
    const { publicKey, sign } = keys.get(intent.wallet)!;
    const signature = sign(intentBytes(codec, intent));
    return { intent, authorisation: { signatures: [{ publicKey, signature }], postQuantum: null } };
}
