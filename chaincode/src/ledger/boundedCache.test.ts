// SPDX-License-Identifier: Apache-2.0
import { BoundedCache } from './boundedCache.js';

it('makes a value once, and again when it was forgotten for newer ones', () => {
    const cache = new BoundedCache<string>(2);
    const made: string[] = [];
    const get = (text: string) =>
        cache.get(text, () => {
            made.push(text);
            return text.toUpperCase();
        });
    expect(['a', 'a', 'b', 'a', 'c', 'b', 'a'].map(get)).toEqual(['A', 'A', 'B', 'A', 'C', 'B', 'A']);
    expect(made).toEqual(['a', 'b', 'c', 'a']);
});

it('asks again after a failure', () => {
    const cache = new BoundedCache<string>(2);
    expect(() =>
        cache.get('a', () => {
            throw new Error('no');
        }),
    ).toThrow('no');
    expect(cache.get('a', () => 'yes')).toBe('yes');
});
