// SPDX-License-Identifier: Apache-2.0
import { packageIdOf, parseChaincodePackage } from '../../../lifecycle/chaincodePackage.js';
import type { Invocation } from '../commandLine.js';
import { loadPeerSettings } from '../peerEnvironment.js';
import { readPackage } from './readPackage.js';
import { printJson, wantsJson } from './goJsonOutput.js';

/** `peer lifecycle chaincode calculatepackageid FILE` */
export async function calculatePackageId(invocation: Invocation): Promise<void> {
    loadPeerSettings(invocation.env);
    const [file, ...rest] = invocation.operands;
    if (file === undefined || rest.length > 0) {
        throw new Error('invalid number of args. expected only the packaged chaincode file');
    }
    const bytes = readPackage(file);
    const { label } = await parseChaincodePackage(bytes);
    const packageId = packageIdOf(label, bytes);
    if (wantsJson(invocation)) {
        printJson({ package_id: packageId });
    } else {
        process.stdout.write(`${packageId}\n`);
    }
}
