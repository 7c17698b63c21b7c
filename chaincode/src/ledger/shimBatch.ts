// SPDX-License-Identifier: Apache-2.0
import type { Context } from 'fabric-contract-api';
import { createRequire } from 'node:module';

type Stub = Context['stub'];

/** Sends one chaincode message to the peer and resolves with the payload of its response. */
export type AskPeer = (type: number, payload: Uint8Array, method: string) => Promise<Uint8Array>;

/** The part of fabric-shim's private API that is used; shimBatch.test.ts fails when it moves. */
interface ShimInternals {
    readonly handler?: { readonly _askPeerAndListen?: (message: unknown, method: string) => Promise<Uint8Array> };
    readonly txId: string;
    readonly channel_id: string;
}

interface ChaincodeMessage {
    setType(type: number): void;
    setPayload(payload: Uint8Array): void;
    setTxid(txId: string): void;
    setChannelId(channelId: string): void;
}

/**
 * The way to the peer for messages the shim has no function for, or undefined if this shim does not have it: then the
 * caller goes key by key.
 */
export function askPeerOf(stub: Stub): AskPeer | undefined {
    const internals = stub as unknown as ShimInternals;
    const { handler } = internals;
    if (typeof handler?._askPeerAndListen !== 'function') return undefined;
    const ask = handler._askPeerAndListen.bind(handler);
    return (type, payload, method) => {
        const message = new ChaincodeMessage();
        message.setType(type);
        message.setPayload(payload);
        message.setTxid(internals.txId);
        message.setChannelId(internals.channel_id);
        return ask(message, method);
    };
}

/** The message class of the shim's own copy of fabric-protos; any other copy would not be understood. */
const ChaincodeMessage = loadMessageClass();

function loadMessageClass(): new () => ChaincodeMessage {
    const shimRequire = createRequire(require.resolve('fabric-shim'));
    const protos = shimRequire('@hyperledger/fabric-protos') as {
        peer: { ChaincodeMessage: new () => ChaincodeMessage };
    };
    return protos.peer.ChaincodeMessage;
}
