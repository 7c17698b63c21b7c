// SPDX-License-Identifier: Apache-2.0
import { verify } from 'node:crypto';
import {
    type handleServerStreamingCall,
    type handleUnaryCall,
    Metadata,
    Server,
    ServerCredentials,
    type ServerErrorResponse,
    type ServerWritableStream,
    status,
} from '@grpc/grpc-js';
import { common, gateway, google, msp, peer } from '@hyperledger/fabric-protos';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { publicKeyOf, type TestIdentity } from './certificates.js';

/** What the stub answers to one call: a result, a gRPC error (at once, or after a while), or silence. */
type Script<T> =
    | { readonly answer: T }
    | { readonly fail: ServerErrorResponse; readonly afterMs?: number }
    | { readonly silence: true };

/** A call as it arrived. */
interface ReceivedCall {
    readonly method: 'evaluate' | 'endorse' | 'submit' | 'commitStatus' | 'events';
    readonly txId: string;
    readonly args: readonly string[];
    readonly transient?: Readonly<Record<string, string>>;
    readonly organizations: readonly string[];
    readonly startBlock?: number;
}

export interface StubEvent {
    readonly block: number;
    readonly txId: string;
    readonly name: string;
}

/** A peer that serves the Gateway protocol over TLS and does as it is told. Scripts run in order; the last one stays. */
export interface StubPeer {
    readonly port: number;
    readonly calls: ReceivedCall[];
    readonly script: {
        evaluate: Script<string>[];
        endorse: Script<string>[];
        submit: Script<true>[];
        commitStatus: Script<{ readonly code: number; readonly block: number }>[];
        /** One list per stream; the stream is cut after it, and stays open after the last. */
        events: (readonly StubEvent[])[];
    };
    stop(): void;
}

/** A gRPC error with the details Fabric's gateway attaches (internal/pkg/gateway/apiutils.go). */
export function gatewayFailure(
    code: status,
    message: string,
    details: readonly { mspId: string; message: string }[] = [],
): { fail: ServerErrorResponse } {
    const metadata = new Metadata();
    if (details.length > 0) {
        const rich = new google.rpc.Status();
        rich.setCode(code);
        rich.setMessage(message);
        rich.setDetailsList(details.map(anyDetail));
        metadata.set('grpc-status-details-bin', Buffer.from(rich.serializeBinary()));
    }
    return { fail: { name: 'Error', message, code, details: message, metadata } };
}

/** Starts a stub on a free port of this machine, or on a given one. */
export async function startStubPeer(tls: TestIdentity, port = 0): Promise<StubPeer> {
    const calls: ReceivedCall[] = [];
    const script: StubPeer['script'] = {
        evaluate: [{ answer: '{}' }],
        endorse: [{ answer: '{}' }],
        submit: [{ answer: true }],
        commitStatus: [{ answer: { code: 0, block: 7 } }],
        events: [[]],
    };
    const server = new Server();
    server.addService(serviceDefinition, {
        ...unaryHandlers(calls, script),
        chaincodeEvents: eventHandler(calls, script),
    });
    const credentials = ServerCredentials.createSsl(null, [
        { cert_chain: Buffer.from(tls.certificate), private_key: Buffer.from(tls.privateKey) },
    ]);
    const bound = await new Promise<number>((resolve, reject) => {
        server.bindAsync(`localhost:${String(port)}`, credentials, (error, chosen) => {
            if (error) {
                reject(error);
            } else {
                resolve(chosen);
            }
        });
    });
    return {
        port: bound,
        calls,
        script,
        stop: () => {
            server.forceShutdown();
        },
    };
}

interface Message {
    serializeBinary(): Uint8Array;
}

