// SPDX-License-Identifier: Apache-2.0
import { GrpcCode } from '../process/grpcStatus.js';
import { encode } from '../wire/decode.js';
import { newSignedProposal } from '../wire/envelope.js';
import { gateway, protos } from '../wire/protobuf.js';
import type { PeerChannels } from '../lifecycle/peerChannels.js';
import type { Candidates } from './candidates.js';
import { evaluate } from './evaluate.js';
import { RemoteEndorser } from './peerEndorser.js';

const signer = { mspId: 'Org1MSP', serialized: Buffer.from('somebody'), sign: () => Buffer.from('signature') };
const notHere =
    "make sure the chaincode cc has been successfully defined on channel ch and try again: chaincode definition for 'cc' exists, but chaincode is not installed";

function peerAnswering(mspId: string, response: protos.Response.$Properties): RemoteEndorser {
    const bytes = encode(protos.ProposalResponse, { response });
    const connect = (): ReturnType<ConstructorParameters<typeof RemoteEndorser>[0]['connect']> => ({
        unary: () => Promise.resolve(bytes),
        close: () => undefined,
    });
    return new RemoteEndorser({ address: `${mspId}:1`, mspId, connect }, 1_000);
}

function ask(peers: readonly RemoteEndorser[]): Promise<gateway.EvaluateResponse.$Properties> {
    const channels = { get: () => ({}) } as unknown as PeerChannels;
    const candidates = { of: () => peers } as unknown as Candidates;
    const { signedProposal } = newSignedProposal(signer, { channelId: 'ch', chaincode: 'cc', args: [] });
    const request = new gateway.EvaluateRequest({ proposedTransaction: signedProposal });
    return evaluate(request, { channels, candidates, mspId: 'Org1MSP' }, new AbortController().signal);
}

test('a peer that turns out not to run the chaincode counts as if it had not been there', async () => {
    const without = peerAnswering('Org1MSP', { status: 500, message: notHere });
    await expect(ask([without])).rejects.toMatchObject({
        code: GrpcCode.FAILED_PRECONDITION,
        message: 'no peers available to evaluate chaincode cc in channel ch',
        details: [],
    });
    const failing = peerAnswering('Org2MSP', { status: 500, message: 'broken' });
    await expect(ask([without, failing])).rejects.toMatchObject({ details: [{}] });
    const running = peerAnswering('Org3MSP', { status: 200 });
    await expect(ask([without, running])).resolves.toEqual({ result: { status: 200 } });
});
