// SPDX-License-Identifier: Apache-2.0
import { ReadCache } from './readCache.js';

const version = { blockNum: 1, txNum: 0 };

it('forgets what was not read for long and keeps what was, within its bounds', () => {
    const cache = new ReadCache(100_000);
    cache.set('', 'often', { value: Buffer.from('often'), version });
    for (let i = 0; i < 5000; i++) {
        cache.set('', `key${String(i)}`, { value: Buffer.alloc(100), version });
        cache.get('', 'often');
    }
    const kept = Array.from({ length: 5000 }, (_, i) => cache.get('', `key${String(i)}`)).filter((found) => found);
    expect(cache.get('', 'often')?.value.toString()).toBe('often');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length * 100).toBeLessThan(100_000);
});

it('does not keep values that would fill it alone', () => {
    const cache = new ReadCache(1_000_000);
    cache.set('', 'large', { value: Buffer.alloc(20_000), version });
    expect(cache.get('', 'large')).toBeUndefined();
});

it('returns the value that was set last, and none after a delete', () => {
    const cache = new ReadCache(10_000);
    cache.set('space', 'k', { value: Buffer.from('1'), version });
    cache.set('space', 'k', { value: Buffer.from('2'), version });
    expect(cache.get('space', 'k')?.value.toString()).toBe('2');
    cache.delete('space', 'k');
    expect(cache.get('space', 'k')).toBeUndefined();
});
