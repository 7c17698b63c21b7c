// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, generateKeyPairSync, sign, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signedMessage } from './signedMessage.js';
import { verifyAttestationText } from './verifyAttestationText.js';

interface Vector {
    readonly canonicalisation: string;
    readonly version: 1 | 2;
    readonly chain: 'EVM:137' | 'FABRIC:power';
    readonly digest: string;
    readonly document: string;
}

const vectors = JSON.parse(readFileSync(join(__dirname, '../../vectors/foreignAttestations.json'), 'utf8')) as Vector[];
const primitives = {
    sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
    sha3: (bytes: Uint8Array) => createHash('sha3-256').update(bytes).digest(),
    verifyEd25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
        const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
        return verifySignature(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
    },
};

const people = ['data', 'risk', 'ops'].map((role) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return { role, privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) };
});

type Shape = (person: { role: string; key: Buffer; signature: Buffer }) => { signer: unknown; signature: unknown };
const shapes: Readonly<Record<string, Shape>> = {
    'hexadecimal objects': ({ role, key, signature }) => ({
        signer: { role, public_key: key.toString('hex') },
        signature: { role, signature: signature.toString('hex') },
    }),
    '0x hexadecimal objects': ({ role, key, signature }) => ({
        signer: { role, pubkey: `0x${key.toString('hex')}` },
        signature: { role, sig: `0x${signature.toString('hex')}` },
    }),
    'base64 objects': ({ role, key, signature }) => ({
        signer: { role, key: key.toString('base64') },
        signature: { role, sig: signature.toString('base64') },
    }),
};

/** The document with signers and signatures put in as text, so that its numbers stay as Python wrote them. */
function signed({ document, digest, version, chain }: Vector, roles: readonly string[], shape: Shape): string {
    const day = '2020-11-19';
    const message = signedMessage({ day, digest: Buffer.from(digest, 'hex'), version, chain });
    const entries = people
        .filter(({ role }) => roles.includes(role))
        .map(({ role, publicKey, privateKey }) =>
            shape({ role, key: publicKey, signature: sign(null, message, privateKey) }),
        );
    return document
        .replace('"signers": []', `"signers": ${JSON.stringify(entries.map(({ signer }) => signer))}`)
        .replace('"signatures": []', `"signatures": ${JSON.stringify(entries.map(({ signature }) => signature))}`);
}

const verify = (text: string) => verifyAttestationText(text, { primitives });

describe.each(vectors)('a file Python wrote, version $version, $canonicalisation', (vector) => {
    it.each(Object.entries(shapes))('verifies with two signatures as %s', (_name, shape) => {
        expect(verify(signed(vector, ['data', 'ops'], shape))).toEqual({
            day: '2020-11-19',
            digestStated: vector.digest,
            digestForm: { canonicalisation: vector.canonicalisation, placeholder: 'absent' },
            signaturesOk: 2,
            required: 2,
            roles: ['data', 'ops'],
            isOk: true,
        });
    });

    const [shape] = Object.values(shapes);

    it('does not verify with one', () => {
        expect(verify(signed(vector, ['risk'], shape!))).toMatchObject({ signaturesOk: 1, isOk: false });
    });

    it('does not verify when a number is spelled otherwise', () => {
        const text = signed(vector, ['data', 'risk', 'ops'], shape!);
        expect(verify(text)).toMatchObject({ signaturesOk: 3 });
        const respelled = verify(text.replace('90.0', '90'));
        expect(respelled).toMatchObject({ digestForm: undefined, signaturesOk: 0, isOk: false });
    });

    it('counts only trusted keys where they are given', () => {
        const text = signed(vector, ['data', 'risk', 'ops'], shape!);
        const trusted = people.slice(0, 1).map(({ role, publicKey }) => ({ role, publicKey }));
        expect(verifyAttestationText(text, { primitives, trusted })).toMatchObject({
            signaturesOk: 1,
            roles: ['data'],
        });
    });
});

describe('the digest', () => {
    it.each([
        ['empty', '""'],
        ['null', 'null'],
    ])('may have been taken with an %s placeholder', (placeholder, text) => {
        const unsigned = `{"day":"2020-11-19","meta":{"digest_signed":${text},"signatures":[],"signers":[]}}`;
        const digest = createHash('sha256').update(unsigned).digest('hex');
        expect(verify(unsigned.replace(text, `"0x${digest}"`)).digestForm).toEqual({
            canonicalisation: 'py-sorted/1',
            placeholder,
        });
    });
});

it('one key never counts for two roles', () => {
    const [vector] = vectors;
    const message = signedMessage({
        day: '2020-11-19',
        digest: Buffer.from(vector!.digest, 'hex'),
        version: 1,
        chain: 'EVM:137',
    });
    const [{ publicKey, privateKey }] = people as [(typeof people)[number]];
    const entry = (role: string) => ({
        role,
        key: publicKey.toString('hex'),
        signature: sign(null, message, privateKey).toString('hex'),
    });
    const entries = JSON.stringify(['data', 'risk', 'ops'].map(entry));
    const text = vector!.document
        .replace('"signers": []', `"signers": ${entries}`)
        .replace('"signatures": []', `"signatures": ${entries}`);
    expect(verify(text)).toMatchObject({ signaturesOk: 1 });
});
