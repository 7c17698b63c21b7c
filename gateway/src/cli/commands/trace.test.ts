// SPDX-License-Identifier: Apache-2.0
import { type PeerTrace } from '../../application/peerTrace.js';
import { recordedChain } from '../../fabric/testing/recordedBlocks.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

const chain = recordedChain();
const conflicted = chain
    .flatMap(({ transactions }) => transactions)
    .find(({ validationCode, call }) => validationCode === 'MVCC_READ_CONFLICT' && call!.arguments[0] !== 'forged')!;
const unordered = 'ab'.repeat(32);
const trace: PeerTrace = {
    peer: 'localhost:7051',
    mspId: 'AuthorityMSP',
    chaincode: 'power-currency',
    creator: 'client (AuthorityMSP)',
    function: 'Wallet:Pay',
    arguments: ['{"amount":"5"}\u001b[2J'],
    receivedAt: '2025-11-20T00:00:00.000Z',
    durationMs: 4.5,
    chaincodeMs: 3,
    isEndorsed: false,
    status: 500,
    message: 'INSUFFICIENT_FUNDS {}',
    exception: 'Error: INSUFFICIENT_FUNDS\n    at pay (chaincode/domain/src/wallet/pay.ts:10:5)',
    calls: [{ type: 'GET_STATE', subject: 'w1', atMs: 1, durationMs: 0.25, error: null }],
    callsDropped: 0,
    stateUse: null,
    commit: null,
};
let desk: Desk;

beforeEach(async () => {
    desk = openDesk();
    await desk.addContext();
    desk.blocks.set('authority', { blocks: chain, traces: { [unordered]: trace } });
});
afterEach(() => {
    desk.leave();
});

describe('power trace', () => {
    it('names the key that conflicted, the version that was read and who had changed it', async () => {
        const { out } = await desk.power(['trace', conflicted.txId]);
        expect(out).toMatch(
            /conflict {6}vector\/\S+\n {4}read {8}(block \d+ tx \d+|not there)\n {4}changed {5}block \d+ tx \d+ by/,
        );
        expect(out).toContain('Peer asked by authority\n  no record of this transaction');
    });

    it('shows a transaction that no block holds as the peer that refused it remembers it', async () => {
        const { out } = await desk.power(['trace', unordered]);
        expect(out).toContain('in no block');
        expect(out).toContain('GET_STATE w1');
        expect(out).toContain('at pay (chaincode/domain/src/wallet/pay.ts:10:5)');
        expect(out).toContain('not endorsed');
        expect(out).not.toContain('\u001b');
    });

    it('prints JSON with every part', async () => {
        const { out } = await desk.power(['trace', unordered, '-o', 'json']);
        expect(JSON.parse(out)).toEqual({
            ...{ txId: unordered, place: null, transaction: null, conflict: null },
            peers: [{ context: 'authority', trace }],
        });
    });

    it('says that an engine records nothing', async () => {
        const { txId } = chain[30]!.transactions[0]!;
        desk.blocks.set('authority', { blocks: chain, traces: { [txId]: 'not recorded by this engine' } });
        const { out } = await desk.power(['trace', txId]);
        expect(out).toContain('VALID');
        expect(out).toContain('not recorded by this engine');
    });

    it('does not find what neither the chain nor a peer knows', async () => {
        expect((await desk.power(['trace', 'cd'.repeat(32)])).exitCode).toBe(ExitCode.NotFound);
    });
});
