// SPDX-License-Identifier: Apache-2.0
import { fromHex, hex } from '../encoding/bytes.js';
import { refuse } from '../error/domainError.js';

/** The field prime of Curve25519, 2^255 - 19 (RFC 8032 §5.1). */
const fieldPrime = 2n ** 255n - 19n;
/** Edwards curve constant d = -121665/121666 (RFC 8032 §5.1). */
const curveD = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

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
    // x² = u/v has a root where uv has one, being u/v times v²; v is never zero (RFC 8032 §5.1.3).
    const [u, v] = [y * y - 1n, curveD * y * y + 1n];
    if (!isSquare(modulo(u * v))) refuse('KEY_NOT_ON_CURVE', facts);
}

/** Euler's criterion: a non-zero square to the power (p-1)/2 = 16 (2^250 - 1) + 6 is one. x = 0 has small order. */
function isSquare(value: bigint): boolean {
    const sixth = modulo(squared(modulo(value * value), 1) * modulo(value * value));
    return modulo(squared(powerOfOnes(value, 250), 4) * sixth) === 1n;
}

/** The value to the power 2^n - 1, by doubling the number of ones: a key is checked in each transaction that brings one. */
function powerOfOnes(value: bigint, ones: number): bigint {
    if (ones === 1) return value;
    const half = powerOfOnes(value, Math.floor(ones / 2));
    const even = modulo(squared(half, Math.floor(ones / 2)) * half);
    return ones % 2 === 0 ? even : modulo(squared(even, 1) * value);
}

function squared(value: bigint, times: number): bigint {
    let square = value;
    for (let time = 0; time < times; time++) square = modulo(square * square);
    return square;
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
