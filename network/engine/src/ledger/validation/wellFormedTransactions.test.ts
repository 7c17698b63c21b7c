// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { flawOfTransactions } from './wellFormedTransactions.js';

const envelope = encode(common.Envelope, { payload: Buffer.from('p'), signature: Buffer.from('s') });
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

test('an envelope as Go writes it is well formed', () => {
    expect(flawOfTransactions([envelope, envelope])).toBeUndefined();
});

test.each([
    ['an unknown field behind the known ones', '5a0161'],
    ['an unknown field with a long tag', 'da808080000161'],
    ['a known field of another wire type', '0805'],
])('%s is kept by Go, and therefore well formed', (_, trailer) => {
    expect(flawOfTransactions([Buffer.concat([envelope, hex(trailer)])])).toBeUndefined();
});

test.each([
    ['a block without transactions', [], 'empty block'],
    ['no payload', [hex('120173')], 'transaction 0 has no payload'],
    ['no signature', [envelope, hex('0a0170')], 'transaction 1 has no signature'],
    ['a payload that comes twice', [hex('0a01700a0170120173')], 'transaction 0 has 3 trailing bytes'],
    ['fields in another order', [hex('1201730a0170')], 'transaction 0 does not match its raw form'],
    ['a tag longer than it needs', [hex('8a000170120173')], 'transaction 0 has 1 trailing bytes'],
    [
        'an unknown field before the known ones',
        [hex('5a01610a0170120173')],
        'transaction 0 does not match its raw form',
    ],
    ['a cut envelope', [envelope.subarray(0, -1)], 'transaction 0 is invalid: error unmarshalling Envelope'],
])('%s is a flaw', (_, transactions, flaw) => {
    expect(flawOfTransactions(transactions)).toContain(flaw);
});
