// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastConfigIndex } from '../channel/configBlock.js';
import { SigningIdentity } from '../identity/signingIdentity.js';
import { blockHeaderBytes, blockHeaderHash } from '../wire/hashing.js';
import { common, msp } from '../wire/protobuf.js';
import { signedBlock } from './blockWriter.js';

const recordings = join(__dirname, '../../fixtures/fabric-3.1.5');
const recorded = (number: number): common.Block =>
    common.Block.decode(readFileSync(join(recordings, `blocks/${String(number).padStart(4, '0')}.pb`)));

interface SignedPart {
    readonly value: Buffer;
    readonly signedBytes: Buffer;
    readonly signature: Uint8Array;
    readonly creator: Uint8Array;
}

/** What the signature of a block covers, by the rule this file tests. */
function signedPart(block: common.Block.$Properties): SignedPart {
    const metadata = common.Metadata.decode(block.metadata?.metadata?.[0] ?? Buffer.alloc(0));
    const [signature] = metadata.signatures;
    const header = Buffer.from(signature?.signatureHeader ?? []);
    return {
        value: Buffer.from(metadata.value),
        signedBytes: Buffer.concat([metadata.value, header, blockHeaderBytes(block.header ?? {})]),
        signature: signature?.signature ?? Buffer.alloc(0),
        creator: common.SignatureHeader.decode(header).creator,
    };
}

describe('the signature of a block', () => {
    it.each([1, 2, 50])('covers value, signature header and header, as in block %p of a real orderer', (number) => {
        const part = signedPart(recorded(number));
        const { mspid, idBytes } = msp.SerializedIdentity.decode(part.creator);
        expect(mspid).toBe('OrdererMSP');
        const { publicKey } = new X509Certificate(idBytes);
        expect(verify('sha256', part.signedBytes, publicKey, part.signature)).toBe(true);
        expect(verify('sha256', Buffer.concat([part.signedBytes, Buffer.of(0)]), publicKey, part.signature)).toBe(
            false,
        );
    });
});

describe('a block', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signer = new SigningIdentity('OrdererMSP', 'certificate', privateKey);
    const previous = recorded(49);
    const original = recorded(50);
    const envelopes = (original.data?.data ?? []).map((bytes) => Buffer.from(bytes));
    const lastConfig = lastConfigIndex(original);
    const written = signedBlock(
        envelopes,
        { nextNumber: 50, previousHash: blockHeaderHash(previous.header ?? {}), lastConfig },
        signer,
    );

    it('has the header bytes that a real orderer gave the same transactions', () => {
        expect(blockHeaderBytes(written.header ?? {}).toString('hex')).toBe(
            blockHeaderBytes(original.header ?? {}).toString('hex'),
        );
    });

    it('is signed by the orderer', () => {
        const part = signedPart(written);
        expect(verify('sha256', part.signedBytes, publicKey, part.signature)).toBe(true);
        expect(Buffer.from(part.creator)).toEqual(signer.serialized);
    });

    it('has five metadata entries, the last three empty, and LAST_CONFIG as a real orderer writes it', () => {
        const entries = (written.metadata?.metadata ?? []).map((entry) => Buffer.from(entry));
        expect(entries).toHaveLength(5);
        expect(entries[1]).toEqual(Buffer.from(original.metadata?.metadata?.[1] ?? []));
        expect(entries.slice(2).map((entry) => entry.length)).toEqual([0, 0, 0]);
    });

    it.each([
        [0, '0a00', ''],
        [10, '0a02080a', '0a02080a'],
    ])('writes last configuration %p as %p and %p', (index, value, slot) => {
        const end = { nextNumber: 1, previousHash: Buffer.alloc(32), lastConfig: index };
        const block = signedBlock(envelopes, end, signer);
        expect(signedPart(block).value.toString('hex')).toBe(value);
        expect(Buffer.from(block.metadata?.metadata?.[1] ?? []).toString('hex')).toBe(slot);
    });
});
