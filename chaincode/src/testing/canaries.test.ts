// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { amountCanary, bytesCanary, leaksIn, textCanary } from './canaries.js';

const amount = 7_391_846_205_118_273n;
const amountBytes = Buffer.from(amount.toString(16).padStart(16, '0'), 'hex');
const text = 'canary-über-memo';
const around = (inner: Uint8Array | string) => Buffer.concat([randomBytes(50), Buffer.from(inner), randomBytes(50)]);
const base64At = (offset: number, inner: Uint8Array | string) =>
    Buffer.concat([Buffer.alloc(offset, 0x5a), Buffer.from(inner), Buffer.from('~')]).toString('base64');

describe('a canary', () => {
    it.each<readonly [string, Uint8Array | string]>([
        ['a decimal', amount.toString()],
        ['a decimal in JSON', `{"amount":"${amount.toString()}"}`],
        ['a hexadecimal number', amount.toString(16)],
        ['an upper-case hexadecimal number', amount.toString(16).toUpperCase()],
        ['big-endian bytes', amountBytes],
        ['little-endian bytes', Buffer.from(amountBytes).reverse()],
        ['a varint', varintOf(amount)],
        ['a hash', createHash('sha256').update(amount.toString()).digest()],
        ['a hash in hexadecimal', createHash('sha256').update(amount.toString()).digest('hex')],
        ...[0, 1, 2].map(
            (offset) => [`base64 from ${String(offset)} on`, base64At(offset, amount.toString())] as const,
        ),
        ...[0, 1, 2].map(
            (offset) => [`base64 of bytes from ${String(offset)} on`, base64At(offset, amountBytes)] as const,
        ),
    ])('that is an amount is found as %s', (_form, data) => {
        expect(leaksIn(around(data), [amountCanary('amount', amount)])).not.toEqual([]);
    });

    it.each<readonly [string, string]>([
        ['text', text],
        ['hexadecimal', Buffer.from(text).toString('hex')],
        ...[0, 1, 2].map((offset) => [`base64 from ${String(offset)} on`, base64At(offset, text)] as const),
    ])('that is text is found as %s', (_form, data) => {
        expect(leaksIn(around(data), [textCanary('memo', text)])).not.toEqual([]);
    });

    it('is not found where it is not', () => {
        const canaries = [
            amountCanary('amount', amount),
            textCanary('memo', text),
            bytesCanary('salt', Buffer.alloc(32, 7)),
        ];
        expect(leaksIn(Buffer.alloc(100_000, 'nothing of note 1234567890'), canaries)).toEqual([]);
    });
});

function varintOf(value: bigint): Buffer {
    const bytes: number[] = [];
    for (let rest = value; rest > 0n; rest >>= 7n) bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    return Buffer.from(bytes);
}
