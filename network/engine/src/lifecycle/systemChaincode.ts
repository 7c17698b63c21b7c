// SPDX-License-Identifier: Apache-2.0
import type { Simulation } from '../ledger/simulation/simulation.js';
import type { protos } from '../wire/protobuf.js';

/** Version of every system chaincode, as proposal responses carry it. */
export const systemChaincodeVersion = 'syscc';

export interface SystemCall {
    /** Empty for calls that concern no channel. */
    readonly channelId: string;
    readonly txId: string;
    readonly args: readonly Buffer[];
    readonly signedProposal: protos.SignedProposal.$Properties;
    /** Serialised identity of the proposal's creator; its signature has been verified. */
    readonly creator: Buffer;
    /** Set when a chaincode calls: the one that the client's proposal names. */
    readonly calledThrough?: string;
    /** Present when the chaincode uses one and the call concerns a channel. */
    readonly simulation?: Simulation;
}

/** Chaincode that is part of the peer. Refusals are responses with status 404 or 500, never exceptions. */
export interface SystemChaincode {
    readonly name: string;
    readonly usesSimulation: boolean;
    invoke(call: SystemCall): Promise<protos.Response.$Properties>;
}

/** Status 200 with a payload; an empty payload is left out, as Go does. */
export function success(payload?: Uint8Array): protos.Response.$Properties {
    return { status: 200, ...(payload !== undefined && payload.length > 0 && { payload }) };
}

export function failure(message: string, status = 500): protos.Response.$Properties {
    return { status, message };
}
