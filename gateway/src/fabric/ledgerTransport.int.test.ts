// SPDX-License-Identifier: Apache-2.0
import { status } from '@grpc/grpc-js';
import { StatusCode } from '@hyperledger/fabric-gateway';
import { DomainError } from '@power-currency/domain';
import { type Failure, type FailureCode } from '../application/failure.js';
import { type PeerSession } from './connection.js';
import { defaultDeadlines } from './deadlines.js';
import { createLedgerTransport } from './ledgerTransport.js';
import { type LedgerTransport } from '../application/ports.js';
import { selfSigned, type TestIdentity } from './testing/certificates.js';
import { gatewayFailure, startStubPeer, type StubPeer } from './testing/stubPeer.js';
import { stubSession } from './testing/stubSession.js';

const REFUSAL = 'chaincode response 500, INSUFFICIENT_FUNDS {"amount":"5","balance":"1","walletId":"alice"}';
const OTHER_REFUSAL = 'chaincode response 500, WALLET_NOT_FOUND {"walletId":"alice"}';
const MEMBERS = ['AuthorityMSP', 'CentralBankMSP'];
const request = '{"requestId":"r1"}';

function refusedBy(mspIds: readonly string[], message: string): ReturnType<typeof gatewayFailure> {
    const details = mspIds.map((mspId) => ({ mspId, message }));
    return gatewayFailure(
        status.ABORTED,
        'failed to collect enough transaction endorsements, see attached details',
        details,
    );
}

let tls: TestIdentity;
let peer: StubPeer;
let sessions: PeerSession[];

beforeAll(async () => {
    tls = await selfSigned('localhost');
});

beforeEach(async () => {
    peer = await startStubPeer(tls);
    sessions = [];
});

afterEach(() => {
    for (const session of sessions) session.close();
    peer.stop();
});

function sessionWith(port: number, deadlines = defaultDeadlines): PeerSession {
    const session = stubSession(port, tls, { deadlines });
    sessions.push(session);
    return session;
}

function transportTo(first = sessionWith(peer.port), ...others: PeerSession[]): LedgerTransport {
    return createLedgerTransport({
        sessions: [first, ...others],
        channel: 'power',
        chaincode: 'power-currency',
        endorsingOrganizations: MEMBERS,
        queryOrganizations: ['AuthorityMSP'],
    });
}

const methods = (stub: StubPeer = peer): readonly string[] => stub.calls.map(({ method }) => method);

async function expectFailure(promise: Promise<unknown>, code: FailureCode): Promise<Failure> {
    const error: unknown = await promise.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'Failure', code });
    return error as Failure;
}

