// SPDX-License-Identifier: Apache-2.0
import '../ledger/testing/quietLog.js';
import { asBuffer, decode, encode } from '../wire/decode.js';
import { newSignedProposal } from '../wire/envelope.js';
import { blockHeaderHash } from '../wire/hashing.js';
import { common, protos } from '../wire/protobuf.js';
import { AccessControl } from './accessControl.js';
import { Cscc } from './cscc.js';
import type { PeerChannels } from './peerChannels.js';
import { Qscc } from './qscc.js';
import { channelId, testChannel, type TestChannel, type TestPeer } from './testing/testChannel.js';
import { endorsedTransaction } from './testing/transactions.js';

interface Answer {
    readonly status: number;
    readonly message: string;
    readonly payload: Buffer;
}

describe('qscc and cscc', () => {
    let channel: TestChannel;
    let peer: TestPeer;
    let qscc: Qscc;
    let cscc: Cscc;
    let txId: string;
    const joined = new Map<string, TestPeer>();

    beforeAll(async () => {
        channel = testChannel();
        const channels: PeerChannels = {
            get: (id) => joined.get(id),
            ids: () => [...joined.keys()],
            join: async () => {
                joined.set(channelId, await channel.openPeer('AlphaMSP'));
            },
        };
        const accessControl = new AccessControl({ channels, localMsp: channel.member('AlphaMSP', 'peer').msp });
        qscc = new Qscc({ channels, accessControl });
        cscc = new Cscc({ channels, accessControl });
    });

    afterAll(async () => {
        await peer.ledger.close();
        channel.remove();
    });

    async function ask(
        chaincode: Qscc | Cscc,
        args: (string | Buffer)[],
        caller: [string, 'admin' | 'client' | 'peer'] = ['AlphaMSP', 'admin'],
    ): Promise<Answer> {
        const { signer } = channel.member(...caller);
        const bytes = args.map((argument) => Buffer.from(argument));
        const proposal = newSignedProposal(signer, { channelId: '', chaincode: chaincode.name, args: bytes });
        const response = await chaincode.invoke({
            channelId: '',
            txId: proposal.txId,
            args: bytes,
            signedProposal: proposal.signedProposal,
            creator: signer.serialized,
        });
        return { status: response.status ?? 0, message: response.message ?? '', payload: asBuffer(response.payload) };
    }

    it('cscc answers clients only, not the chaincode that they invoke', async () => {
        const signedProposal = {};
        const call = { channelId: '', txId: 't', args: [Buffer.from('GetChannels')], signedProposal };
        const answer = await cscc.invoke({ ...call, creator: Buffer.alloc(0), calledThrough: 'power' });
        expect(answer).toEqual({
            status: 500,
            message: "Rejecting invoke of CSCC from another chaincode, original invocation for 'power'",
        });
    });

    describe('before the peer joins', () => {
        it.each([
            [['JoinChain', 'x'], 'Failed to reconstruct the genesis block, error unmarshalling Block: '],
            [['JoinChain', Buffer.alloc(0)], '"JoinChain" request failed to extract channel id from the block due to '],
            [['Nope'], 'Requested function Nope not found.'],
            [
                ['GetConfigBlock', 'nochan'],
                'access denied for [GetConfigBlock][nochan]: Failed to get policy manager for channel [nochan]',
            ],
            [['GetChannelConfig', ''], 'empty channel name provided'],
            [['JoinChainBySnapshot', 'dir'], 'JoinChainBySnapshot is not supported by this engine'],
        ])('cscc refuses %j', async (args, reason) => {
            const answer = await ask(cscc, args);
            expect(answer.status).toBe(500);
            expect(answer.message).toContain(reason);
        });

        it('cscc lets an administrator of its own organisation join, and nobody else', async () => {
            const genesis = encode(common.Block, channel.genesis);
            expect((await ask(cscc, ['JoinChain', genesis], ['AlphaMSP', 'client'])).message).toBe(
                `access denied for [JoinChain][${channelId}]: [Failed verifying that proposal's creator satisfies local MSP principal during ` +
                    'channelless check policy with policy [Admins]: [The identity is not an admin under this MSP [AlphaMSP]: The identity does not contain OU [ADMIN], MSP: [AlphaMSP]]]',
            );
            expect(await ask(cscc, ['JoinChain', genesis])).toMatchObject({ status: 200 });
            const opened = joined.get(channelId);
            if (opened === undefined) throw new Error('not joined');
            peer = opened;
            expect(await ask(cscc, ['JoinChain', genesis])).toMatchObject({
                status: 500,
                message: `cannot create ledger from genesis block: ledger [${channelId}] already exists with state [ACTIVE]`,
            });
        });
    });

    describe('on a channel', () => {
        beforeAll(async () => {
            const { signer } = channel.member('AlphaMSP', 'client');
            const proposal = newSignedProposal(signer, { channelId, chaincode: 'none', args: [] });
            txId = proposal.txId;
            const endorsers = [channel.member('AlphaMSP', 'peer').signer];
            await peer.commit(
                endorsedTransaction(signer, proposal, { chaincode: 'none', results: Buffer.alloc(0), endorsers }),
            );
        });

        it('cscc lists channels to members', async () => {
            const { payload } = await ask(cscc, ['GetChannels'], ['AlphaMSP', 'client']);
            expect(decode(protos.ChannelQueryResponse, payload, 'answer').channels).toMatchObject([{ channelId }]);
            expect((await ask(cscc, ['GetChannels'], ['BetaMSP', 'client'])).message).toContain(
                'access denied for [GetChannels]: ',
            );
        });

        it('cscc gives the configuration and the block that set it', async () => {
            const block = decode(common.Block, (await ask(cscc, ['GetConfigBlock', channelId])).payload, 'Block');
            expect(blockHeaderHash(block.header ?? {})).toEqual(blockHeaderHash(channel.genesis.header ?? {}));
            const config = decode(common.Config, (await ask(cscc, ['GetChannelConfig', channelId])).payload, 'Config');
            expect(Object.keys(config.channelGroup?.groups ?? {}).sort()).toEqual(['Application', 'Orderer']);
        });

        it('qscc gives the chain, its blocks and its transactions', async () => {
            const info = decode(common.BlockchainInfo, (await ask(qscc, ['GetChainInfo', channelId])).payload, 'info');
            expect(info).toMatchObject({ height: 2, currentBlockHash: peer.ledger.info().currentBlockHash });
            const bytes = peer.ledger.blockBytes(1);
            for (const args of [
                ['GetBlockByNumber', channelId, '1'],
                ['GetBlockByNumber', channelId, '18446744073709551615'],
                ['GetBlockByHash', channelId, peer.ledger.info().currentBlockHash],
                ['GetBlockByTxID', channelId, txId],
            ]) {
                expect((await ask(qscc, args)).payload.equals(bytes)).toBe(true);
            }
            const answer = await ask(qscc, ['GetTransactionByID', channelId, txId]);
            const { validationCode } = decode(protos.ProcessedTransaction, answer.payload, 'transaction');
            expect(validationCode).toBe(25);
        });

        it.each([
            [['GetChainInfo'], 'Incorrect number of arguments, 1'],
            [['GetBlockByNumber', channelId], 'missing 3rd argument for GetBlockByNumber'],
            [['GetChainInfo', 'nochan'], 'Invalid chain ID, nochan'],
            [['Nope', channelId, 'x'], `access denied for [Nope][${channelId}]: [Unmapped policy for qscc/Nope]`],
            [
                ['GetBlockByNumber', channelId, 'x'],
                'Failed to parse block number with error strconv.ParseUint: parsing "x": invalid syntax',
            ],
            [
                ['GetBlockByNumber', channelId, '999'],
                'Failed to get block number 999, error no such block number [999] in index',
            ],
            [
                ['GetBlockByHash', channelId, 'zz'],
                'Failed to get block hash zz, error no such block hash [7a7a] in index',
            ],
            [
                ['GetTransactionByID', channelId, 'nope'],
                'Failed to get transaction with id nope, error no such transaction ID [nope] in index',
            ],
            [
                ['GetBlockByTxID', channelId, 'nope'],
                'Failed to get block for txID nope, error no such transaction ID [nope] in index',
            ],
        ])('qscc refuses %j', async (args, message) => {
            expect(await ask(qscc, args)).toMatchObject({ status: 500, message });
        });

        it('qscc answers readers only', async () => {
            const answer = await ask(qscc, ['GetChainInfo', channelId], ['OrdererMSP', 'peer']);
            expect(answer.message).toContain(
                `access denied for [GetChainInfo][${channelId}]: [Failed evaluating policy on signed data`,
            );
        });
    });
});