function method<Q extends Message, A extends Message>(
    path: string,
    request: { deserializeBinary(bytes: Uint8Array): Q },
    response: { deserializeBinary(bytes: Uint8Array): A },
    responseStream = false,
): object {
    return {
        path: `/gateway.Gateway/${path}`,
        requestStream: false,
        responseStream,
        requestSerialize: (message: Q) => Buffer.from(message.serializeBinary()),
        requestDeserialize: (bytes: Buffer) => request.deserializeBinary(bytes),
        responseSerialize: (message: A) => Buffer.from(message.serializeBinary()),
        responseDeserialize: (bytes: Buffer) => response.deserializeBinary(bytes),
    };
}

const serviceDefinition = {
    evaluate: method('Evaluate', gateway.EvaluateRequest, gateway.EvaluateResponse),
    endorse: method('Endorse', gateway.EndorseRequest, gateway.EndorseResponse),
    submit: method('Submit', gateway.SubmitRequest, gateway.SubmitResponse),
    commitStatus: method('CommitStatus', gateway.SignedCommitStatusRequest, gateway.CommitStatusResponse),
    chaincodeEvents: method(
        'ChaincodeEvents',
        gateway.SignedChaincodeEventsRequest,
        gateway.ChaincodeEventsResponse,
        true,
    ),
} as unknown as Parameters<Server['addService']>[0];

function unaryHandlers(
    calls: ReceivedCall[],
    script: StubPeer['script'],
): Record<string, handleUnaryCall<never, Message>> {
    const evaluate: handleUnaryCall<gateway.EvaluateRequest, Message> = ({ request }, callback) => {
        calls.push({
            ...proposalCall('evaluate', request.getProposedTransaction()),
            organizations: request.getTargetOrganizationsList(),
        });
        reply(next(script.evaluate), callback, (result) => {
            const response = new gateway.EvaluateResponse();
            response.setResult(responseOf(result));
            return response;
        });
    };
    const endorse: handleUnaryCall<gateway.EndorseRequest, Message> = ({ request }, callback) => {
        const proposed = request.getProposedTransaction();
        calls.push({ ...proposalCall('endorse', proposed), organizations: request.getEndorsingOrganizationsList() });
        reply(next(script.endorse), callback, (result) => {
            const response = new gateway.EndorseResponse();
            response.setPreparedTransaction(preparedTransaction(proposed, result));
            return response;
        });
    };
    const submit: handleUnaryCall<gateway.SubmitRequest, Message> = ({ request }, callback) => {
        calls.push({ method: 'submit', txId: request.getTransactionId(), args: [], organizations: [] });
        reply(next(script.submit), callback, () => new gateway.SubmitResponse());
    };
    const commitStatus: handleUnaryCall<gateway.SignedCommitStatusRequest, Message> = ({ request }, callback) => {
        const asked = gateway.CommitStatusRequest.deserializeBinary(request.getRequest_asU8());
        calls.push({ method: 'commitStatus', txId: asked.getTransactionId(), args: [], organizations: [] });
        reply(next(script.commitStatus), callback, ({ code, block }) => {
            const response = new gateway.CommitStatusResponse();
            response.setResult(code as never);
            response.setBlockNumber(block);
            return response;
        });
    };
    return { evaluate, endorse, submit, commitStatus };
}

function eventHandler(
    calls: ReceivedCall[],
    script: StubPeer['script'],
): handleServerStreamingCall<gateway.SignedChaincodeEventsRequest, gateway.ChaincodeEventsResponse> {
    return (stream: ServerWritableStream<gateway.SignedChaincodeEventsRequest, gateway.ChaincodeEventsResponse>) => {
        const asked = gateway.ChaincodeEventsRequest.deserializeBinary(stream.request.getRequest_asU8());
        const startBlock = asked.getStartPosition()?.getSpecified()?.getNumber() ?? 0;
        calls.push({ method: 'events', txId: asked.getAfterTransactionId(), args: [], organizations: [], startBlock });
        const isLast = script.events.length <= 1;
        for (const event of (isLast ? script.events[0] : script.events.shift()) ?? []) {
            if (event.block >= startBlock) {
                stream.write(eventMessage(event));
            }
        }
        if (!isLast) {
            stream.emit('error', { code: status.UNAVAILABLE, details: 'the peer went away' });
        }
    };
}

