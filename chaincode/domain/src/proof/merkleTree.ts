// SPDX-License-Identifier: Apache-2.0
import { hex } from '../encoding/bytes.js';
import { concatenated } from '../encoding/lengthPrefixed.js';

/** A hash function of 32 bytes; the platform passes it in. */
export type TreeHash = (bytes: Uint8Array) => Uint8Array;

/** What shows that a leaf is in a tree of so many leaves: the siblings on its way to the root, the lowest first. */
export interface InclusionProof {
    /** From 0. */
    readonly leafIndex: number;
    readonly leafCount: number;
    readonly path: readonly Uint8Array[];
}

/** The root of a Merkle tree over the leaves (RFC 9162, 2.1.1); that of no leaves is the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[], hash: TreeHash): Uint8Array {
    return levelsOf(leaves, hash).at(-1)?.[0] ?? hash(new Uint8Array());
}

/** How one of the leaves is shown to be in their tree (RFC 9162, 2.1.3.1). Throws RangeError for one there is not. */
export function proveInclusion(leaves: readonly Uint8Array[], leafIndex: number, hash: TreeHash): InclusionProof {
    if (leaves[leafIndex] === undefined) throw new RangeError('the tree has no such leaf');
    const path = levelsOf(leaves, hash).flatMap((level, height) => {
        // A node without a sibling is its own parent.
        const sibling = level[(leafIndex >>> height) ^ 1];
        return sibling === undefined ? [] : [sibling];
    });
    return { leafIndex, leafCount: leaves.length, path };
}

/** Whether the tree with this root has the leaf where the proof says (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
    leaf: Uint8Array,
    { leafIndex, leafCount, path }: InclusionProof,
    root: Uint8Array,
    hash: TreeHash,
): boolean {
    if (!(isIndex(leafIndex) && isIndex(leafCount) && leafIndex < leafCount)) return false;
    let node = leafHash(leaf, hash);
    let [at, last] = [leafIndex, leafCount - 1];
    for (const sibling of path) {
        if (last === 0) return false;
        while (at === last && at % 2 === 0) [at, last] = [at >>> 1, last >>> 1];
        node = at % 2 === 1 ? nodeHash(sibling, node, hash) : nodeHash(node, sibling, hash);
        [at, last] = [at >>> 1, last >>> 1];
    }
    return last === 0 && hex(node) === hex(root);
}

/** What can be shifted without losing a bit. */
function isIndex(value: number): boolean {
    return Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}

/** The nodes of each height: leaves first, the root alone last. */
function levelsOf(leaves: readonly Uint8Array[], hash: TreeHash): readonly (readonly Uint8Array[])[] {
    const levels = [leaves.map((leaf) => leafHash(leaf, hash))];
    for (let level = levels[0] ?? []; level.length > 1; levels.push(level)) level = parentsOf(level, hash);
    return levels;
}

function parentsOf(level: readonly Uint8Array[], hash: TreeHash): Uint8Array[] {
    return level.flatMap((node, index) => {
        if (index % 2 === 1) return [];
        const right = level[index + 1];
        return [right === undefined ? node : nodeHash(node, right, hash)];
    });
}

/** Leaves and nodes are told apart, so that no node can be passed off as a leaf. */
function leafHash(leaf: Uint8Array, hash: TreeHash): Uint8Array {
    return hash(concatenated([Uint8Array.of(0), leaf]));
}

function nodeHash(left: Uint8Array, right: Uint8Array, hash: TreeHash): Uint8Array {
    return hash(concatenated([Uint8Array.of(1), left, right]));
}
