// SPDX-License-Identifier: Apache-2.0
import { decode } from './decode.js';
import { orderer } from './protobuf.js';
import { seekInfo } from './seek.js';

test('a seek without end stops at the largest uint64', () => {
    expect(seekInfo({ start: 'oldest', stop: 'forever' }).toString('hex')).toBe(
        '0a021200120d1a0b08ffffffffffffffffff01',
    );
});

test('a seek for one block waits for it unless told to fail', () => {
    const waiting = decode(orderer.SeekInfo, seekInfo({ start: 7, stop: 7 }), 'SeekInfo');
    expect(waiting).toMatchObject({ start: { specified: { number: 7 } }, behavior: 0 });
    const failing = seekInfo({ start: 'newest', stop: 0, behavior: 'failIfNotReady', errorResponse: 'bestEffort' });
    expect(decode(orderer.SeekInfo, failing, 'SeekInfo')).toMatchObject({
        start: { newest: {} },
        behavior: 1,
        errorResponse: 1,
    });
});
