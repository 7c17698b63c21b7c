// SPDX-License-Identifier: Apache-2.0
import { packageIdOf, writeChaincodePackage } from '@power-currency/engine/lifecycle/chaincodePackage.js';
import { parsePolicyText } from '@power-currency/engine/policy/policyText.js';
import { asBuffer, decode, encode } from '@power-currency/engine/wire/decode.js';
import { assembleTransaction, newSignedProposal } from '@power-currency/engine/wire/envelope.js';
import { common, gateway, lifecycle, protos } from '@power-currency/engine/wire/protobuf.js';
import { callInProcess, type CallEnd } from './grpcCall';
import { channelId, mspId, type Nodes } from './nodes';
import { startStandInChaincode } from './standInChaincode';

export const chaincode = 'vector';

/** Joins the peer to the channel and defines the stand-in chaincode on it; returns what ends the chaincode. */
export async function deployStandIn(nodes: Nodes): Promise<() => Promise<void>> {
    let packageId = '';
    const server = await startStandInChaincode(() => packageId);
    const content = Buffer.from(
        JSON.stringify({
            address: server.address,
            dial_timeout: '5s',
            tls_required: false,
            client_auth_required: false,
        }),
    );
    const packageBytes = await writeChaincodePackage({ type: 'ccaas', label: 'vector_1', path: '' }, [
        { name: 'connection.json', content },
    ]);
    packageId = packageIdOf('vector_1', packageBytes);
    await propose(nodes, '', 'cscc', [Buffer.from('JoinChain'), nodes.genesis]);
    const install = encode(lifecycle.InstallChaincodeArgs, { chaincodeInstallPackage: packageBytes });
    await propose(nodes, '', '_lifecycle', [Buffer.from('InstallChaincode'), install]);
    const definition = {
        sequence: 1,
        name: chaincode,
        version: '1.0',
        endorsementPlugin: 'escc',
        validationPlugin: 'vscc',
        validationParameter: encode(common.ApplicationPolicy, {
            signaturePolicy: parsePolicyText(`OR('${mspId}.peer')`),
        }),
        collections: {},
    };
    const approval = { ...definition, source: { localPackage: { packageId } } };
    await transact(
        nodes,
        'ApproveChaincodeDefinitionForMyOrg',
        encode(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, approval),
    );
    await transact(nodes, 'CommitChaincodeDefinition', encode(lifecycle.CommitChaincodeDefinitionArgs, definition));
    return () => server.close();
}

async function propose(
    nodes: Nodes,
    channel: string,
    name: string,
    args: readonly Buffer[],
): Promise<ReturnType<typeof newSignedProposal> & { response: protos.ProposalResponse }> {
    const made = newSignedProposal(nodes.signers.admin, { channelId: channel, chaincode: name, args });
    const message = encode(protos.SignedProposal, made.signedProposal);
    const end = await callInProcess(nodes.peer.services, '/protos.Endorser/ProcessProposal', [message]);
    const response = decode(protos.ProposalResponse, answerOf(end), 'ProposalResponse');
    if (response.response?.status !== 200) throw new Error(`${name}: ${response.response?.message ?? ''}`);
    return { ...made, response };
}

async function transact(nodes: Nodes, name: string, args: Buffer): Promise<void> {
    const { proposal, response, txId } = await propose(nodes, channelId, '_lifecycle', [Buffer.from(name), args]);
    await commitTransaction(nodes, txId, assembleTransaction(nodes.signers.admin, proposal, [response]));
}

/** Has a transaction ordered and waits until it is committed. Throws unless it is valid. */
async function commitTransaction(nodes: Nodes, transactionId: string, envelope: common.Envelope): Promise<void> {
    const { user } = nodes.signers;
    const sent = await callInProcess(nodes.orderer.services, '/orderer.AtomicBroadcast/Broadcast', [
        encode(common.Envelope, envelope),
    ]);
    answerOf(sent);
    const request = encode(gateway.CommitStatusRequest, { transactionId, channelId, identity: user.serialized });
    const signed = encode(gateway.SignedCommitStatusRequest, { request, signature: user.sign(request) });
    const end = await callInProcess(nodes.peer.services, '/gateway.Gateway/CommitStatus', [signed]);
    const { result } = decode(gateway.CommitStatusResponse, answerOf(end), 'CommitStatusResponse');
    if (result !== 0) throw new Error(`transaction ${transactionId} was marked ${String(result)}`);
}

/** Runs the honest chaincode and commits what it wrote: proof that the nodes still do their work. */
export async function commitHonestTransaction(nodes: Nodes): Promise<void> {
    const { user } = nodes.signers;
    const args = [Buffer.from('put')];
    const made = newSignedProposal(user, { channelId, chaincode, args });
    const end = await callInProcess(nodes.peer.services, '/protos.Endorser/ProcessProposal', [
        encode(protos.SignedProposal, made.signedProposal),
    ]);
    const response = decode(protos.ProposalResponse, answerOf(end), 'ProposalResponse');
    await commitTransaction(nodes, made.txId, assembleTransaction(user, made.proposal, [response]));
}

function answerOf({ code, text, answers: [first] }: CallEnd): Buffer {
    if (code !== 'OK' || first === undefined) throw new Error(`${code}: ${text}`);
    return asBuffer(first);
}