describe('submit', () => {
    it('endorses by the named organisations in parallel, orders and reports the block', async () => {
        peer.script.endorse = [{ answer: '{"ok":true}' }];
        const committed = await transportTo().submit('Wallet:Open', request);
        expect(committed).toMatchObject({ result: '{"ok":true}', blockNumber: 7n, attempts: 1 });
        expect(methods()).toEqual(['endorse', 'submit', 'commitStatus']);
        expect(peer.calls[0]).toMatchObject({
            args: ['Wallet:Open', request],
            transient: {},
            organizations: MEMBERS,
            txId: committed.txId,
        });
    });

    it.each([
        ['MVCC_READ_CONFLICT', StatusCode.MVCC_READ_CONFLICT],
        ['PHANTOM_READ_CONFLICT', StatusCode.PHANTOM_READ_CONFLICT],
    ])('sends a new transaction with the same request after %s', async (_, code) => {
        peer.script.commitStatus = [{ answer: { code, block: 7 } }, { answer: { code: 0, block: 8 } }];
        const { blockNumber, attempts } = await transportTo().submit('Wallet:Transfer', request);
        expect([blockNumber, attempts]).toEqual([8n, 2]);
        const endorsed = peer.calls.filter(({ method }) => method === 'endorse');
        expect(endorsed.map(({ args }) => args[1])).toEqual([request, request]);
        expect(new Set(endorsed.map(({ txId }) => txId)).size).toBe(2);
    });

    it('sends a confidential argument as transient data, and to the collection’s endorsers alone', async () => {
        peer.script.endorse = [gatewayFailure(status.UNAVAILABLE, 'no endorsers found', []), { answer: '{}' }];
        await transportTo().submit('Commercial:Transfer', request);
        const endorsed = peer.calls.filter(({ method }) => method === 'endorse');
        expect(endorsed).toHaveLength(2);
        for (const call of endorsed) {
            expect(call).toMatchObject({
                args: ['Commercial:Transfer', '{}'],
                transient: { argument: request },
                organizations: ['CentralBankMSP', 'CooperativeMSP'],
            });
        }
    });

    it('stops after a bounded number of conflicts', async () => {
        peer.script.commitStatus = [{ answer: { code: StatusCode.MVCC_READ_CONFLICT, block: 7 } }];
        const failure = await expectFailure(
            transportTo().submit('Wallet:Transfer', request),
            'FABRIC_CONFLICT_PERSISTS',
        );
        expect(failure.details).toEqual({ attempts: 8, validationCode: 'MVCC_READ_CONFLICT' });
        expect(methods().filter((method) => method === 'endorse')).toHaveLength(8);
    });

    it('does not repeat a transaction that validation refused for another reason', async () => {
        peer.script.commitStatus = [{ answer: { code: StatusCode.ENDORSEMENT_POLICY_FAILURE, block: 7 } }];
        const failure = await expectFailure(transportTo().submit('Wallet:Open', request), 'FABRIC_TRANSACTION_INVALID');
        expect(failure.details).toMatchObject({ validationCode: 'ENDORSEMENT_POLICY_FAILURE' });
        expect(methods()).toEqual(['endorse', 'submit', 'commitStatus']);
    });

    it('never repeats what all endorsers refuse, and gives the typed refusal', async () => {
        peer.script.endorse = [refusedBy(MEMBERS, REFUSAL)];
        const error: unknown = await transportTo()
            .submit('Wallet:Transfer', request)
            .catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(DomainError);
        expect(error).toMatchObject({
            code: 'INSUFFICIENT_FUNDS',
            details: { walletId: 'alice', balance: '1', amount: '5' },
        });
        expect(methods()).toEqual(['endorse']);
    });

    it('asks again when only one of two endorsers refuses, as one that lags does', async () => {
        peer.script.endorse = [refusedBy(['CentralBankMSP'], OTHER_REFUSAL), { answer: '{}' }];
        await expect(transportTo().submit('Wallet:Transfer', request)).resolves.toMatchObject({ attempts: 2 });
    });

    it('reports endorsers that keep giving different answers', async () => {
        peer.script.endorse = [
            gatewayFailure(status.ABORTED, 'failed to endorse transaction', [
                { mspId: 'AuthorityMSP', message: REFUSAL },
                { mspId: 'CentralBankMSP', message: OTHER_REFUSAL },
            ]),
        ];
        const failure = await expectFailure(
            transportTo().submit('Wallet:Transfer', request),
            'FABRIC_ENDORSERS_DISAGREE',
        );
        expect(failure.details).toMatchObject({
            answers: `AuthorityMSP: ${REFUSAL} | CentralBankMSP: ${OTHER_REFUSAL}`,
        });
        expect(methods()).toHaveLength(4);
    });

    it('alarms on text of the chaincode that is no refusal of ours', async () => {
        peer.script.endorse = [refusedBy(MEMBERS, 'chaincode response 500, boom')];
        await expectFailure(transportTo().submit('Wallet:Open', request), 'CHAINCODE_UNEXPECTED');
    });

    it('leaves the choice of endorsers to the peer when a named one is lost', async () => {
        peer.script.endorse = [
            gatewayFailure(status.UNAVAILABLE, 'failed to find any endorsing peers for org(s): CentralBankMSP'),
            { answer: '{}' },
        ];
        await transportTo().submit('Wallet:Open', request);
        expect(
            peer.calls.filter(({ method }) => method === 'endorse').map(({ organizations }) => organizations),
        ).toEqual([['AuthorityMSP', 'CentralBankMSP'], []]);
    });

    it('waits and repeats when the peer is full', async () => {
        const busy = gatewayFailure(
            status.UNKNOWN,
            'too many requests for /gateway.Gateway, exceeding concurrency limit (500)',
        );
        peer.script.endorse = [busy, busy, { answer: '{}' }];
        await expect(transportTo().submit('Wallet:Open', request)).resolves.toMatchObject({ attempts: 3 });
    });

    it('does not repeat what the peer refuses', async () => {
        peer.script.endorse = [gatewayFailure(status.PERMISSION_DENIED, 'access denied')];
        const failure = await expectFailure(transportTo().submit('Wallet:Open', request), 'FABRIC_REFUSED');
        expect(failure.details).toMatchObject({ step: 'endorse', grpcStatus: 'PERMISSION_DENIED' });
        expect(methods()).toEqual(['endorse']);
    });

    it('does not repeat what the orderer refuses', async () => {
        peer.script.submit = [
            gatewayFailure(status.ABORTED, 'received unsuccessful response from orderer: status=FORBIDDEN, info=x'),
        ];
        const failure = await expectFailure(transportTo().submit('Wallet:Open', request), 'FABRIC_REFUSED');
        expect(failure.details).toMatchObject({ step: 'submit', grpcStatus: 'ABORTED' });
        expect(methods()).toEqual(['endorse', 'submit']);
    });

    it('asks for the same transaction when the answer of the orderer is lost', async () => {
        peer.script.submit = [gatewayFailure(status.UNAVAILABLE, 'connection reset')];
        const { txId, attempts } = await transportTo().submit('Wallet:Transfer', request);
        expect(attempts).toBe(1);
        expect(methods()).toEqual(['endorse', 'submit', 'commitStatus']);
        expect(peer.calls.map((call) => call.txId)).toEqual([txId, txId, txId]);
    });

    it('sends the same envelope again when nobody knows the transaction, and never a new one', async () => {
        peer.script.submit = [gatewayFailure(status.UNAVAILABLE, 'connection reset'), { answer: true }];
        peer.script.commitStatus = [
            gatewayFailure(status.DEADLINE_EXCEEDED, 'timed out'),
            { answer: { code: 0, block: 9 } },
        ];
        await expect(transportTo().submit('Wallet:Transfer', request)).resolves.toMatchObject({ blockNumber: 9n });
        expect(methods()).toEqual(['endorse', 'submit', 'commitStatus', 'submit', 'commitStatus']);
        expect(new Set(peer.calls.map(({ txId }) => txId)).size).toBe(1);
    });

    it('does not believe a refusal of the second copy of an envelope', async () => {
        peer.script.submit = [
            gatewayFailure(status.UNAVAILABLE, 'connection reset'),
            gatewayFailure(status.ABORTED, 'received unsuccessful response from orderer: status=FORBIDDEN, info=x'),
        ];
        peer.script.commitStatus = [gatewayFailure(status.UNAVAILABLE, 'gone'), { answer: { code: 0, block: 9 } }];
        await expect(transportTo().submit('Wallet:Transfer', request)).resolves.toMatchObject({ blockNumber: 9n });
    });

    it('asks another peer of the organisation for a lost commit status', async () => {
        const second = await startStubPeer(tls);
        try {
            peer.script.commitStatus = [gatewayFailure(status.UNAVAILABLE, 'gone')];
            const transport = transportTo(sessionWith(peer.port), sessionWith(second.port));
            await expect(transport.submit('Wallet:Transfer', request)).resolves.toMatchObject({ blockNumber: 7n });
            expect(methods(second)).toEqual(['commitStatus']);
        } finally {
            second.stop();
        }
    });

    it('names the transaction when its outcome stays unknown', async () => {
        peer.script.commitStatus = [gatewayFailure(status.UNAVAILABLE, 'gone')];
        const failure = await expectFailure(transportTo().submit('Wallet:Transfer', request), 'FABRIC_OUTCOME_UNKNOWN');
        expect(failure.details).toMatchObject({ txId: peer.calls[0]?.txId });
        expect(methods().filter((method) => method === 'endorse')).toHaveLength(1);
    });

    it('ends a call the peer does not answer, at its deadline', async () => {
        peer.script.endorse = [{ silence: true }];
        const session = sessionWith(peer.port, { ...defaultDeadlines, endorseMs: 100 });
        const failure = await expectFailure(transportTo(session).submit('Wallet:Open', request), 'FABRIC_DEADLINE');
        expect(failure.details).toMatchObject({ step: 'endorse' });
        expect(methods()).toHaveLength(2);
    });

    it('moves to another peer of the organisation when one cannot be reached', async () => {
        const gone = await startStubPeer(tls);
        gone.stop();
        const transport = transportTo(sessionWith(gone.port), sessionWith(peer.port));
        await expect(transport.submit('Wallet:Open', request)).resolves.toMatchObject({ attempts: 2 });
    });

    it('reaches a peer that comes back', async () => {
        const { port } = peer;
        peer.stop();
        const transport = transportTo(sessionWith(port));
        const submitted = transport.submit('Wallet:Open', request);
        await new Promise((resolve) => setTimeout(resolve, 300));
        peer = await startStubPeer(tls, port);
        await expect(submitted).resolves.toMatchObject({ blockNumber: 7n });
    });

    it('names the peer and the attempts when none can be reached', async () => {
        peer.stop();
        const failure = await expectFailure(transportTo().submit('Wallet:Open', request), 'FABRIC_UNAVAILABLE');
        expect(failure.details).toMatchObject({ peer: `localhost:${String(peer.port)}`, attempts: 5 });
    });

    it('refuses a peer whose certificate another root signed', async () => {
        const stranger = await startStubPeer(await selfSigned('localhost'));
        try {
            await expectFailure(
                transportTo(sessionWith(stranger.port)).submit('Wallet:Open', request),
                'FABRIC_UNAVAILABLE',
            );
            expect(stranger.calls).toEqual([]);
        } finally {
            stranger.stop();
        }
    });
});

describe('evaluate', () => {
    it("asks the own organisation's peers only", async () => {
        peer.script.evaluate = [{ answer: '{"balance":"1"}' }];
        await expect(transportTo().evaluate('Wallet:BalanceOf', '{}')).resolves.toBe('{"balance":"1"}');
        expect(peer.calls[0]?.organizations).toEqual(['AuthorityMSP']);
    });

    it('gives the typed refusal of the chaincode at once', async () => {
        peer.script.evaluate = [
            gatewayFailure(status.UNKNOWN, `evaluate call to endorser returned error: ${OTHER_REFUSAL}`, [
                { mspId: 'AuthorityMSP', message: OTHER_REFUSAL },
            ]),
        ];
        const error: unknown = await transportTo()
            .evaluate('Wallet:Describe', '{}')
            .catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'WALLET_NOT_FOUND', details: { walletId: 'alice' } });
        expect(methods()).toHaveLength(1);
    });
});
