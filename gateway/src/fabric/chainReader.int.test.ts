// SPDX-License-Identifier: Apache-2.0
import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { type ChainReader } from '../application/ports.js';
import { createChainReader } from './chainReader.js';
import { type PeerSession } from './connection.js';
import { selfSigned, type TestIdentity } from './testing/certificates.js';
import { gatewayFailure, startStubPeer, type StubPeer } from './testing/stubPeer.js';
import { stubSession } from './testing/stubSession.js';

const TX_ID = 'ab'.repeat(32);
let tls: TestIdentity;
let peer: StubPeer;
let session: PeerSession;
let chain: ChainReader;

beforeAll(async () => {
    tls = await selfSigned('localhost');
});

beforeEach(async () => {
    peer = await startStubPeer(tls);
    session = stubSession(peer.port, tls, { mspId: 'RegulatorMSP' });
    chain = createChainReader(session, 'power');
});

afterEach(() => {
    session.close();
    peer.stop();
});

describe('a chain reader', () => {
    it("asks the own organisation's qscc for height and block hash", async () => {
        const info = new common.BlockchainInfo();
        info.setHeight(25);
        // ASCII bytes, because the stub answers text.
        info.setCurrentblockhash(Buffer.from('0123456789abcdef0123456789abcdef'));
        peer.script.evaluate = [{ answer: Buffer.from(info.serializeBinary()).toString('latin1') }];
        await expect(chain.chainInfo()).resolves.toEqual({
            height: 25n,
            blockHash: Buffer.from('0123456789abcdef0123456789abcdef').toString('hex'),
        });
        expect(peer.calls[0]).toMatchObject({ args: ['GetChainInfo', 'power'], organizations: ['RegulatorMSP'] });
    });

    it('tells how a transaction ended by the name of its code', async () => {
        peer.script.commitStatus = [{ answer: { code: 11, block: 4 } }];
        await expect(chain.transactionStatus(TX_ID)).resolves.toEqual({
            txId: TX_ID,
            blockNumber: 4n,
            validationCode: 'MVCC_READ_CONFLICT',
        });
    });

    it('takes a peer that keeps waiting for a transaction for one that does not hold it', async () => {
        peer.script.commitStatus = [{ silence: true }];
        await expect(chain.transactionStatus(TX_ID)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('takes a call that the peer cancels at its deadline for the same, and an earlier one for trouble', async () => {
        const cancelled = gatewayFailure(status.CANCELLED, 'context canceled');
        peer.script.commitStatus = [{ ...cancelled, afterMs: 1_950 }, cancelled];
        await expect(chain.transactionStatus(TX_ID)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(chain.transactionStatus(TX_ID)).rejects.toMatchObject({ code: 'FABRIC_UNAVAILABLE' });
    });

    it('does not take a refusal for a missing transaction', async () => {
        peer.script.commitStatus = [gatewayFailure(status.PERMISSION_DENIED, 'access denied')];
        await expect(chain.transactionStatus(TX_ID)).rejects.toMatchObject({ code: 'FABRIC_REFUSED' });
    });

    it('refuses what is no transaction id before asking', async () => {
        await expect(chain.transactionStatus('../x')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
        expect(peer.calls).toEqual([]);
    });
});
