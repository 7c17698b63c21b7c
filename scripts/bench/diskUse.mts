// SPDX-License-Identifier: Apache-2.0
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** stat(2) counts blocks of 512 bytes, whatever the file system's own are. */
const BLOCK_BYTES = 512;

/** Bytes the files of a folder take on disk, at any depth: what is allocated, so that a sparse file counts as what it holds. */
export function allocatedBytes(folder: string): number {
    let bytes = 0;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        // A compaction may remove a file between listing and looking.
        bytes += (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.blocks ?? 0) * BLOCK_BYTES;
    }
    return bytes;
}
