// SPDX-License-Identifier: Apache-2.0
import type { Version } from './height.js';
import type { StateReader } from './stateReader.js';
import type { UpdateBatch } from './updateBatch.js';

/** The world state of one channel. Namespaces of readers are the spaces of stateSpace.ts. */
export interface StateDatabase {
    /** Last transaction of the last block that was applied; undefined before the first. */
    readonly savepoint: Version | undefined;
    /** A view of the current height, not disturbed by later blocks. */
    newReader(): StateReader;
    /** Applies the changes of one block and moves the savepoint, all or nothing. */
    apply(batch: UpdateBatch, savepoint: Version): Promise<void>;
    close(): Promise<void>;
}
