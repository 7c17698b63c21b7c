// SPDX-License-Identifier: Apache-2.0
import { MessageType } from '@power-currency/engine/chaincode/messageType.js';
import { startGrpcServer, type GrpcServer } from '@power-currency/engine/process/grpcServer.js';
import type { DuplexStream } from '@power-currency/engine/process/grpcStream.js';
import { asBuffer, decode, encode } from '@power-currency/engine/wire/decode.js';
import { maxMessageBytes } from '@power-currency/engine/wire/limits.js';
import { protos } from '@power-currency/engine/wire/protobuf.js';

/** An honest chaincode as a service: whatever it is called with, it puts one value and answers with status 200. */
export function startStandInChaincode(packageId: () => string): Promise<GrpcServer> {
    return startGrpcServer({
        address: 'localhost:0',
        maxReceiveBytes: maxMessageBytes,
        maxSendBytes: maxMessageBytes,
        services: {
            '/protos.Chaincode/Connect': { kind: 'duplex', handle: (stream) => serve(stream, packageId()) },
        },
    });
}

async function serve(stream: DuplexStream, packageId: string): Promise<void> {
    const send = (message: protos.ChaincodeMessage.$Properties): Promise<void> =>
        stream.send(encode(protos.ChaincodeMessage, message));
    await send({ type: MessageType.REGISTER, payload: encode(protos.ChaincodeID, { name: packageId }) });
    for await (const bytes of stream) {
        const { type, txid, channelId } = decode(protos.ChaincodeMessage, bytes, 'ChaincodeMessage');
        if (type === MessageType.TRANSACTION || type === MessageType.INIT) {
            const payload = encode(protos.PutState, { key: 'last', value: Buffer.from(txid) });
            await send({ type: MessageType.PUT_STATE, txid, channelId, payload });
        } else if (type === MessageType.RESPONSE || type === MessageType.ERROR) {
            const payload = encode(protos.Response, { status: 200, payload: asBuffer(Buffer.from('done')) });
            await send({ type: MessageType.COMPLETED, txid, channelId, payload });
        }
    }
}
