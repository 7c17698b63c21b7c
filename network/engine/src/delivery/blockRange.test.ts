// SPDX-License-Identifier: Apache-2.0
import { blockRange } from './blockRange.js';
import { type SeekRefused } from './seekRequest.js';

const height = 10;
const at = (number: number): object => ({ specified: { number } });

describe('a seek resolves', () => {
    it.each([
        [{ oldest: {} }, { newest: {} }, { start: 0, stop: 9 }],
        [{ newest: {} }, { newest: {} }, { start: 9, stop: 9 }],
        [{ oldest: {} }, { oldest: {} }, { start: 0, stop: 0 }],
        [at(3), { oldest: {} }, { start: 3, stop: 3 }],
        [at(10), at(2 ** 64), { start: 10, stop: 2 ** 64 }],
        [{ nextCommit: {} }, { newest: {} }, { start: 10, stop: 9 }],
        [at(3), { nextCommit: {} }, { start: 3, stop: 0 }],
        [{ specified: {} }, {}, { start: 0, stop: 0 }],
    ])('%p to %p as %p', (start, stop, expected) => {
        expect(blockRange({ start, stop }, height)).toEqual(expected);
    });

    it.each([
        [{ start: at(11), stop: at(12) }, 404],
        [{ start: {}, stop: at(12) }, 404],
        [{ start: at(5), stop: at(4) }, 400],
        [{ start: at(5) }, 400],
        [{ stop: at(5) }, 400],
    ])('%p to status %p', (seek, status) => {
        expect(() => blockRange(seek, height)).toThrow(expect.objectContaining({ status }) as SeekRefused);
    });
});
