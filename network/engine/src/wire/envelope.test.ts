// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from './codes.js';
import { asBuffer, decode, encode } from './decode.js';
import { assembleTransaction, newEnvelope, newSignedProposal, type Signer } from './envelope.js';
import { envelopeSignedData } from './testing/envelopeSignedData.js';
import { computeTxId, sha256 } from './hashing.js';
import { common, protos } from './protobuf.js';

/** A signer whose signature is the hash of the message: enough to see what was signed. */
const signer: Signer = { mspId: 'A', serialized: Buffer.from('identity of A'), sign: (message) => sha256(message) };
const proposed = newSignedProposal(signer, {
    channelId: 'power',
    chaincode: 'cc',
    args: [Buffer.from('put'), Buffer.from('k')],
    transient: { secret: Buffer.from('s') },
});
const endorsement = (endorser: string) => ({ endorser: Buffer.from(endorser), signature: Buffer.from('sig') });
const response = (payload: string, endorser: string, status = 200) => ({
    response: { status },
    payload: Buffer.from(payload),
    endorsement: endorsement(endorser),
});

test('an envelope is signed over its payload by its creator', () => {
    const envelope = newEnvelope(signer, {
        type: HeaderType.CONFIG_UPDATE,
        channelId: 'power',
        data: Buffer.from('d'),
    });
    const { data, identity, signature } = envelopeSignedData(envelope);
    expect(signature.equals(sha256(data))).toBe(true);
    expect(identity.toString()).toBe('identity of A');
});

test('a proposal carries the id of its transaction, the call and the chaincode in its extension', () => {
    const proposal = decode(protos.Proposal, proposed.signedProposal.proposalBytes, 'Proposal');
    const header = decode(common.Header, proposal.header, 'Header');
    const channelHeader = decode(common.ChannelHeader, header.channelHeader, 'ChannelHeader');
    const { nonce } = decode(common.SignatureHeader, header.signatureHeader, 'SignatureHeader');
    expect(channelHeader).toMatchObject({ type: 3, channelId: 'power', txId: proposed.txId });
    expect(computeTxId(nonce, signer.serialized)).toBe(proposed.txId);
    const extension = decode(protos.ChaincodeHeaderExtension, channelHeader.extension, 'extension');
    expect(extension.chaincodeId?.name).toBe('cc');
});

test('a transaction keeps the proposal header, drops transient data and repeated endorsers', () => {
    const envelope = assembleTransaction(signer, proposed.proposal, [
        response('p', 'P1'),
        response('p', 'P2'),
        response('p', 'P1'),
    ]);
    const payload = decode(common.Payload, envelope.payload, 'Payload');
    expect(encode(common.Header, payload.header!).equals(asBuffer(proposed.proposal.header))).toBe(true);
    const { actions } = decode(protos.Transaction, payload.data, 'Transaction');
    const action = decode(protos.ChaincodeActionPayload, actions[0]!.payload!, 'ChaincodeActionPayload');
    const proposal = decode(
        protos.ChaincodeProposalPayload,
        action.chaincodeProposalPayload,
        'ChaincodeProposalPayload',
    );
    expect(proposal.TransientMap).toEqual({});
    expect(action.action?.endorsements?.map(({ endorser }) => asBuffer(endorser).toString())).toEqual(['P1', 'P2']);
});

test.each([
    ['no response', [], 'at least one proposal response is required'],
    ['a failed one', [response('p', 'P1', 500)], 'proposal response was not successful, error code 500, msg '],
    ['two that differ', [response('p', 'P1'), response('q', 'P2')], 'ProposalResponsePayloads do not match (base64)'],
])('no transaction is made of %s', (_, responses, text) => {
    expect(() => assembleTransaction(signer, proposed.proposal, responses)).toThrow(text);
});

test('nobody but the creator of a proposal makes it a transaction', () => {
    const other: Signer = { ...signer, serialized: Buffer.from('identity of B') };
    expect(() => assembleTransaction(other, proposed.proposal, [response('p', 'P1')])).toThrow(
        'signer must be the same as the one referenced in the header',
    );
});
