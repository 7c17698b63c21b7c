// SPDX-License-Identifier: Apache-2.0
import { ChaincodeStream } from '@power-currency/engine/chaincode/chaincodeStream.js';
import { MessageType } from '@power-currency/engine/chaincode/messageType.js';
import type { Simulation } from '@power-currency/engine/ledger/simulation/simulation.js';
import type { ClientDuplexStream } from '@power-currency/engine/process/grpcStream.js';
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
    #roundTrips = 0;

    private constructor(mspId: string, stream: ChaincodeStream) {
        this.mspId = mspId;
        this.#stream = stream;
    }

    /** A member whose chaincode runs in this process, on a stream in memory. */
    static async start(mspId: string, platform: Platform): Promise<SimulatedMember> {
        const { shimEnd, peerEnd } = memoryStream();
        const member = SimulatedMember.connect(mspId, peerEnd);
        const handler = new ChaincodeMessageHandler(shimEnd, chaincodeOf(contractClasses(platform)));
        handler.chat(registration());
        return member;
    }

    /** A member whose chaincode is at the other end of the stream, wherever that is. */
    static async connect(mspId: string, peerEnd: ClientDuplexStream): Promise<SimulatedMember> {
        const stream = new ChaincodeStream(
            simulatedPackageId,
            countingRequests(peerEnd, () => member.#roundTrips++),
            {},
        );
        const member = new SimulatedMember(mspId, stream);
        await stream.registered;
        return member;
    }

    /** Requests the chaincode has sent to its peer so far, each of which waits for an answer. */
    get roundTrips(): number {
        return this.#roundTrips;
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

/** What the chaincode of a member registers as. */
export const simulatedPackageId = 'power-currency:simulated';
const callsNobody = (): Promise<never> => Promise.reject(new Error('there is no other chaincode'));

function registration(): object {
    const id = new peer.ChaincodeID();
    id.setName(simulatedPackageId);
    const message = new peer.ChaincodeMessage();
    message.setType(peer.ChaincodeMessage.Type.REGISTER);
    message.setPayload(id.serializeBinary());
    return message;
}

/** Messages that are no request: the chaincode introduces itself, or has an answer. */
const unanswered: ReadonlySet<number> = new Set([MessageType.REGISTER, MessageType.COMPLETED, MessageType.ERROR]);

function countingRequests(stream: ClientDuplexStream, onRequest: () => void): ClientDuplexStream {
    async function* counted(): AsyncGenerator<Buffer> {
        for await (const bytes of stream) {
            if (!unanswered.has(decode(protos.ChaincodeMessage, bytes, 'ChaincodeMessage').type)) onRequest();
            yield bytes;
        }
    }
    return {
        send: (bytes) => stream.send(bytes),
        end: () => {
            stream.end();
        },
        cancel: () => {
            stream.cancel();
        },
        [Symbol.asyncIterator]: counted,
    };
}
