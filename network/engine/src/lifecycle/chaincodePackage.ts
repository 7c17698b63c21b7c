// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';
import { sha256 } from '../wire/hashing.js';
import { readTarGz, writeTarGz, type TarFile } from './tarArchive.js';

/** A chaincode package: a gzipped tar of metadata.json and code.tar.gz (core/chaincode/persistence). */
export interface ChaincodePackage {
    readonly label: string;
    /** `ccaas` for chaincode that runs as a service; compared without regard to case. */
    readonly type: string;
    readonly path: string;
    /** Bytes of code.tar.gz. */
    readonly code: Buffer;
}

const metadataFile = 'metadata.json';
const codeFile = 'code.tar.gz';
const labelPattern = /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/;

/** Throws with Fabric's text when the bytes are not a package. */
export async function parseChaincodePackage(bytes: Buffer): Promise<ChaincodePackage> {
    try {
        return await parse(bytes);
    } catch (cause) {
        const reason = errorText(cause);
        throw new Error(`could not parse as a chaincode install package: ${reason}`, { cause });
    }
}

/** Id by which definitions name a package: label and hash of the package file itself, not of its content. */
export function packageIdOf(label: string, bytes: Buffer): string {
    return `${label}:${sha256(bytes).toString('hex')}`;
}

/** Builds a package; the same content gives the same bytes and therefore the same id. Throws on an invalid label. */
export async function writeChaincodePackage(
    { label, type, path }: Omit<ChaincodePackage, 'code'>,
    codeFiles: readonly TarFile[],
): Promise<Buffer> {
    checkLabel(label);
    return writeTarGz([
        { name: metadataFile, content: Buffer.from(JSON.stringify({ path, type, label })) },
        { name: codeFile, content: await writeTarGz(codeFiles) },
    ]);
}

async function parse(bytes: Buffer): Promise<ChaincodePackage> {
    const files = await readTarGz(bytes, (name, typeFlag) => {
        throw new Error(`tar entry ${name} is not a regular file, type ${String(typeFlag)}`);
    });
    const code = files.findLast(({ name }) => name === codeFile)?.content;
    if (code === undefined) {
        throw new Error('did not find a code package inside the package');
    }
    const metadata = files.findLast(({ name }) => name === metadataFile)?.content;
    if (metadata === undefined) {
        throw new Error('did not find any package metadata (missing metadata.json)');
    }
    const { label, type, path } = parseMetadata(metadata);
    checkLabel(label);
    return { label, type, path, code };
}

function parseMetadata(content: Buffer): { label: string; type: string; path: string } {
    let parsed: unknown;
    try {
        parsed = JSON.parse(content.toString('utf8'));
    } catch (cause) {
        throw new Error(`could not unmarshal ${metadataFile} as json: ${String(cause)}`, { cause });
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new Error(`could not unmarshal ${metadataFile} as json: not an object`);
    }
    // Go's decoder matches field names without regard to case.
    const fields = new Map(Object.entries(parsed).map(([name, value]) => [name.toLowerCase(), value as unknown]));
    const text = (name: string): string => {
        const value = fields.get(name) ?? '';
        if (typeof value !== 'string') {
            throw new Error(`could not unmarshal ${metadataFile} as json: ${name} is not a string`);
        }
        return value;
    };
    return { label: text('label'), type: text('type'), path: text('path') };
}

function checkLabel(label: string): void {
    if (!labelPattern.test(label)) {
        throw new Error(
            `invalid label '${label}'. Label must be non-empty, can only consist of alphanumerics, symbols from ` +
                "'.+-_', and can only begin with alphanumerics",
        );
    }
}
