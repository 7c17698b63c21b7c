// SPDX-License-Identifier: Apache-2.0
import { verify, X509Certificate } from 'node:crypto';
import { GrpcStatus } from '../../../process/grpcStatus.js';
import { HeaderType, Status, TxValidationCode } from '../../../wire/codes.js';
import { asBuffer, decode, encode } from '../../../wire/decode.js';
import { newEnvelope, newSignedProposal, type NewProposal, type Signer } from '../../../wire/envelope.js';
import { sha256 } from '../../../wire/hashing.js';
import { common, gateway, msp, type orderer, protos } from '../../../wire/protobuf.js';
import { seekInfo, type SeekRange } from '../../../wire/seek.js';
import { loadLocalMsp } from '../../../identity/localMsp.js';
import { deployChaincode } from './testing/gatewayClient.js';
import { heightOf, untilSameHeight } from './testing/heights.js';
import type { MemberNode } from './testing/memberNode.js';
import { channelId, startTestNetwork, type TestNetwork } from './testing/testNetwork.js';

// Each test is a case of the services of Fabric 3.1's peer; docs/internals/engine-cases.md lists those that other files hold.

let network: TestNetwork;
let alpha: MemberNode;
let beta: MemberNode;
let user: Signer;
let stranger: Signer;
const both = ['AlphaMSP', 'BetaMSP'];

beforeAll(async () => {
    network = await startTestNetwork({ mspIds: both, batchTimeout: '300ms' });
    [alpha, beta] = network.members as [MemberNode, MemberNode];
    user = loadLocalMsp(alpha.authority.mspFolder('user'), 'AlphaMSP').signer;
    stranger = loadLocalMsp(beta.authority.mspFolder('user'), 'BetaMSP').signer;
    await deployChaincode(network.members, 'cc', "AND('AlphaMSP.peer','BetaMSP.peer')");
    await deployChaincode(network.members, 'cc2', "OR('AlphaMSP.peer','BetaMSP.peer')");
    await untilSameHeight(network.members);
});
afterAll(() => network.close());

interface Call {
    readonly chaincode?: string;
    readonly channel?: string;
    readonly transient?: Readonly<Record<string, Buffer>>;
    readonly organisations?: string[];
    /** Signs in the user's place. */
    readonly signedBy?: Signer;
}

function propose(
    args: readonly string[],
    { chaincode = 'cc', channel = channelId, transient = {}, signedBy }: Call = {},
): NewProposal {
    const content = { channelId: channel, chaincode, args: args.map((arg) => Buffer.from(arg)), transient };
    const signer =
        signedBy === undefined
            ? user
            : { ...user, serialized: user.serialized, sign: (m: Uint8Array) => signedBy.sign(m) };
    return newSignedProposal(signer, content);
}

async function endorsedBy(node: MemberNode, { signedProposal }: NewProposal): Promise<protos.ProposalResponse> {
    const bytes = await node.connection.unary(
        '/protos.Endorser/ProcessProposal',
        encode(protos.SignedProposal, signedProposal),
    );
    return decode(protos.ProposalResponse, bytes, 'ProposalResponse');
}

function evaluate(args: readonly string[], call: Call = {}): Promise<Buffer> {
    const { txId: transactionId, signedProposal: proposedTransaction } = propose(args, call);
    const targetOrganizations = call.organisations ?? [];
    const request = { channelId, transactionId, proposedTransaction, targetOrganizations };
    return alpha.connection.unary('/gateway.Gateway/Evaluate', encode(gateway.EvaluateRequest, request));
}

async function endorse(
    args: readonly string[],
    call: Call = {},
): Promise<{ proposal: NewProposal; prepared: common.Envelope }> {
    const proposal = propose(args, call);
    const request = encode(gateway.EndorseRequest, {
        channelId,
        transactionId: proposal.txId,
        proposedTransaction: proposal.signedProposal,
        endorsingOrganizations: call.organisations ?? [],
    });
    const bytes = await alpha.connection.unary('/gateway.Gateway/Endorse', request);
    const { preparedTransaction } = decode(gateway.EndorseResponse, bytes, 'EndorseResponse');
    return { proposal, prepared: new common.Envelope(preparedTransaction ?? {}) };
}

function submit(preparedTransaction: common.Envelope): Promise<Buffer> {
    const request = encode(gateway.SubmitRequest, { channelId, preparedTransaction });
    return alpha.connection.unary('/gateway.Gateway/Submit', request);
}

