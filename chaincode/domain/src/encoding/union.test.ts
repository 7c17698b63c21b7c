// SPDX-License-Identifier: Apache-2.0
import { isDomainError } from '../error/domainError.js';
import { object } from './codec.js';
import type { Json } from './json.js';
import { count } from './quantityCodec.js';
import { union } from './union.js';

const shape = union({ circle: object({ radius: count }), square: object({ side: count }) });

function refusedField(value: Json): string {
    try {
        shape.decode(value, 'shape');
    } catch (thrown) {
        if (isDomainError(thrown, 'INVALID_ARGUMENT')) return thrown.details.field;
    }
    return 'accepted';
}

describe('a union', () => {
    it('is read and written by its kind', () => {
        const square = shape.decode({ kind: 'square', side: '3' }, '');
        expect(square).toEqual({ kind: 'square', side: 3n });
        expect(shape.encode(square)).toEqual({ kind: 'square', side: '3' });
    });

    it.each<[string, Json, string]>([
        ['an unknown kind', { kind: 'line' }, 'shape.kind'],
        ['a kind of the prototype', { kind: 'constructor' }, 'shape.kind'],
        ['no kind', { side: '3' }, 'shape.kind'],
        ['the members of another kind', { kind: 'circle', side: '3' }, 'shape.side'],
        ['a list', [], 'shape'],
        ['null', null, 'shape'],
    ])('refuses %s', (_name, value, field) => {
        expect(refusedField(value)).toBe(field);
    });
});
