// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { type Signatory } from '../application/blockView.js';

/** Reads a serialised identity for people; what does not parse is told as it is. */
export function signatoryOf(serialized: Uint8Array): Signatory {
    try {
        const identity = msp.SerializedIdentity.deserializeBinary(serialized);
        return { mspId: identity.getMspid(), name: commonName(identity.getIdBytes_asU8()) };
    } catch {
        return { mspId: '', name: 'unreadable identity' };
    }
}

function commonName(certificate: Uint8Array): string {
    try {
        const { subject } = new X509Certificate(certificate);
        return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
    } catch {
        return 'unreadable certificate';
    }
}

/** Text where bytes are UTF-8, else base64. */
export function textOf(bytes: Uint8Array): string {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return Buffer.from(bytes).toString('base64');
    }
}
