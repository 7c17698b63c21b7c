// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

/** Where a server's TLS material lies; PEM files. */
interface ServerTlsFiles {
    readonly certificateFile: string;
    readonly keyFile: string;
    /** Authorities a client certificate may come from. Needed when clientAuthRequired. */
    readonly clientRootFiles: readonly string[];
    readonly clientAuthRequired: boolean;
}

/** Where a client's TLS material lies; PEM files. */
interface ClientTlsFiles {
    readonly rootFiles: readonly string[];
    /** Presented to servers that ask for one. */
    readonly certificateFile?: string;
    readonly keyFile?: string;
    /** Checked instead of the host of the address. */
    readonly serverName?: string;
}

/** PEM bytes a server listens with. */
export interface ServerTls {
    readonly certificate: Buffer;
    readonly key: Buffer;
    readonly clientRoots: readonly Buffer[];
    readonly clientAuthRequired: boolean;
}

/** PEM bytes a client connects with. */
export interface ClientTls {
    readonly roots: readonly Buffer[];
    readonly certificate?: Buffer;
    readonly key?: Buffer;
    readonly serverName?: string;
}

/** A TLS file that cannot be read. */
export class TlsFileError extends Error {
    override readonly name = 'TlsFileError';
}

/** Reads a server's TLS material. Throws TlsFileError naming the file. */
export function loadServerTls(files: ServerTlsFiles): ServerTls {
    return {
        certificate: readPem('server TLS Certificate', files.certificateFile),
        key: readPem('server TLS PrivateKey', files.keyFile),
        clientRoots: files.clientRootFiles.map((file) => readPem('client TLS root', file)),
        clientAuthRequired: files.clientAuthRequired,
    };
}

/** Reads a client's TLS material. Throws TlsFileError naming the file. */
export function loadClientTls(files: ClientTlsFiles): ClientTls {
    const { certificateFile, keyFile, serverName } = files;
    return {
        roots: files.rootFiles.map((file) => readPem('TLS root', file)),
        ...(certificateFile !== undefined && { certificate: readPem('client TLS Certificate', certificateFile) }),
        ...(keyFile !== undefined && { key: readPem('client TLS PrivateKey', keyFile) }),
        ...(serverName !== undefined && { serverName }),
    };
}

/** PEM files one after the other, each ending in a newline. */
export function joinPem(files: readonly Buffer[]): Buffer {
    return Buffer.concat(files.flatMap((file) => [file, Buffer.from('\n')]));
}

function readPem(what: string, file: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        const cause = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or directory' : String(error);
        throw new TlsFileError(`Failed to load ${what} file '${file}' (open ${file}: ${cause})`);
    }
}
