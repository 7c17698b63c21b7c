// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asBuffer, decode, encode, MalformedMessageError } from './decode.js';
import { blockDataHash, blockHeaderBytes, blockHeaderHash, computeTxId } from './hashing.js';
import { common } from './protobuf.js';

const dir = join(__dirname, '../../fixtures/fabric-3.1.5/blocks');
interface IndexEntry {
    number: number;
    headerHash: string;
    dataHash: string;
    headerBytes?: string;
    transactions: { txid: string }[];
}
const index = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8')) as { blocks?: IndexEntry[] } | IndexEntry[];
const entries = Array.isArray(index) ? index : (index.blocks ?? []);
const files = readdirSync(dir).filter((name) => name.endsWith('.pb'));

function readBlock(name: string): { bytes: Buffer; block: common.Block } {
    const bytes = readFileSync(join(dir, name));
    return { bytes, block: decode(common.Block, bytes, 'Block') };
}

describe('the blocks recorded from Fabric', () => {
    test('all have an entry in the index', () => {
        expect(files.length).toBe(entries.length);
        expect(files.length).toBeGreaterThan(100);
    });

    test.each(files)('%s is encoded again to the same bytes and has the recorded hashes', (name) => {
        const { bytes, block } = readBlock(name);
        const entry = entries.find(({ number }) => number === (block.header?.number ?? 0))!;
        expect(encode(common.Block, block).equals(bytes)).toBe(true);
        expect(blockHeaderHash(block.header!).toString('hex')).toBe(entry.headerHash);
        expect(blockDataHash(block.data!).toString('hex')).toBe(entry.dataHash);
        expect(asBuffer(block.header!.dataHash).toString('hex')).toBe(entry.dataHash);
    });

    test('give transaction ids that follow from nonce and creator', () => {
        const { block } = readBlock('0003.pb');
        const envelope = decode(common.Envelope, block.data!.data![0]!, 'Envelope');
        const { header } = decode(common.Payload, envelope.payload, 'Payload');
        const { creator, nonce } = decode(common.SignatureHeader, header!.signatureHeader!, 'SignatureHeader');
        const { txId } = decode(common.ChannelHeader, header!.channelHeader!, 'ChannelHeader');
        expect(computeTxId(nonce, creator)).toBe(txId);
    });
});

test('block headers are hashed in the published DER form', () => {
    const dataHash = Buffer.from('1460257586f559c3d48e971b42f339fafacabb4e4e9b71b45d7f67e9677aef42', 'hex');
    expect(blockHeaderBytes({ dataHash }).toString('hex')).toBe(`302702010004000420${dataHash.toString('hex')}`);
    expect(blockHeaderHash({ dataHash }).toString('hex')).toBe(
        '7d0fd81e8c9c4017168ac3958aabe241356edd10e966dad7f2479a0d855445be',
    );
    expect(blockHeaderBytes({ number: 127 }).subarray(0, 5).toString('hex')).toBe('300702017f');
    expect(blockHeaderBytes({ number: 128 }).subarray(0, 6).toString('hex')).toBe('300802020080');
});

test('bytes that are no message are refused with its name', () => {
    expect(() => decode(common.Envelope, Buffer.of(0x0a, 0x05, 1), 'Envelope')).toThrow(MalformedMessageError);
    expect(() => decode(common.Envelope, Buffer.of(0x0a, 0x05, 1), 'Envelope')).toThrow('error unmarshalling Envelope');
});