function signed({ payload }: common.Envelope, signer = user): common.Envelope {
    return new common.Envelope({ payload, signature: signer.sign(payload) });
}

async function commitStatus(
    transactionId: string,
    { channel = channelId, deadlineMs = 20_000 } = {},
): Promise<gateway.CommitStatusResponse> {
    const request = encode(gateway.CommitStatusRequest, {
        transactionId,
        channelId: channel,
        identity: user.serialized,
    });
    const bytes = encode(gateway.SignedCommitStatusRequest, { request, signature: user.sign(request) });
    const answer = await alpha.connection.unary('/gateway.Gateway/CommitStatus', bytes, { deadlineMs });
    return decode(gateway.CommitStatusResponse, answer, 'CommitStatusResponse');
}

/** Endorses, submits and waits; the transaction's id, block and code. */
async function transact(
    args: readonly string[],
    call: Call = {},
): Promise<{ txId: string; block: number; code: number }> {
    const { proposal, prepared } = await endorse(args, call);
    await submit(signed(prepared));
    const { result, blockNumber } = await commitStatus(proposal.txId);
    return { txId: proposal.txId, block: blockNumber, code: result };
}

interface Failure {
    readonly code: number;
    readonly message: string;
    readonly details: readonly gateway.ErrorDetail.$Properties[];
}

async function failureOf(call: Promise<unknown>): Promise<Failure> {
    const error: unknown = await call.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    if (!(error instanceof GrpcStatus)) throw new Error(`no gRPC status: ${String(error)}`);
    const details = error.details.map(({ value }) => {
        const { address, mspId, message } = decode(gateway.ErrorDetail, asBuffer(value), 'ErrorDetail');
        return { address, mspId, message };
    });
    return { code: error.code, message: error.message, details };
}

const at = (node: MemberNode, message: unknown): object => ({
    address: `localhost:${String(node.port)}`,
    mspId: node.mspId,
    message,
});
const containing = (text: string): unknown => expect.stringContaining(text);

function endorsersOf({ payload }: common.Envelope): string[] {
    return actionOf(payload).endorsements!.map(
        ({ endorser }) => decode(msp.SerializedIdentity, asBuffer(endorser), 'SerializedIdentity').mspid,
    );
}

function actionOf(payload: Uint8Array): protos.ChaincodeEndorsedAction.$Properties {
    const { data } = decode(common.Payload, payload, 'Payload');
    const [action] = decode(protos.Transaction, data, 'Transaction').actions;
    return decode(protos.ChaincodeActionPayload, asBuffer(action?.payload), 'ChaincodeActionPayload').action!;
}

describe('the endorser', () => {
    it('signs what a query answered, over the hash of the proposal, and says whose policy applies', async () => {
        const proposal = propose(['get', 'a'], { transient: { secret: Buffer.from('s') } });
        const { version, response, payload, endorsement, interest } = await endorsedBy(alpha, proposal);
        const endorser = asBuffer(endorsement?.endorser);
        const { publicKey } = new X509Certificate(
            decode(msp.SerializedIdentity, endorser, 'SerializedIdentity').idBytes,
        );
        const header = decode(common.Header, asBuffer(proposal.proposal.header), 'Header');
        const { input } = decode(protos.ChaincodeProposalPayload, asBuffer(proposal.proposal.payload), 'payload');
        const withoutTransient = encode(protos.ChaincodeProposalPayload, { input });
        expect([version, response?.status]).toEqual([1, 200]);
        expect(verify('sha256', Buffer.concat([payload, endorser]), publicKey, asBuffer(endorsement?.signature))).toBe(
            true,
        );
        expect(
            asBuffer(decode(protos.ProposalResponsePayload, payload, 'ProposalResponsePayload').proposalHash),
        ).toEqual(sha256(asBuffer(header.channelHeader), asBuffer(header.signatureHeader), withoutTransient));
        expect(interest?.chaincodes).toMatchObject([{ name: 'cc' }]);
    });

    it.each([
        ['399', true, true],
        ['404', false, false],
        ['500', true, false],
    ])('of status %s returns the payload: %s, and endorses it: %s', async (status, hasPayload, isEndorsed) => {
        const { response, payload, endorsement } = await endorsedBy(alpha, propose(['status', status, 'm', 'p']));
        expect(response).toMatchObject({ status: Number(status), message: 'm' });
        expect([payload.length > 0, (endorsement ?? undefined) !== undefined]).toEqual([hasPayload, isEndorsed]);
    });

    it('does not know another organisation’s user where no channel is named', async () => {
        const call = beta.propose('', 'cscc', [Buffer.from('GetChannels')], user);
        expect(await failureOf(call)).toMatchObject({
            code: 2,
            message: 'error validating proposal: access denied: channel [] creator org unknown, creator is malformed',
        });
    });
});

