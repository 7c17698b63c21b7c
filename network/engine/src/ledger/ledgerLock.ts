// SPDX-License-Identifier: Apache-2.0
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLockedByAnother, openLevel } from './state/level.js';

/**
 * Takes the lock that a running peer and every command on its ledgers hold, under `<ledgersData>/fileLock`; the returned
 * function gives it back. Throws with Fabric's text when another process has it (common/ledger/util/leveldbhelper).
 */
export async function lockLedgers(ledgersData: string): Promise<() => Promise<void>> {
    await mkdir(ledgersData, { recursive: true });
    const path = join(ledgersData, 'fileLock');
    try {
        const level = await openLevel(path);
        return () => level.close();
    } catch (cause) {
        if (!isLockedByAnother(cause)) throw cause;
        throw new Error(
            'as another peer node command is executing, wait for that command to complete its execution or terminate it ' +
                `before retrying: lock is already acquired on file ${path}`,
            { cause },
        );
    }
}
