// SPDX-License-Identifier: Apache-2.0

/** The largest integer whose cube is at most `x`, which is not negative: Newton's iteration, exact. */
export function cubeRootFloor(x: bigint): bigint {
    if (x < 0n) throw new RangeError('the cube root of a negative number is not taken');
    if (x === 0n) return 0n;
    // From above: the root of a number of b bits is below 2^ceil(b/3).
    const bits = 4n * BigInt(x.toString(16).length);
    let root = 1n << ((bits + 2n) / 3n);
    for (;;) {
        const next = (2n * root + x / (root * root)) / 3n;
        if (next >= root) return root;
        root = next;
    }
}

/** The proof that takes no root: `root`³ ≤ `x` < (`root` + 1)³. */
export function isCubeRootFloor(root: bigint, x: bigint): boolean {
    return root ** 3n <= x && x < (root + 1n) ** 3n;
}