describe('Evaluate', () => {
    it('passes on the error of a chaincode and names the peer', async () => {
        expect(await failureOf(evaluate(['error', 'bad']))).toEqual({
            code: 2,
            message: 'evaluate call to endorser returned error: chaincode response 500, bad',
            details: [at(alpha, 'chaincode response 500, bad')],
        });
    });

    it('is aborted when the chaincode takes too long on the only peer asked', async () => {
        expect(await failureOf(evaluate(['slow', '5500'], { organisations: ['AlphaMSP'] }))).toEqual({
            code: 10,
            message: 'failed to evaluate transaction, see attached details for more info',
            details: [at(alpha, expect.stringMatching(/timeout expired while executing transaction$/))],
        });
    });

    it.each<[string, Call, number, string]>([
        [
            'chaincode',
            { chaincode: 'nocc' },
            9,
            `no peers available to evaluate chaincode nocc in channel ${channelId}`,
        ],
        [
            'channel',
            { channel: 'nope' },
            14,
            'failed to get config for channel [nope]: could not get last config for channel nope',
        ],
    ])('of an unknown %s fails without details', async (_, call, code, message) => {
        expect(await failureOf(evaluate(['get', 'a'], call))).toEqual({ code, message, details: [] });
    });

    it('refuses a proposal signed by another key', async () => {
        const text = `error validating proposal: access denied: channel [${channelId}] creator org [AlphaMSP]`;
        expect(await failureOf(evaluate(['get', 'a'], { signedBy: stranger }))).toEqual({
            code: 9,
            message: `evaluate call to endorser returned error: ${text}`,
            details: [at(alpha, text)],
        });
    });
});

describe('Endorse', () => {
    it('gathers the endorsements that the policy needs, keeps the header and drops transient data', async () => {
        const { proposal, prepared } = await endorse(['put', 'a', '1'], {
            transient: { secret: Buffer.from('hidden') },
        });
        expect(endorsersOf(prepared).sort()).toEqual(both);
        const { header } = decode(common.Payload, prepared.payload, 'Payload');
        expect(encode(common.Header, header ?? {})).toEqual(asBuffer(proposal.proposal.header));
        expect(prepared.signature).toHaveLength(0);
        expect(asBuffer(prepared.payload).includes('hidden')).toBe(false);
    });

    it('is content with its own peer when the policy is', async () => {
        const { prepared } = await endorse(['put', 'a', '1'], { chaincode: 'cc2' });
        expect(endorsersOf(prepared)).toEqual(['AlphaMSP']);
    });

    it('is aborted by the error of a chaincode', async () => {
        expect(await failureOf(endorse(['error', 'bad']))).toEqual({
            code: 10,
            message: 'failed to endorse transaction, see attached details for more info',
            details: [at(alpha, 'chaincode response 500, bad')],
        });
    });

    it('is aborted when the peers write differently, and names the second', async () => {
        expect(await failureOf(endorse(['divergeResult', 'd']))).toEqual({
            code: 10,
            message: 'failed to collect enough transaction endorsements, see attached details for more info',
            details: [at(beta, 'ProposalResponsePayloads do not match')],
        });
    });

    it('fails for an organisation without peers', async () => {
        expect(await failureOf(endorse(['put', 'a', '1'], { organisations: ['Org9MSP'] }))).toMatchObject({
            code: 14,
            message: 'failed to find any endorsing peers for org(s): Org9MSP',
        });
    });
});

