// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeaderType, TxValidationCode } from '../wire/codes.js';
import { decode, encode } from '../wire/decode.js';
import { envelopeSignedData } from '../wire/testing/envelopeSignedData.js';
import { common } from '../wire/protobuf.js';
import { ChannelConfiguration } from './channelConfiguration.js';
import { isConfigBlock, readConfigBlock } from './configBlock.js';

const dir = join(__dirname, '../../fixtures/fabric-3.1.5');
interface RecordedTransaction {
    code: number;
    label?: string;
}
const index = JSON.parse(readFileSync(join(dir, 'blocks/index.json'), 'utf8')) as {
    blocks: { number: number; lastConfig: number; transactions: RecordedTransaction[] }[];
};

interface Recorded {
    readonly block: common.Block;
    /** The configuration in force when the block was made. */
    readonly before: ChannelConfiguration;
    readonly entry: (typeof index.blocks)[number];
}

function readBlock(number: number): common.Block {
    return decode(common.Block, readFileSync(join(dir, 'blocks', `${String(number).padStart(4, '0')}.pb`)), 'Block');
}

function replay(): Recorded[] {
    let current = ChannelConfiguration.fromConfigBlock(readBlock(0));
    return index.blocks.map((entry) => {
        const block = readBlock(entry.number);
        const before = current;
        if (isConfigBlock(block)) {
            current = ChannelConfiguration.fromConfigBlock(block);
        }
        return { block, before, entry };
    });
}

const recorded = replay();
const configBlocks = recorded.filter(({ block }) => isConfigBlock(block));

/** What a peer finds out about the creator: undefined if the identity is valid and the signature good. */
function creatorFault(envelope: Uint8Array, configuration: ChannelConfiguration): unknown {
    try {
        const { data, identity, signature } = envelopeSignedData(decode(common.Envelope, envelope, 'Envelope'));
        const creator = configuration.msps.deserialize(identity);
        configuration.msps.validate(creator);
        return creator.verify(data, signature) ? undefined : 'The signature is invalid';
    } catch (error) {
        return error;
    }
}

test('every configuration of the recorded channel builds, in sequence', () => {
    const sequences = configBlocks.map(({ block }) => ChannelConfiguration.fromConfigBlock(block).sequence);
    expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a creator is at fault exactly where the recorded peer says so', () => {
    const { BAD_CREATOR_SIGNATURE, BAD_PAYLOAD, BAD_COMMON_HEADER, NIL_ENVELOPE } = TxValidationCode;
    const unreached: readonly number[] = [BAD_PAYLOAD, BAD_COMMON_HEADER, NIL_ENVELOPE];
    const compared = recorded.slice(1).flatMap(({ block, before, entry }) =>
        entry.transactions.flatMap(({ code, label }, at) =>
            unreached.includes(code)
                ? []
                : [
                      {
                          label,
                          isAtFault: creatorFault(block.data!.data![at]!, before) !== undefined,
                          expected: code === BAD_CREATOR_SIGNATURE,
                      },
                  ],
        ),
    );
    expect(compared.filter(({ expected }) => expected).length).toBeGreaterThan(3);
    expect(compared.filter(({ isAtFault, expected }) => isAtFault !== expected)).toEqual([]);
});

test('the recorded client whose certificate is older than its authority is refused, not for having expired', () => {
    const pem = readFileSync(join(dir, 'network/msp/extra/expired-user.pem'));
    const authority = recorded[0]!.before.msps.get('AuthorityMSP')!;
    expect(() => authority.deserialize(pem, Buffer.alloc(0))).toThrow(
        /^the supplied identity is not valid: x509: certificate signed by unknown authority \(possibly because of "x509: certificate has expired or is not yet valid: current time 2026-10-22T10:03:05Z is before /,
    );
});

test('the values of the configuration are those of configtx.yaml', () => {
    const { orderer, application, capabilities, channelId } = recorded[0]!.before;
    expect(channelId).toBe('power');
    expect(orderer).toMatchObject({
        consensusType: 'etcdraft',
        batchSize: { maxMessageCount: 500, absoluteMaxBytes: 2 * 1024 ** 2, preferredMaxBytes: 512 * 1024 },
        batchTimeoutMs: 200,
        organisations: [{ name: 'OrdererOrg', mspId: 'OrdererMSP', endpoints: ['localhost:23000'] }],
        raftOptions: { tickInterval: '500ms', electionTick: 10 },
    });
    expect(orderer.consenters.map(({ host, port }) => `${host}:${port}`)).toEqual(['localhost:23000']);
    expect(application.organisations.map(({ mspId }) => mspId).sort()).toEqual([
        'AuthorityMSP',
        'CentralBankMSP',
        'CooperativeMSP',
        'RegulatorMSP',
    ]);
    expect(application.organisations.find(({ name }) => name === 'Authority')?.anchorPeers).toEqual([
        { host: 'localhost', port: 23010 },
    ]);
    expect(application.acls).toEqual(new Map([['qscc/GetChainInfo', '/Channel/Application/Readers']]));
    expect(capabilities.channel).toEqual(new Set(['V3_0']));
});

test('a block of transactions is no config block', () => {
    expect(() => readConfigBlock(recorded[3]!.block)).toThrow('block is not a config block');
    expect(() => readConfigBlock({})).toThrow('block is not a config block');
});

test('a config block without a configuration is refused', () => {
    const header = { channelHeader: encode(common.ChannelHeader, { type: HeaderType.CONFIG, channelId: 'power' }) };
    const data = encode(common.ConfigEnvelope, {});
    const envelope = encode(common.Envelope, { payload: encode(common.Payload, { header, data }) });
    expect(() => readConfigBlock({ data: { data: [envelope] } })).toThrow('channelconfig Config cannot be nil');
});