function next<T>(scripts: Script<T>[]): Script<T> {
    const [first] = scripts.length > 1 ? scripts.splice(0, 1) : scripts;
    return first ?? { silence: true };
}

function reply<T>(
    script: Script<T>,
    callback: Parameters<handleUnaryCall<never, Message>>[1],
    message: (value: T) => Message,
): void {
    if ('answer' in script) {
        callback(null, message(script.answer));
    } else if ('fail' in script) {
        const { fail, afterMs = 0 } = script;
        setTimeout(() => callback(fail), afterMs);
    }
}

function anyDetail({ mspId, message }: { mspId: string; message: string }): Any {
    const detail = new gateway.ErrorDetail();
    detail.setAddress(`${mspId}:7051`);
    detail.setMspId(mspId);
    detail.setMessage(message);
    const any = new Any();
    any.setTypeUrl('type.googleapis.com/gateway.ErrorDetail');
    any.setValue(detail.serializeBinary());
    return any;
}

/** Unpacks a proposal as a peer does, and checks its signature. */
function proposalCall(
    name: 'evaluate' | 'endorse',
    signed: peer.SignedProposal | undefined,
): Pick<ReceivedCall, 'method' | 'txId' | 'args' | 'transient'> {
    const bytes = signed?.getProposalBytes_asU8() ?? new Uint8Array();
    const proposal = peer.Proposal.deserializeBinary(bytes);
    const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    const creator = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()).getCreator_asU8();
    const certificate = msp.SerializedIdentity.deserializeBinary(creator).getIdBytes_asU8();
    if (!verify('sha256', bytes, publicKeyOf(certificate), signed?.getSignature_asU8() ?? new Uint8Array())) {
        throw new Error('the proposal is not signed by its creator');
    }
    const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
    const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
    const args = invocation.getChaincodeSpec()?.getInput()?.getArgsList_asU8() ?? [];
    const transient: Record<string, string> = {};
    payload.getTransientmapMap().forEach((value, key) => {
        transient[key] = Buffer.from(value).toString();
    });
    return {
        ...{ method: name, txId: channelHeader.getTxId(), args: args.map((arg) => Buffer.from(arg).toString()) },
        transient,
    };
}

function responseOf(result: string): peer.Response {
    const response = new peer.Response();
    response.setStatus(200);
    response.setPayload(Buffer.from(result));
    return response;
}

function preparedTransaction(signed: peer.SignedProposal | undefined, result: string): common.Envelope {
    const proposal = peer.Proposal.deserializeBinary(signed?.getProposalBytes_asU8() ?? new Uint8Array());
    const action = new peer.ChaincodeAction();
    action.setResponse(responseOf(result));
    const responsePayload = new peer.ProposalResponsePayload();
    responsePayload.setExtension$(action.serializeBinary());
    const endorsed = new peer.ChaincodeEndorsedAction();
    endorsed.setProposalResponsePayload(responsePayload.serializeBinary());
    const actionPayload = new peer.ChaincodeActionPayload();
    actionPayload.setAction(endorsed);
    const transactionAction = new peer.TransactionAction();
    transactionAction.setPayload(actionPayload.serializeBinary());
    const transaction = new peer.Transaction();
    transaction.setActionsList([transactionAction]);
    const payload = new common.Payload();
    payload.setHeader(common.Header.deserializeBinary(proposal.getHeader_asU8()));
    payload.setData(transaction.serializeBinary());
    const envelope = new common.Envelope();
    envelope.setPayload(payload.serializeBinary());
    return envelope;
}

function eventMessage({ block, txId, name }: StubEvent): gateway.ChaincodeEventsResponse {
    const event = new peer.ChaincodeEvent();
    event.setChaincodeId('power-currency');
    event.setTxId(txId);
    event.setEventName(name);
    const response = new gateway.ChaincodeEventsResponse();
    response.setBlockNumber(block);
    response.setEventsList([event]);
    return response;
}
