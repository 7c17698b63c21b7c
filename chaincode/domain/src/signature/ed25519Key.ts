// SPDX-License-Identifier: Apache-2.0
import { fromHex, hex } from '../encoding/bytes.js';
import { refuse } from '../error/domainError.js';

/** The field prime of Curve25519, 2^255 - 19 (RFC 8032 §5.1). */
const fieldPrime = 2n ** 255n - 19n;
/** Edwards curve constant d = -121665/121666. */
const curveD = modulo(-121_665n * power(121_666n, fieldPrime - 2n));

/**
 * The y coordinates of the eight points of small order. Under such a key one fixed signature is valid for many
 * messages, and OpenSSL accepts it.
 */
const smallOrderY: readonly bigint[] = [
    0n,
    1n,
    fieldPrime - 1n,
    littleEndian(hexBytes('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')),
    littleEndian(hexBytes('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a')),
];

/**
 * Checks a public key before it is registered. Throws KEY_NOT_CANONICAL (RFC 8032 §5.1.3 step 1), KEY_SMALL_ORDER or
 * KEY_NOT_ON_CURVE.
 */
export function checkPublicKey(publicKey: Uint8Array): void {
    const facts = { publicKey: hex(publicKey) };
    if (publicKey.length !== 32) refuse('KEY_NOT_CANONICAL', facts);
    const y = littleEndian(publicKey) & (2n ** 255n - 1n);
    if (y >= fieldPrime) refuse('KEY_NOT_CANONICAL', facts);
    if (smallOrderY.includes(y)) refuse('KEY_SMALL_ORDER', facts);
    const xSquared = modulo((y * y - 1n) * power(modulo(curveD * y * y + 1n), fieldPrime - 2n));
    // Euler's criterion: a non-zero square to the power (p-1)/2 is one. x = 0 has small order, refused above.
    if (power(xSquared, (fieldPrime - 1n) / 2n) !== 1n) refuse('KEY_NOT_ON_CURVE', facts);
}

function power(base: bigint, exponent: bigint): bigint {
    let result = 1n;
    for (let square = modulo(base), rest = exponent; rest > 0n; square = modulo(square * square), rest >>= 1n) {
        if ((rest & 1n) === 1n) result = modulo(result * square);
    }
    return result;
}

function modulo(value: bigint): bigint {
    const remainder = value % fieldPrime;
    return remainder < 0n ? remainder + fieldPrime : remainder;
}

function littleEndian(bytes: Uint8Array): bigint {
    return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function hexBytes(text: string): Uint8Array {
    return fromHex(text) ?? new Uint8Array();
}
