// SPDX-License-Identifier: Apache-2.0
import { closeSync, constants, fstatSync, openSync, readSync, readdirSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AfterStep } from './faultPoints.js';

/** Where a block lies: number of the file, offset of its first byte in it, and its length. */
export interface BlockLocation {
    readonly file: number;
    readonly offset: number;
    readonly length: number;
}

/** Size at which the next block starts a new file (ledger.blockchain block file size of Fabric). */
const defaultMaxFileBytes = 64 * 1024 * 1024;

/** Before each block: its length and the CRC-32 of its bytes, both 32 bits little-endian. */
const prefixBytes = 8;

/**
 * Append-only files `blocks_000000`, `blocks_000001`, … A block is on disk when {@link append} resolves. What a crash
 * left of an unfinished append is found by length and checksum and cut off at the next start.
 */
export class BlockFiles {
    readonly #directory: string;
    readonly #maxFileBytes: number;
    readonly #afterStep: AfterStep | undefined;
    readonly #readers = new Map<number, number>();
    #writer: FileHandle | undefined;
    #file = 0;
    #size = 0;

    private constructor(directory: string, maxFileBytes: number, afterStep: AfterStep | undefined) {
        this.#directory = directory;
        this.#maxFileBytes = maxFileBytes;
        this.#afterStep = afterStep;
    }

    /**
     * Opens the files for appending behind the last whole block. `onBlock` is called for every block from `from` on
     * (the end of what the caller has indexed), in order.
     */
    static async open(
        directory: string,
        from: { readonly file: number; readonly offset: number },
        onBlock: (location: BlockLocation, bytes: Buffer) => Promise<void>,
        { maxFileBytes = defaultMaxFileBytes, afterStep }: { maxFileBytes?: number; afterStep?: AfterStep } = {},
    ): Promise<BlockFiles> {
        await mkdir(directory, { recursive: true });
        const files = new BlockFiles(directory, maxFileBytes, afterStep);
        const last = Math.max(from.file, lastFileNumber(directory));
        for (let file = from.file; file <= last; file++) {
            await files.#startFile(file);
            const end = await files.#scan(file === from.file ? from.offset : 0, onBlock);
            await files.#truncate(end);
        }
        return files;
    }

    /** Appends a block and syncs it to disk. */
    async append(bytes: Buffer): Promise<BlockLocation> {
        if (this.#size > 0 && this.#size + prefixBytes + bytes.length > this.#maxFileBytes) {
            await this.#startFile(this.#file + 1);
        }
        const location = { file: this.#file, offset: this.#size + prefixBytes, length: bytes.length };
        const prefix = Buffer.alloc(prefixBytes);
        prefix.writeUInt32LE(bytes.length, 0);
        prefix.writeUInt32LE(crc32(bytes), 4);
        const writer = this.#openWriter();
        await writer.write(prefix, 0, prefixBytes, this.#size);
        this.#afterStep?.('blockPartlyWritten');
        await writeFully(writer, bytes, location.offset);
        await writer.datasync();
        this.#size = location.offset + bytes.length;
        return location;
    }

    /** `length` bytes of a file; throws when they are not there. */
    read({ file, offset, length }: BlockLocation): Buffer {
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
                throw new Error(`block file ${this.#path(file)} ends before offset ${String(offset + length)}`);
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

    async #startFile(file: number): Promise<void> {
        await this.#writer?.close();
        this.#writer = await open(this.#path(file), openFlags);
        this.#file = file;
        this.#size = fstatSync(this.#writer.fd).size;
        await syncDirectory(this.#directory);
    }

    /** Returns the offset behind the last whole block at or after `offset`. */
    async #scan(offset: number, onBlock: (location: BlockLocation, bytes: Buffer) => Promise<void>): Promise<number> {
        if (offset > this.#size) {
            throw new Error(`block file ${this.#path(this.#file)} is shorter than its index says`);
        }
        let end = offset;
        while (end + prefixBytes <= this.#size) {
            const prefix = this.read({ file: this.#file, offset: end, length: prefixBytes });
            const location = { file: this.#file, offset: end + prefixBytes, length: prefix.readUInt32LE(0) };
            if (location.offset + location.length > this.#size) {
                break;
            }
            const bytes = this.read(location);
            if (crc32(bytes) !== prefix.readUInt32LE(4) || bytes.length === 0) {
                break;
            }
            await onBlock(location, bytes);
            end = location.offset + location.length;
        }
        return end;
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
        return join(this.#directory, `blocks_${String(file).padStart(6, '0')}`);
    }
}

/** Read and write, created when absent, never truncated: appends go to explicit offsets. */
const openFlags = constants.O_RDWR | constants.O_CREAT;

function lastFileNumber(directory: string): number {
    const numbers = readdirSync(directory).flatMap((name) => /^blocks_(\d{6})$/.exec(name)?.[1] ?? []);
    return Math.max(0, ...numbers.map(Number));
}

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
