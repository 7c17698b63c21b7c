// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../wire/decode.js';

const block = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n((?:[^\n:]+:[^\n]*\n)*)([A-Za-z0-9+/=\s]*?)-----END \1-----/;

/** The DER of the first PEM block; text around it is ignored, as Go's pem.Decode does. */
export function firstPemBlock(bytes: Uint8Array): Buffer | undefined {
    const body = block.exec(asBuffer(bytes).toString('latin1'))?.[3];
    return body === undefined ? undefined : Buffer.from(body, 'base64');
}

/** A certificate as Fabric writes it: 64 columns and a trailing newline. */
export function certificatePem(der: Uint8Array): string {
    const lines =
        asBuffer(der)
            .toString('base64')
            .match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
