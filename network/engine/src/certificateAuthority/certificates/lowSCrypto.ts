// SPDX-License-Identifier: Apache-2.0
import { webcrypto } from 'node:crypto';

const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const scalarBytes = 32;

/**
 * WebCrypto whose P-256 signatures are low-S, as Fabric's BCCSP makes them (bccsp/utils/ecdsa.go). Fabric's MSP rewrites
 * certificates with high-S signatures before it hashes them, so that only low-S ones keep their identity everywhere.
 */
export const lowSCrypto: webcrypto.Crypto = new Proxy(webcrypto, {
    get: (crypto, property) => (property === 'subtle' ? lowSSubtle : boundMember(crypto, property)),
});

const lowSSubtle = new Proxy(webcrypto.subtle, {
    get: (subtle, property) => (property === 'sign' ? signLowS : boundMember(subtle, property)),
});

const signLowS = async (
    ...[algorithm, key, data]: Parameters<webcrypto.SubtleCrypto['sign']>
): Promise<ArrayBuffer> => {
    const signature = Buffer.from(await webcrypto.subtle.sign(algorithm, key, data));
    const s = BigInt(`0x${signature.toString('hex', scalarBytes)}`);
    if (s > p256Order / 2n) {
        const low = (p256Order - s).toString(16).padStart(2 * scalarBytes, '0');
        signature.write(low, scalarBytes, 'hex');
    }
    return new Uint8Array(signature).buffer;
};

// Native WebCrypto methods check their receiver, which a proxy is not.
const boundMember = (target: object, property: string | symbol): unknown => {
    const member: unknown = Reflect.get(target, property, target);
    return typeof member === 'function' ? member.bind(target) : member;
};
