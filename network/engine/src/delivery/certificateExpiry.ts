// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { asBuffer, decode } from '../wire/decode.js';
import { msp } from '../wire/protobuf.js';

const remembered = new Map<string, Date | undefined>();
const mostRemembered = 500;

/**
 * When the certificate of a serialised identity expires. Undefined for what is not a certificate: such an identity
 * never expires, and is refused by the policies (common/crypto/expiration.go).
 */
export function certificateExpiry(serialized: Uint8Array): Date | undefined {
    const key = asBuffer(serialized).toString('latin1');
    if (!remembered.has(key)) {
        if (remembered.size >= mostRemembered) {
            remembered.clear();
        }
        remembered.set(key, readExpiry(serialized));
    }
    return remembered.get(key);
}

function readExpiry(serialized: Uint8Array): Date | undefined {
    try {
        const { idBytes } = decode(msp.SerializedIdentity, serialized, 'SerializedIdentity');
        return new X509Certificate(idBytes).validToDate;
    } catch {
        return undefined;
    }
}
