// SPDX-License-Identifier: Apache-2.0
import { ChaincodeStream } from '@power-currency/engine/chaincode/chaincodeStream.js';
import { MessageType } from '@power-currency/engine/chaincode/messageType.js';
import type { Simulation } from '@power-currency/engine/ledger/simulation/simulation.js';
import { asBuffer, decode } from '@power-currency/engine/wire/decode.js';
import { protos } from '@power-currency/engine/wire/protobuf.js';
import { createRequire } from 'node:module';
import { contractClasses } from '../contractClasses.js';
import type { Platform } from '../ledger/platform.js';
import { chaincodeOf } from '../server/chaincode.js';
import { memoryStream, type ShimEnd } from './memoryStream.js';
import type { SimulatedProposal } from './simulatedProposal.js';

interface ShimProtos {
    readonly peer: {
        readonly ChaincodeID: new () => { setName(name: string): void; serializeBinary(): Uint8Array };
        readonly ChaincodeMessage: {
            new (): { setType(type: number): void; setPayload(payload: Uint8Array): void };
            readonly Type: { readonly REGISTER: number };
        };
    };
}

type Handler = new (stream: ShimEnd, chaincode: object) => { chat(registration: object): void };

const shimRequire = createRequire(require.resolve('fabric-shim'));
const { peer } = shimRequire('@hyperledger/fabric-protos') as ShimProtos;
const { ChaincodeMessageHandler } = shimRequire('./lib/handler') as { ChaincodeMessageHandler: Handler };

/** What a chaincode answered, before anybody endorses it. */
export interface Answer {
    readonly status: number;
    readonly message: string;
    readonly payload: Buffer;
    readonly event: { readonly name: string; readonly payload: Buffer } | undefined;
}

/** One member's peer and chaincode: the shim's real dispatcher and handler, and the engine's real stream. */
export class SimulatedMember {
    readonly mspId: string;
    readonly #stream: ChaincodeStream;

    private constructor(mspId: string, stream: ChaincodeStream) {
        this.mspId = mspId;
        this.#stream = stream;
    }

    static async start(mspId: string, platform: Platform): Promise<SimulatedMember> {
        const { shimEnd, peerEnd } = memoryStream();
        const stream = new ChaincodeStream(packageId, peerEnd, {});
        const handler = new ChaincodeMessageHandler(shimEnd, chaincodeOf(contractClasses(platform)));
        handler.chat(registration());
        await stream.registered;
        return new SimulatedMember(mspId, stream);
    }

    /** Executes the proposal on the simulation, which records what it reads and writes. */
    async execute(proposal: SimulatedProposal, chaincode: string, simulation: Simulation): Promise<Answer> {
        const message = await this.#stream.execute({
            type: MessageType.TRANSACTION,
            channelId: proposal.channelId,
            txId: proposal.txId,
            payload: proposal.input,
            signedProposal: proposal.signedProposal,
            request: { chaincode, simulation, isInit: false, call: callsNobody },
            timeoutMs: 10_000,
        });
        const response = decode(protos.Response, asBuffer(message.payload), 'Response');
        const event = message.chaincodeEvent;
        return {
            status: response.status,
            message: response.message,
            payload: asBuffer(response.payload),
            event: event ? { name: event.eventName ?? '', payload: asBuffer(event.payload) } : undefined,
        };
    }

    close(): void {
        this.#stream.close();
    }
}

const packageId = 'power-currency:simulated';
const callsNobody = (): Promise<never> => Promise.reject(new Error('there is no other chaincode'));

function registration(): object {
    const id = new peer.ChaincodeID();
    id.setName(packageId);
    const message = new peer.ChaincodeMessage();
    message.setType(peer.ChaincodeMessage.Type.REGISTER);
    message.setPayload(id.serializeBinary());
    return message;
}
