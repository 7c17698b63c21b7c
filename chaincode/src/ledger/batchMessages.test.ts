// SPDX-License-Identifier: Apache-2.0
import { encode } from '@power-currency/engine/wire/decode.js';
import { protos } from '@power-currency/engine/wire/protobuf.js';
import fc from 'fast-check';
import { decodeGetStateMultipleResult, encodeGetStateMultiple, encodeWriteBatchState } from './batchMessages.js';

const bytes = fc.uint8Array({ maxLength: 300 });

describe('batch messages', () => {
    it('are read by the peer as they were meant', () => {
        fc.assert(
            fc.property(
                fc.array(fc.tuple(fc.string(), fc.option(bytes, { nil: undefined })), { maxLength: 5 }),
                (records) => {
                    const keys = records.map(([key]) => key);
                    expect(protos.GetStateMultiple.decode(encodeGetStateMultiple(keys)).keys).toEqual(keys);
                    const writes = records.map(([key, value]) => ({ key, value }));
                    const { rec } = protos.WriteBatchState.decode(encodeWriteBatchState(writes));
                    expect(rec.map(({ key, type }) => [key, type])).toEqual(
                        writes.map(({ key, value }) => [key, value ? 9 : 10]),
                    );
                    expect(rec.map(({ value }) => Buffer.from(value ?? []).toString('hex'))).toEqual(
                        writes.map(({ value }) => Buffer.from(value ?? []).toString('hex')),
                    );
                },
            ),
        );
    });

    it('name the private data collection they are for', () => {
        expect(protos.GetStateMultiple.decode(encodeGetStateMultiple(['k'], 'c'))).toMatchObject({
            keys: ['k'],
            collection: 'c',
        });
        const writes = [
            { key: 'k', value: Buffer.from('v') },
            { key: 'l', value: undefined },
        ];
        const { rec } = protos.WriteBatchState.decode(encodeWriteBatchState(writes, 'c'));
        expect(rec.map(({ key, collection }) => [key, collection])).toEqual([
            ['k', 'c'],
            ['l', 'c'],
        ]);
    });

    it('of the peer are read as it meant them; an absent key has no value', () => {
        fc.assert(
            fc.property(fc.array(bytes), (values) => {
                const payload = encode(protos.GetStateMultipleResult, {
                    values: values.map((value) => Buffer.from(value)),
                });
                const expected = values.map((value) =>
                    value.length === 0 ? undefined : Buffer.from(value).toString('hex'),
                );
                const found = decodeGetStateMultipleResult(payload);
                expect(found.map((value) => value && Buffer.from(value).toString('hex'))).toEqual(expected);
            }),
        );
    });

    it.each([
        ['another message', [0x12, 0]],
        ['a value cut short', [0x0a, 5, 1]],
        ['a length cut short', [0x0a, 0x80]],
    ])('refuse %s', (_name, payload) => {
        expect(() => decodeGetStateMultipleResult(Uint8Array.from(payload))).toThrow('the peer sent');
    });
});
