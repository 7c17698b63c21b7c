// SPDX-License-Identifier: Apache-2.0
import type { GrpcChannel } from '../../../process/grpcClient.js';
import { logger } from '../../../process/logging.js';
import { asBuffer, decode } from '../../../wire/decode.js';
import { assembleTransaction, newSignedProposal, type NewProposal } from '../../../wire/envelope.js';
import { errorText } from '../../../wire/errorText.js';
import { protos } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { failure } from '../failure.js';
import { proposalResponseText, responseText } from '../goText.js';
import { broadcast, connectOrderer } from '../ordererConnection.js';
import { ordererEndpoints } from '../ordererEndpoints.js';
import { clientCertificateHash, type PeerConnection } from '../peerConnections.js';
import { loadPeerEnvironment, type PeerEnvironment } from '../peerEnvironment.js';
import { processProposal } from '../processProposal.js';
import { CommitWait } from '../commitWait.js';
import { chaincodeArguments, transientMap } from './chaincodeArguments.js';
import { connectChaincodePeers, requireChannel } from './connectChaincodePeers.js';

const log = logger('chaincodeCmd');

/** `peer chaincode invoke`: endorses on all peers given, sends the transaction and, if asked, waits for its block. */
export async function invoke(invocation: Invocation): Promise<void> {
    const channelId = requireChannel(invocation);
    const environment = loadPeerEnvironment(invocation.env);
    log.info('InitCmdFactory: Entry: invoke, true, true');
    const peers = await connectChaincodePeers(invocation, environment);
    const [first] = peers;
    if (first === undefined) {
        throw new Error('no endorser clients retrieved - this might indicate a bug');
    }
    const open: { close(): void }[] = peers.map(({ channel }) => channel);
    try {
        const orderers = await connectOrderers(invocation, environment, first, channelId);
        open.push(...orderers);
        const args = chaincodeArguments(invocation);
        const proposal = newSignedProposal(environment.signer, {
            channelId,
            chaincode: invocation.text('name'),
            args,
            transient: transientMap(invocation),
            isInit: invocation.boolean('isInit'),
        });
        const responses = await endorse(peers, proposal);
        await submit({ invocation, environment, peers, orderers, channelId, proposal, responses });
        chaincodeInvokeOrQuery(responses);
    } finally {
        for (const channel of open) {
            channel.close();
        }
    }
}

interface Submission {
    readonly invocation: Invocation;
    readonly environment: PeerEnvironment;
    readonly peers: readonly PeerConnection[];
    readonly orderers: readonly GrpcChannel[];
    readonly channelId: string;
    readonly proposal: NewProposal;
    readonly responses: readonly protos.ProposalResponse[];
}

async function connectOrderers(
    invocation: Invocation,
    { settings, signer }: PeerEnvironment,
    peer: PeerConnection,
    channelId: string,
): Promise<readonly GrpcChannel[]> {
    const addresses = await ordererEndpoints(invocation.text('orderer'), peer, signer, channelId, log);
    return Promise.all(addresses.map((address) => connectOrderer(invocation, settings, address))).catch(
        failure('error getting broadcast client'),
    );
}

async function endorse(
    peers: readonly PeerConnection[],
    { signedProposal }: NewProposal,
): Promise<readonly protos.ProposalResponse[]> {
    const answers = await Promise.allSettled(peers.map((peer) => processProposal(peer, signedProposal)));
    return answers.map((answer) => {
        if (answer.status === 'rejected') {
            throw new Error(`error endorsing invoke: ${errorText(answer.reason)} - proposal response: <nil>`);
        }
        return answer.value;
    });
}

async function submit({
    invocation,
    environment: { settings, signer },
    peers,
    orderers,
    channelId,
    proposal,
    responses,
}: Submission): Promise<void> {
    const [response] = responses;
    if (response === undefined || (response.response?.status ?? 0) >= 400) {
        return;
    }
    const envelope = withResponse(response, () => {
        try {
            return assembleTransaction(signer, proposal.proposal, responses);
        } catch (error) {
            return failure('could not assemble transaction')(error);
        }
    });
    const wait = invocation.boolean('waitForEvent')
        ? await CommitWait.open({
              peers,
              signer,
              tlsCertHash: clientCertificateHash(settings),
              channelId,
              txId: proposal.txId,
              timeoutMs: invocation.durationMs('waitForEventTimeout'),
          })
        : undefined;
    try {
        await broadcast(orderers, envelope);
    } catch (error) {
        wait?.close();
        withResponse(response, () => failure('error sending transaction for invoke')(error));
    }
    await wait?.done().catch((error: unknown) => {
        throw new Error(`${errorText(error)} - proposal response: <nil>`, { cause: error });
    });
}

/** Errors after endorsement show what was endorsed. */
function withResponse<T>(response: protos.ProposalResponse, work: () => T): T {
    try {
        return work();
    } catch (error) {
        const text = proposalResponseText(response);
        throw new Error(`${errorText(error)} - proposal response: ${text}`, { cause: error });
    }
}

function chaincodeInvokeOrQuery([response]: readonly protos.ProposalResponse[]): void {
    if (response?.endorsement === null || response?.endorsement === undefined) {
        throw new Error(`endorsement failure during invoke. response: ${responseText(response?.response ?? {})}`);
    }
    const payload = decode(protos.ProposalResponsePayload, asBuffer(response.payload), 'ProposalResponsePayload');
    const action = decode(protos.ChaincodeAction, asBuffer(payload.extension), 'ChaincodeAction');
    log.info(`Chaincode invoke successful. result: ${responseText(action.response ?? {})}`);
}
