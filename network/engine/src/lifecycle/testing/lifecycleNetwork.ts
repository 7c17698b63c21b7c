// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { asBuffer, encode } from '../../wire/decode.js';
import { newSignedProposal, type NewProposal, type Signer } from '../../wire/envelope.js';
import { lifecycle } from '../../wire/protobuf.js';
import type { SimulationResults } from '../../ledger/simulation/readWriteSetBuilder.js';
import { AccessControl } from '../accessControl.js';
import { ChaincodePackages } from '../chaincodePackages.js';
import { LifecycleChaincode } from '../lifecycleChaincode.js';
import type { PeerChannels } from '../peerChannels.js';
import { channelId, testChannel, type TestChannel, type TestPeer } from './testChannel.js';
import { endorsedTransaction } from './transactions.js';

export const organisations = ['AlphaMSP', 'BetaMSP'] as const;
export type Organisation = (typeof organisations)[number];
type Caller = readonly [mspId: string, role: 'peer' | 'client' | 'admin'];

interface Answer {
    readonly status: number;
    readonly message: string;
    readonly payload: Buffer;
}

interface Called {
    readonly answer: Answer;
    readonly proposal: NewProposal;
    readonly signer: Signer;
    readonly simulated: SimulationResults | undefined;
}

interface Node {
    readonly peer: TestPeer;
    readonly lifecycle: LifecycleChaincode;
}

/** A peer of each organisation with `_lifecycle` on it; every transaction is committed by both. */
export class LifecycleNetwork {
    readonly #channel: TestChannel;
    readonly #nodes: Readonly<Record<Organisation, Node>>;

    private constructor(channel: TestChannel, nodes: Readonly<Record<Organisation, Node>>) {
        this.#channel = channel;
        this.#nodes = nodes;
    }

    static async start(): Promise<LifecycleNetwork> {
        const channel = testChannel();
        const [AlphaMSP, BetaMSP] = [await openNode(channel, 'AlphaMSP'), await openNode(channel, 'BetaMSP')];
        return new LifecycleNetwork(channel, { AlphaMSP, BetaMSP });
    }

    async stop(): Promise<void> {
        await Promise.all(Object.values(this.#nodes).map(({ peer }) => peer.ledger.close()));
        this.#channel.remove();
    }

    peer(organisation: Organisation): TestPeer {
        return this.#nodes[organisation].peer;
    }

    /** Calls one peer, by default on the channel. */
    async call(node: Organisation, caller: Caller, args: readonly Buffer[], on = channelId): Promise<Called> {
        const { signer } = this.#channel.member(...caller);
        const proposal = newSignedProposal(signer, { channelId: on, chaincode: '_lifecycle', args });
        const { peer, lifecycle: chaincode } = this.#nodes[node];
        const simulation = on === channelId ? peer.ledger.newSimulation(proposal.txId) : undefined;
        const response = await chaincode.invoke({
            channelId: on,
            txId: proposal.txId,
            args,
            signedProposal: proposal.signedProposal,
            creator: signer.serialized,
            ...(simulation !== undefined && { simulation }),
        });
        const answer = {
            status: response.status ?? 0,
            message: response.message ?? '',
            payload: asBuffer(response.payload),
        };
        return { answer, proposal, signer, simulated: simulation?.finish() };
    }

    /** Calls a function of one peer as its administrator or somebody else, and looks at the answer only. */
    async query(node: Organisation, name: string, args: Buffer, caller: Caller = [node, 'admin']): Promise<Answer> {
        return (await this.call(node, caller, [Buffer.from(name), args])).answer;
    }

    /** Runs on the first organisation's peer, adds the other endorsers' signatures, and commits; the code is everybody's. */
    async submit(endorsers: readonly [Organisation, ...Organisation[]], name: string, args: Buffer): Promise<number> {
        const [first] = endorsers;
        const called = await this.call(first, [first, 'admin'], [Buffer.from(name), args]);
        const { answer, proposal, signer, simulated } = called;
        if (answer.status !== 200 || simulated === undefined) {
            throw new Error(`${name}: ${answer.message}`);
        }
        const { ledger } = this.peer(first);
        if (simulated.privateResults !== undefined) {
            await ledger.transientStore.put(proposal.txId, simulated.privateResults, ledger.height);
        }
        const transaction = endorsedTransaction(signer, proposal, {
            chaincode: '_lifecycle',
            results: simulated.results,
            endorsers: endorsers.map((mspId) => this.#channel.member(mspId, 'peer').signer),
        });
        const codes = new Set<number>();
        for (const organisation of organisations) {
            const committed = await this.peer(organisation).commit(transaction);
            committed.codes.forEach((code) => codes.add(code));
        }
        const [code, ...others] = codes;
        if (code === undefined || others.length > 0) {
            throw new Error(`${name}: the peers disagree`);
        }
        return code;
    }
}

/** Arguments to approve sequence 1 of chaincode `basic`, with changes. */
export function approval(changes: lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.$Properties = {}): Buffer {
    return encode(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, {
        sequence: 1,
        name: 'basic',
        version: '1.0',
        ...changes,
    });
}

/** Arguments to commit, or to check who would, sequence 1 of chaincode `basic`, with changes. */
export function proposed(changes: lifecycle.CommitChaincodeDefinitionArgs.$Properties = {}): Buffer {
    return encode(lifecycle.CommitChaincodeDefinitionArgs, { sequence: 1, name: 'basic', version: '1.0', ...changes });
}

/** How a function of `_lifecycle` says that it failed. */
export function failed(name: string, cause: string): Partial<Answer> {
    return { status: 500, message: `failed to invoke backing implementation of '${name}': ${cause}` };
}

async function openNode(channel: TestChannel, mspId: Organisation): Promise<Node> {
    const peer = await channel.openPeer(mspId);
    const packages = await ChaincodePackages.open({ fileSystemPath: join(channel.directory, `files-${mspId}`) });
    const channels: PeerChannels = {
        get: (id) => (id === channelId ? peer : undefined),
        ids: () => [channelId],
        join: () => Promise.reject(new Error('the channel is joined already')),
    };
    const accessControl = new AccessControl({ channels, localMsp: channel.member(mspId, 'peer').msp });
    return { peer, lifecycle: new LifecycleChaincode({ channels, packages, accessControl, mspId }) };
}
