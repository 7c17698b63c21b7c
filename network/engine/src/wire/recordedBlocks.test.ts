// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, MalformedMessageError } from './decode.js';
import { blockHeaderBytes, blockHeaderHash, computeTxId } from './hashing.js';
import { common } from './protobuf.js';

const dir = join(__dirname, '../../fixtures/fabric-3.1.5/blocks');

function readBlock(name: string): common.Block {
    return decode(common.Block, readFileSync(join(dir, name)), 'Block');
}

describe('the blocks recorded from Fabric', () => {
    test('give transaction ids that follow from nonce and creator', () => {
        const block = readBlock('0003.pb');
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
