// SPDX-License-Identifier: Apache-2.0
import { closeSync, constants, fstatSync, openSync, readSync, readdirSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { reached } from '../../process/faults/faultPoints.js';
import { blockLength, blockPrefix, isWholeBlock, prefixBytes } from './blockRecord.js';

/** Where a block lies: number of the file, offset of its first byte in it, and its length. */
export interface BlockLocation {
    readonly file: number;
    readonly offset: number;
    readonly length: number;
}

type OnBlock = (location: BlockLocation, bytes: Buffer) => Promise<void>;

/** Size at which the next block starts a new file (ledger.blockchain block file size of Fabric). */
const defaultMaxFileBytes = 64 * 1024 * 1024;

/** A block file that is not as it was written. Says what to do; nothing of it is used or changed. */
export class DamagedBlockFileError extends Error {
    override readonly name = 'DamagedBlockFileError';

    constructor(file: string, damage: string) {
        super(
            `block file ${file} is damaged: ${damage}. Restore the file from a backup. A peer can also get the blocks ` +
                "from the ordering service again: run 'peer node reset' with its configuration, then start it.",
        );
    }
}

/**
 * Append-only files `blocks_000000`, `blocks_000001`, … A block is on disk when {@link append} resolves. What a crash
 * left of an unfinished append is cut off at the next start; a block that was finished is never cut off, and every read
 * is checked, so that damage at rest is an error and not another chain.
 */
export class BlockFiles {
    readonly #directory: string;
    readonly #maxFileBytes: number;
    readonly #readers = new Map<number, number>();
    #writer: FileHandle | undefined;
    #file = 0;
    #size = 0;

    private constructor(directory: string, maxFileBytes: number) {
        this.#directory = directory;
        this.#maxFileBytes = maxFileBytes;
    }

    /**
     * Opens the files for appending behind the last whole block. `onBlock` is called for every block from `from` on
     * (the end of what the caller has indexed), in order.
     */
    static async open(
        directory: string,
        from: { readonly file: number; readonly offset: number },
        onBlock: OnBlock,
        { maxFileBytes = defaultMaxFileBytes }: { maxFileBytes?: number } = {},
    ): Promise<BlockFiles> {
        await mkdir(directory, { recursive: true });
        const files = new BlockFiles(directory, maxFileBytes);
        try {
            await files.#readOn(from, onBlock);
            return files;
        } catch (error) {
            await files.close();
            throw error;
        }
    }

    /** Appends a block and syncs it to disk. */
    async append(bytes: Buffer): Promise<BlockLocation> {
        if (this.#size > 0 && this.#size + prefixBytes + bytes.length > this.#maxFileBytes) {
            await this.#startFile(this.#file + 1);
        }
        const location = { file: this.#file, offset: this.#size + prefixBytes, length: bytes.length };
        const writer = this.#openWriter();
        await writeFully(writer, blockPrefix(bytes), this.#size);
        reached('blocks.prefixWritten');
        await writeFully(writer, bytes, location.offset);
        await writer.datasync();
        this.#size = location.offset + bytes.length;
        return location;
    }

    /** A block as it was appended. Throws DamagedBlockFileError when it is not there. */
    read({ file, offset, length }: BlockLocation): Buffer {
        const record = this.#read({ file, offset: offset - prefixBytes, length: length + prefixBytes });
        const bytes = record.subarray(prefixBytes);
        if (!isWholeBlock(record.subarray(0, prefixBytes), bytes)) {
            throw this.#damaged(file, `the block at byte ${String(offset)} does not match its checksum`);
        }
        return bytes;
    }

    #read({ file, offset, length }: BlockLocation): Buffer {
        let descriptor = this.#readers.get(file);
        if (descriptor === undefined) {
            descriptor = openSync(this.#path(file), 'r');
            this.#readers.set(file, descriptor);
        }
        const bytes = Buffer.allocUnsafeSlow(length);
        let done = 0;
        while (done < length) {
            const count = readSync(descriptor, bytes, done, length - done, offset + done);
            if (count === 0) {
                throw this.#damaged(file, `it ends before byte ${String(offset + length)}`);
            }
            done += count;
        }
        return bytes;
    }

    async close(): Promise<void> {
        for (const descriptor of this.#readers.values()) {
            closeSync(descriptor);
        }
        this.#readers.clear();
        await this.#writer?.close();
        this.#writer = undefined;
    }

    async #readOn(from: { readonly file: number; readonly offset: number }, onBlock: OnBlock): Promise<void> {
        const last = Math.max(from.file, lastFileNumber(this.#directory));
        for (let file = from.file; file <= last; file++) {
            await this.#startFile(file);
            const end = await this.#scan(file === from.file ? from.offset : 0, onBlock);
            if (file < last) this.#assertComplete(end);
            await this.#truncate(end);
        }
    }

    async #startFile(file: number): Promise<void> {
        await this.#writer?.close();
        this.#writer = await open(this.#path(file), openFlags);
        this.#file = file;
        this.#size = fstatSync(this.#writer.fd).size;
        await syncDirectory(this.#directory);
        reached('blocks.fileOpened');
    }

    /** Returns the offset behind the last whole block at or after `offset`. */
    async #scan(offset: number, onBlock: OnBlock): Promise<number> {
        if (offset > this.#size) {
            throw this.#damaged(this.#file, `it is shorter than its index says (${String(offset)} bytes)`);
        }
        let end = offset;
        while (end + prefixBytes <= this.#size) {
            const length = blockLength(this.#read({ file: this.#file, offset: end, length: prefixBytes }));
            if (length === undefined && !this.#isUnwritten(end)) {
                throw this.#damaged(this.#file, `what is at byte ${String(end)} does not begin a block`);
            }
            const location = { file: this.#file, offset: end + prefixBytes, length: length ?? Infinity };
            if (location.offset + location.length > this.#size) {
                break;
            }
            await onBlock(location, this.read(location));
            end = location.offset + location.length;
        }
        return end;
    }

    /** A machine that lost power may have made the file longer without writing to it. */
    #isUnwritten(offset: number): boolean {
        const rest = this.#read({ file: this.#file, offset, length: this.#size - offset });
        return rest.every((byte) => byte === 0);
    }

    /** Only the last file can have an unfinished block at its end. */
    #assertComplete(end: number): void {
        if (end < this.#size) {
            throw this.#damaged(this.#file, `the block at byte ${String(end + prefixBytes)} is not complete`);
        }
    }

    #damaged(file: number, damage: string): DamagedBlockFileError {
        return new DamagedBlockFileError(this.#path(file), damage);
    }

    async #truncate(size: number): Promise<void> {
        if (size < this.#size) {
            const writer = this.#openWriter();
            await writer.truncate(size);
            await writer.datasync();
            this.#size = size;
        }
    }

    #openWriter(): FileHandle {
        if (this.#writer === undefined) {
            throw new Error(`block files in ${this.#directory} are closed`);
        }
        return this.#writer;
    }

    #path(file: number): string {
        return blockFilePath(this.#directory, file);
    }
}

export function blockFilePath(directory: string, file: number): string {
    return join(directory, `blocks_${String(file).padStart(6, '0')}`);
}

/** 0 when there is none. */
export function lastFileNumber(directory: string): number {
    const numbers = readdirSync(directory).flatMap((name) => /^blocks_(\d{6})$/.exec(name)?.[1] ?? []);
    return Math.max(0, ...numbers.map(Number));
}

/** Read and write, created when absent, never truncated: appends go to explicit offsets. */
const openFlags = constants.O_RDWR | constants.O_CREAT;

async function writeFully(writer: FileHandle, bytes: Buffer, position: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
        const { bytesWritten } = await writer.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
    }
}

/** A new file is only as durable as the directory entry that names it. */
async function syncDirectory(directory: string): Promise<void> {
    const handle = await open(directory, 'r');
    try {
        await handle.sync();
    } finally {
        await handle.close();
    }
}
