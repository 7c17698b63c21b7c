// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { writeChaincodePackage } from '../../../lifecycle/chaincodePackage.js';
import type { TarFile } from '../../../lifecycle/tarArchive.js';
import type { Invocation } from '../commandLine.js';
import { loadPeerSettings } from '../peerEnvironment.js';

/**
 * `peer lifecycle chaincode package FILE --path FOLDER --lang node --label LABEL`. Chaincode that runs as a service is packed
 * with tar instead, as with Fabric's own peer command.
 */
export async function packageChaincode(invocation: Invocation): Promise<void> {
    loadPeerSettings(invocation.env);
    const [output, ...rest] = invocation.operands;
    if (output === undefined || rest.length > 0) {
        throw new Error('invalid number of args. expected only the output file');
    }
    const [path, type, label] = [invocation.text('path'), invocation.text('lang'), invocation.text('label')];
    if (path === '') {
        throw new Error('chaincode path must be specified');
    }
    if (type === '') {
        throw new Error('chaincode language must be specified');
    }
    if (label === '') {
        throw new Error('package label must be specified');
    }
    requireLanguage(type);
    writeFileSync(output, await writeChaincodePackage({ label, type, path }, sourceFiles(resolve(path))));
}

function requireLanguage(type: string): void {
    const language = type.toUpperCase();
    if (language === 'GOLANG' || language === 'JAVA') {
        throw new Error(
            `packages of ${language} chaincode are not part of the embedded engine: use Fabric's own peer command`,
        );
    }
    if (language !== 'NODE') {
        throw new Error(`failed to normalize chaincode path: unknown chaincodeType: ${language}`);
    }
}

/** core/chaincode/platforms/node: all files but installed modules, below `src/`; index definitions keep their place. */
function sourceFiles(folder: string): readonly TarFile[] {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
        throw new Error(`error getting chaincode bytes: path does not exist: ${folder}`);
    }
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => !relative(folder, file).split('/').includes('node_modules'))
        .sort()
        .map((file) => {
            const name = relative(folder, file);
            return { name: name.startsWith('META-INF/') ? name : `src/${name}`, content: readFileSync(file) };
        });
}