describe('Submit', () => {
    it('orders a transaction that one organisation endorsed, which is invalid then', async () => {
        const { code, block } = await transact(['put', 'a', '1'], { organisations: ['AlphaMSP'] });
        expect(code).toBe(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        expect(block).toBeGreaterThan(0);
    });

    it('wants a signature, and the creator’s', async () => {
        const { prepared } = await endorse(['put', 'a', '1']);
        expect(await failureOf(submit(prepared))).toMatchObject({
            code: 3,
            message: 'prepared transaction must be signed',
        });
        expect(await failureOf(submit(signed(prepared, stranger)))).toEqual({
            code: 10,
            message: containing('received unsuccessful response from orderer: status=FORBIDDEN, info='),
            details: [],
        });
    });

    it('takes a transaction twice, and its status stays that of the first', async () => {
        const { proposal, prepared } = await endorse(['put', 'a', '1']);
        await submit(signed(prepared));
        const first = await commitStatus(proposal.txId);
        await submit(signed(prepared));
        const later = await transact(['put', 'b', '1']);
        const again = await commitStatus(proposal.txId);
        expect([again.result, again.blockNumber]).toEqual([TxValidationCode.VALID, first.blockNumber]);
        expect(later.block).toBeGreaterThan(first.blockNumber);
    });
});

describe('CommitStatus', () => {
    it('waits for an unknown transaction until the deadline', async () => {
        expect(await failureOf(commitStatus('ab'.repeat(32), { deadlineMs: 700 }))).toMatchObject({ code: 4 });
    });

    it('of an unknown channel is denied', async () => {
        expect(await failureOf(commitStatus('ab'.repeat(32), { channel: 'nope' }))).toMatchObject({
            code: 7,
            message: 'Failed to get policy manager for channel [nope]',
        });
    });
});

describe('ChaincodeEvents', () => {
    type Start = orderer.SeekPosition.$Properties;
    interface Event {
        readonly block: number;
        readonly names: readonly string[];
    }

    /** The first responses, or those that come within a second. */
    async function events(startPosition: Start, most: number, afterTransactionId = ''): Promise<Event[]> {
        const request = encode(gateway.ChaincodeEventsRequest, {
            channelId,
            chaincodeId: 'cc',
            identity: user.serialized,
            startPosition,
            afterTransactionId,
        });
        const bytes = encode(gateway.SignedChaincodeEventsRequest, { request, signature: user.sign(request) });
        const stream = alpha.connection.serverStream('/gateway.Gateway/ChaincodeEvents', bytes);
        const timer = setTimeout(() => {
            stream.cancel();
        }, 1_000);
        const found: Event[] = [];
        for await (const message of stream) {
            const response = decode(gateway.ChaincodeEventsResponse, message, 'ChaincodeEventsResponse');
            found.push({ block: response.blockNumber, names: response.events.map(({ eventName }) => eventName ?? '') });
            if (found.length >= most) stream.cancel();
        }
        clearTimeout(timer);
        return found;
    }

    it('come from valid transactions, one message per block with any, from the block or transaction asked for', async () => {
        const one = await transact(['event', 'One', 'x', 'e1', 'v']);
        const pair = await Promise.all(['Two', 'Three'].map((name) => endorse(['event', name, 'x', name, 'v'])));
        await Promise.all(pair.map(({ prepared }) => submit(signed(prepared))));
        const [two, three] = await Promise.all(pair.map(({ proposal }) => commitStatus(proposal.txId)));
        await transact(['put', 'silent', 'v']);
        await transact(['event', 'Invalid', 'x', 'e2', 'v'], { organisations: ['AlphaMSP'] });
        const last = await transact(['event', 'Last', 'x', 'e3', 'v']);
        const middle = two!.blockNumber === three!.blockNumber ? 1 : 2;
        const found = await events({ specified: { number: one.block } }, 2 + middle);
        expect(found).toHaveLength(2 + middle);
        expect(found[0]).toEqual({ block: one.block, names: ['One'] });
        expect(
            found
                .slice(1, -1)
                .flatMap(({ names }) => names)
                .sort(),
        ).toEqual(['Three', 'Two']);
        expect(found.at(-1)).toEqual({ block: last.block, names: ['Last'] });
        const after = await events({ specified: { number: one.block } }, 1 + middle, one.txId);
        expect(after).toEqual(found.slice(1));
    });

    it('after a transaction that the ledger does not have are none', async () => {
        expect(await events({ specified: { number: 0 } }, 1, 'ab'.repeat(32))).toEqual([]);
    });

    it('cannot be asked for from the oldest block', async () => {
        expect(await failureOf(events({ oldest: {} }, 1))).toMatchObject({
            code: 3,
            message: 'invalid start position type: *orderer.SeekPosition_Oldest',
        });
    });
});

describe('Deliver', () => {
    function seek(range: SeekRange, over: object = {}): common.Envelope {
        return newEnvelope(user, { type: HeaderType.DELIVER_SEEK_INFO, channelId, data: seekInfo(range), ...over });
    }

    /** Block numbers, then the status if the peer gave one before `most` messages. */
    async function delivered(request: common.Envelope, most = Infinity, onFirst?: () => unknown): Promise<number[]> {
        const stream = alpha.connection.duplex('/protos.Deliver/Deliver');
        await stream.send(encode(common.Envelope, request));
        stream.end();
        const seen: number[] = [];
        for await (const bytes of stream) {
            const { block, status } = decode(protos.DeliverResponse, bytes, 'DeliverResponse');
            seen.push(block ? (block.header?.number ?? 0) : (status ?? -1));
            if (seen.length === 1) onFirst?.();
            if (seen.length >= most) stream.cancel();
        }
        return seen;
    }

    it('sends the blocks of a range and SUCCESS', async () => {
        expect(await delivered(seek({ start: 0, stop: 2 }))).toEqual([0, 1, 2, Status.SUCCESS]);
        const height = await heightOf(alpha);
        const whole = Array.from({ length: height }, (_, number) => number);
        expect(await delivered(seek({ start: 'oldest', stop: 'newest' }))).toEqual([...whole, Status.SUCCESS]);
    });

    it.each<[string, () => common.Envelope, number]>([
        ['that ends before it starts with BAD_REQUEST', () => seek({ start: 3, stop: 1 }), Status.BAD_REQUEST],
        [
            'beyond the chain with NOT_FOUND',
            () => seek({ start: 999, stop: 999, behavior: 'failIfNotReady' }),
            Status.NOT_FOUND,
        ],
        [
            'of an unknown channel with NOT_FOUND',
            () => seek({ start: 0, stop: 0 }, { channelId: 'nope' }),
            Status.NOT_FOUND,
        ],
        ['signed by another key with FORBIDDEN', () => signed(seek({ start: 0, stop: 0 }), stranger), Status.FORBIDDEN],
    ])('answers a request %s and ends the stream', async (_, request, status) => {
        expect(await delivered(request())).toEqual([status]);
    });

    it('without an end goes on with the next block, although the client has closed its half', async () => {
        const height = await heightOf(alpha);
        const seen = await delivered(seek({ start: 'newest', stop: 'forever' }), 2, () =>
            transact(['put', 'late', 'v']),
        );
        expect(seen).toEqual([height - 1, height]);
    });

    it('leaves the payload of events out of filtered blocks', async () => {
        const { block, txId } = await transact(['event', 'Seen', 'payload', 'e4', 'v']);
        const stream = alpha.connection.duplex('/protos.Deliver/DeliverFiltered');
        await stream.send(encode(common.Envelope, seek({ start: block, stop: block })));
        const { value: first } = (await stream[Symbol.asyncIterator]().next()) as IteratorResult<Buffer, undefined>;
        const { filteredBlock } = decode(protos.DeliverResponse, first ?? Buffer.alloc(0), 'DeliverResponse');
        const [filtered] = filteredBlock?.filteredTransactions ?? [];
        const [action] = filtered?.transactionActions?.chaincodeActions ?? [];
        expect(filtered).toMatchObject({ txid: txId });
        expect(filtered?.txValidationCode ?? 0).toBe(TxValidationCode.VALID);
        expect(action?.chaincodeEvent).toMatchObject({ chaincodeId: 'cc', eventName: 'Seen', txId });
        expect(action?.chaincodeEvent?.payload ?? Buffer.alloc(0)).toHaveLength(0);
        stream.cancel();
    });
});

describe('a network without its orderer', () => {
    it('cannot order, and names the orderer', async () => {
        const { prepared } = await endorse(['put', 'a', '1']);
        await network.orderer.end('SIGKILL');
        expect(await failureOf(submit(signed(prepared)))).toEqual({
            code: 14,
            message: 'no orderers could successfully process transaction',
            details: [
                {
                    address: containing('localhost:'),
                    mspId: 'OrdererMSP',
                    message: containing('rpc error: code = Unavailable'),
                },
            ],
        });
    });
});
