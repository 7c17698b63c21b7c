// SPDX-License-Identifier: Apache-2.0
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { extract, pack, type Header } from 'tar-stream';

export interface TarFile {
    readonly name: string;
    readonly content: Buffer;
}

/** A tar header type as Go prints it: the code of the character in the archive. */
const typeFlags: Readonly<Record<Header['type'], number>> = {
    file: 0x30,
    link: 0x31,
    symlink: 0x32,
    'character-device': 0x33,
    'block-device': 0x34,
    directory: 0x35,
    fifo: 0x36,
    'contiguous-file': 0x37,
};

/** Most bytes an archive may unpack to, so that a small package cannot fill the memory. */
const maxUnpackedBytes = 256 * 1024 * 1024;

/** Files of a gzipped tar in order; directories and links are handed to `onOther`, which may throw. */
export async function readTarGz(
    bytes: Buffer,
    onOther: (name: string, typeFlag: number) => void = () => undefined,
): Promise<TarFile[]> {
    const archive = extract();
    archive.end(await unzip(bytes));
    const files: TarFile[] = [];
    for await (const entry of archive) {
        const { name, type } = entry.header;
        if (type !== 'file' && type !== 'contiguous-file') {
            onOther(name, typeFlags[type]);
            entry.resume();
            continue;
        }
        const chunks: Buffer[] = [];
        for await (const chunk of entry as AsyncIterable<Buffer>) {
            chunks.push(chunk);
        }
        files.push({ name, content: Buffer.concat(chunks) });
    }
    return files;
}

/** A gzipped tar that depends on nothing but the files: fixed times, owners and modes. */
export async function writeTarGz(files: readonly TarFile[]): Promise<Buffer> {
    const archive = pack();
    for (const { name, content } of files) {
        archive.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, content);
    }
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive as AsyncIterable<Buffer>) {
        chunks.push(chunk);
    }
    return promisify(gzip)(Buffer.concat(chunks));
}

/** Texts of Go's compress/gzip for what zlib reports. */
const gzipErrors: Readonly<Record<string, string>> = {
    Z_BUF_ERROR: 'unexpected EOF',
    Z_DATA_ERROR: 'gzip: invalid header',
};

async function unzip(bytes: Buffer): Promise<Buffer> {
    // Go answers an archive too short for a gzip header with this text as well.
    const minHeaderBytes = 10;
    if (bytes.length < minHeaderBytes) {
        throw new Error('error reading as gzip stream: unexpected EOF');
    }
    try {
        return await promisify(gunzip)(bytes, { maxOutputLength: maxUnpackedBytes });
    } catch (cause) {
        const { code = '', message } = cause as NodeJS.ErrnoException;
        throw new Error(`error reading as gzip stream: ${gzipErrors[code] ?? message}`, { cause });
    }
}
