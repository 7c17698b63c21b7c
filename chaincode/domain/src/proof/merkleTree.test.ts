// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hex, utf8 } from '../encoding/bytes.js';
import { lengthPrefixed } from '../encoding/lengthPrefixed.js';
import { type InclusionProof, merkleRoot, proveInclusion, verifyInclusion } from './merkleTree.js';

interface Vector {
    readonly name: string;
    readonly input: { readonly leaves: readonly string[] };
    readonly expected: { readonly root: string; readonly paths: readonly (readonly string[])[] };
}

const sha3 = (bytes: Uint8Array): Uint8Array => createHash('sha3-256').update(bytes).digest();
const file = readFileSync(join(__dirname, '../../vectors/merkle-tree.json'), 'utf8');
const vectors = (JSON.parse(file) as { cases: Vector[] }).cases;
const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => utf8(`leaf ${String(index)}`));
const leafAt = (leaves: readonly Uint8Array[], index: number) => leaves[index] ?? new Uint8Array();

describe('a Merkle tree', () => {
    it.each(vectors.map((vector) => [vector.name, vector] as const))('of %s is that of RFC 9162', (_, vector) => {
        const leaves = vector.input.leaves.map(utf8);
        expect(hex(merkleRoot(leaves, sha3))).toBe(vector.expected.root);
        const paths = leaves.map((_leaf, index) => proveInclusion(leaves, index, sha3).path.map(hex));
        expect(paths).toEqual(vector.expected.paths);
    });

    it('proves each of its leaves', () => {
        for (let count = 1; count <= 70; count++) {
            const leaves = leavesOf(count);
            const root = merkleRoot(leaves, sha3);
            leaves.forEach((leaf, index) => {
                expect(verifyInclusion(leaf, proveInclusion(leaves, index, sha3), root, sha3)).toBe(true);
            });
        }
    });

    it('proves no other leaf, at no other place, of no other size, by no other way', () => {
        const cases = fc.integer({ min: 2, max: 40 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1)));
        fc.assert(
            fc.property(cases, ([count, index]) => {
                const leaves = leavesOf(count);
                const root = merkleRoot(leaves, sha3);
                const proof = proveInclusion(leaves, index, sha3);
                const holds = (change: Partial<InclusionProof>, leaf = leafAt(leaves, index)) =>
                    verifyInclusion(leaf, { ...proof, ...change }, root, sha3);
                expect(holds({})).toBe(true);
                expect(holds({}, utf8('other'))).toBe(false);
                expect(holds({ leafIndex: (index + 1) % count })).toBe(false);
                expect(holds({ leafIndex: count + index })).toBe(false);
                expect(holds({ leafCount: 2 * count + 2 })).toBe(false);
                expect(holds({ path: proof.path.slice(1) })).toBe(false);
                expect(holds({ path: [...proof.path, root] })).toBe(false);
                expect(holds({ path: proof.path.map(() => utf8('x'.repeat(32))) })).toBe(false);
            }),
        );
    });

    it('takes no node for a leaf', () => {
        const [left, right] = leavesOf(2).map((leaf) => sha3(Uint8Array.of(0, ...leaf)));
        const node = Uint8Array.of(...(left ?? []), ...(right ?? []));
        const root = merkleRoot(leavesOf(2), sha3);
        expect(verifyInclusion(node, { leafIndex: 0, leafCount: 1, path: [] }, root, sha3)).toBe(false);
    });

    it('has no proof of a leaf it has not', () => {
        expect(() => proveInclusion(leavesOf(2), 2, sha3)).toThrow(RangeError);
        const [leaf, root] = [utf8('leaf 0'), merkleRoot(leavesOf(2), sha3)];
        const { path } = proveInclusion(leavesOf(2), 0, sha3);
        expect(verifyInclusion(leaf, { leafIndex: 0, leafCount: 2, path }, root, sha3)).toBe(true);
        for (const [leafIndex, leafCount] of [
            [NaN, 2],
            [-1, 2],
            [0.5, 2],
            [0, 1.5],
            [0, NaN],
            [2 ** 32, 2 ** 32 + 2],
            [2 ** 32, 2 ** 32 + 1],
        ] as const) {
            expect(verifyInclusion(leaf, { leafIndex, leafCount, path }, root, sha3)).toBe(false);
        }
    });
});

describe('length prefixes', () => {
    it('tell any two lists of parts apart [V83]', () => {
        const parts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 });
        fc.assert(
            fc.property(parts, parts, (some, others) => {
                const [a, b] = [some, others].map((list) => hex(lengthPrefixed('test', ...list)));
                expect(a === b).toBe(JSON.stringify(some) === JSON.stringify(others));
            }),
        );
        expect(hex(lengthPrefixed('a', 'bc', new Uint8Array(300)))).toMatch(/^00000001610000000262630000012c/);
    });
});
