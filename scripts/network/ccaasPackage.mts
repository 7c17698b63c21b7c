// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { projectDir } from './consortium.mts';

interface ChaincodeConnection {
    readonly address: string;
    readonly dial_timeout: string;
    readonly tls_required: boolean;
    readonly client_auth_required: boolean;
    readonly client_key: string;
    readonly client_cert: string;
    readonly root_cert: string;
}

/**
 * Writes a chaincode-as-a-service package: where the organisation's own process listens, how to trust it, and the digest
 * of the code that process runs. The digest makes the package id, which the organisation approves, speak of the code.
 *
 * @returns the package id: label and SHA-256 of the file, as `peer lifecycle chaincode calculatepackageid` prints it
 */
export async function writeCcaasPackage(file: string, label: string, connection: ChaincodeConnection): Promise<string> {
    const code = await archive({
        'connection.json': JSON.stringify(connection),
        'code.sha256': codeDigest(),
    });
    const content = await archive({
        'metadata.json': JSON.stringify({ type: 'ccaas', label }),
        'code.tar.gz': code,
    });
    writeFileSync(file, content, { mode: 0o600 });
    return `${label}:${createHash('sha256').update(content).digest('hex')}`;
}

/** A fixed time keeps the package, and so its id, the same for the same content. */
async function archive(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
    const stream = pack();
    for (const [name, content] of Object.entries(files)) {
        stream.entry({ name, mtime: new Date(0), mode: 0o644 }, content);
    }
    stream.finalize();
    return buffer(stream.pipe(createGzip()));
}

/** SHA-256 over name and content of every compiled file that the chaincode process loads from this project. */
function codeDigest(): string {
    const hash = createHash('sha256');
    for (const folder of ['chaincode/dist', 'chaincode/domain/dist']) {
        const files = readdirSync(join(projectDir, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
            .map((entry) => join(entry.parentPath, entry.name))
            .sort();
        for (const file of files)
            hash.update(`${relative(projectDir, file)}\n`)
                .update(readFileSync(file))
                .update('\n');
    }
    return hash.digest('hex');
}
