// SPDX-License-Identifier: Apache-2.0
import { diskAdvice } from './diskAdvice.js';

it.each([
    [{ code: 'ENOSPC' }, 'The disk is full: make room'],
    [{ code: 'EROFS' }, 'mounted read-only'],
    [{ errcode: 13 }, 'The disk is full: make room'],
    [{ errcode: 778 }, 'The disk does not answer'],
    [
        new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'EACCES' }) }),
        'the right to read and write',
    ],
])('says what to do about %o', (error, advice) => {
    expect(diskAdvice(error)).toContain(advice);
});

it('says nothing about errors that are none of the disk', () => {
    expect(
        [new Error('x'), 'text', undefined, { code: 'ECONNREFUSED' }, { errcode: 19 }].map(diskAdvice).join(''),
    ).toBe('');
});
