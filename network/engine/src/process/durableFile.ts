// SPDX-License-Identifier: Apache-2.0
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Ends the name of a file that is being written; one that a crash left may be removed. */
export const temporarySuffix = '.writing';

/** All or nothing: the name appears once the content is on disk. Makes the folder. `onSynced`: before the name appears. */
export function writeDurably(
    path: string,
    content: string | Uint8Array,
    { mode = 0o600, onSynced }: { readonly mode?: number; readonly onSynced?: () => void } = {},
): void {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}${temporarySuffix}`;
    const file = openSync(temporary, 'w', mode);
    try {
        const bytes = Buffer.from(content);
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
        fsyncSync(file);
    } finally {
        closeSync(file);
    }
    onSynced?.();
    renameSync(temporary, path);
    syncFolder(dirname(path));
}

function syncFolder(path: string): void {
    const folder = openSync(path, 'r');
    try {
        fsyncSync(folder);
    } finally {
        closeSync(folder);
    }
}
