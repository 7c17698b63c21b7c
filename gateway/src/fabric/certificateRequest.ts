// SPDX-License-Identifier: Apache-2.0
import { sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

const Tag = {
    INTEGER: 0x02,
    BIT_STRING: 0x03,
    OCTET_STRING: 0x04,
    UTF8_STRING: 0x0c,
    SEQUENCE: 0x30,
    SET: 0x31,
    /** `[0]` of a certification request, constructed. */
    ATTRIBUTES: 0xa0,
    /** `[2]` and `[7]` of a general name (RFC 5280, 4.2.1.6). */
    DNS_NAME: 0x82,
    IP_ADDRESS: 0x87,
} as const;

/** Object identifiers as DER, tag and length included. */
const Oid = {
    commonName: Buffer.from('0603550403', 'hex'),
    subjectAltName: Buffer.from('0603551d11', 'hex'),
    extensionRequest: Buffer.from('06092a864886f70d01090e', 'hex'),
    ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
} as const;

/**
 * A certificate signing request (RFC 2986) for a P-256 key, as PEM: a common name, and the hosts as subject alternative
 * names. node:crypto reads certificates and makes none; jsrsasign, which fabric-common brings for this, needs 45 ms a request.
 *
 * @param hosts DNS names and IPv4 addresses
 */
export function certificateRequest(
    commonName: string,
    hosts: readonly string[],
    privateKey: KeyObject,
    publicKey: KeyObject,
): string {
    const name = sequence(der(Tag.SET, sequence(Oid.commonName, der(Tag.UTF8_STRING, Buffer.from(commonName)))));
    const information = sequence(
        der(Tag.INTEGER, Buffer.from([0])),
        name,
        publicKey.export({ type: 'spki', format: 'der' }),
        der(Tag.ATTRIBUTES, ...(hosts.length === 0 ? [] : [extensionRequest(hosts)])),
    );
    const signature = sign('sha256', information, privateKey);
    const request = sequence(information, sequence(Oid.ecdsaWithSha256), bitString(signature));
    const lines = request.toString('base64').match(/.{1,64}/g) ?? [];
    return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
}

function extensionRequest(hosts: readonly string[]): Buffer {
    const names = sequence(...hosts.map(generalName));
    const extension = sequence(Oid.subjectAltName, der(Tag.OCTET_STRING, names));
    return sequence(Oid.extensionRequest, der(Tag.SET, sequence(extension)));
}

function generalName(host: string): Buffer {
    return isIPv4(host)
        ? der(Tag.IP_ADDRESS, Buffer.from(host.split('.').map(Number)))
        : der(Tag.DNS_NAME, Buffer.from(host, 'ascii'));
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(Tag.SEQUENCE, ...parts);

/** The first byte counts the bits left unused in the last one. */
const bitString = (bytes: Buffer): Buffer => der(Tag.BIT_STRING, Buffer.from([0]), bytes);

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag]), derLength(body.length), body]);
}

/** Below 128 the length itself; otherwise how many bytes it has, then those bytes (X.690, 8.1.3). */
function derLength(length: number): Buffer {
    if (length < 0x80) return Buffer.from([length]);
    const hex = length.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
