// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Somebody who submits: what Fabric calls a serialised identity, with a certificate nobody but a test trusts. */
export interface SimulatedIdentity {
    readonly mspId: string;
    readonly certificatePem: string;
    readonly privateKey: KeyObject;
}

export interface IdentityOptions {
    readonly mspId: string;
    readonly enrolmentId: string;
    /** NodeOUs, usually one. */
    readonly units?: readonly string[];
    /** Written into the extension in which Fabric CA puts attributes. */
    readonly attributes?: Readonly<Record<string, string>>;
    /** Whose key it has; a key of its own if left out. */
    readonly keyOf?: SimulatedIdentity;
}

/** A self-signed P-256 certificate of the shape Fabric CA issues. */
export function simulatedIdentity({
    mspId,
    enrolmentId,
    units = ['client'],
    attributes,
    keyOf,
}: IdentityOptions): SimulatedIdentity {
    const privateKey = keyOf?.privateKey ?? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const publicKey = createPublicKey(privateKey);
    const body = certificateBody(enrolmentId, units, attributes, publicKey);
    const signature = sign('sha256', body, privateKey);
    const certificate = sequence(body, ecdsaWithSha256, bitString(signature));
    const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
    return {
        mspId,
        privateKey,
        certificatePem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    };
}

function certificateBody(
    enrolmentId: string,
    units: readonly string[],
    attributes: Readonly<Record<string, string>> | undefined,
    publicKey: KeyObject,
): Buffer {
    const name = sequence(...units.map((unit) => nameField('5504 0b', unit)), nameField('5504 03', enrolmentId));
    const serial = createHash('sha256').update(enrolmentId).digest().subarray(0, 8);
    serial[0] = (serial.readUInt8(0) & 0x7f) | 0x40;
    return sequence(
        element(0xa0, element(0x02, Buffer.from([2]))),
        element(0x02, serial),
        ecdsaWithSha256,
        name,
        sequence(time('20200101000000Z'), time('20991231235959Z')),
        name,
        publicKey.export({ type: 'spki', format: 'der' }),
        ...(attributes === undefined ? [] : [element(0xa3, sequence(attributeExtension(attributes)))]),
    );
}

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));

/** Fabric CA's attributes: JSON under 1.2.3.4.5.6.7.8.1. */
function attributeExtension(attributes: Readonly<Record<string, string>>): Buffer {
    const json = JSON.stringify({ attrs: attributes });
    return sequence(objectId('2a03040506070801'), element(0x04, Buffer.from(json)));
}

function nameField(id: string, value: string): Buffer {
    return element(0x31, sequence(objectId(id.replace(' ', '')), element(0x0c, Buffer.from(value))));
}

function time(text: string): Buffer {
    return element(0x18, Buffer.from(text));
}

function objectId(hex: string): Buffer {
    return element(0x06, Buffer.from(hex, 'hex'));
}

function bitString(bytes: Uint8Array): Buffer {
    return element(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
    return element(0x30, Buffer.concat(parts));
}

/** One DER element (X.690 §10.1: the shortest form of the length). */
function element(tag: number, content: Uint8Array): Buffer {
    const length = content.length;
    const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
    return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), content]);
}
