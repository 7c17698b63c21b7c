// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asBuffer, decode, encode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { callLifecycle, withLifecycle } from './lifecycleCall.js';

/** `peer lifecycle chaincode getinstalledpackage --package-id ID` */
export function getInstalledPackage(invocation: Invocation): Promise<void> {
    return withLifecycle(invocation, async (context) => {
        const packageId = invocation.text('package-id');
        if (packageId === '') {
            throw new Error("The required parameter 'package-id' is empty. Rerun the command with --package-id flag");
        }
        const payload = await callLifecycle(context, {
            channelId: '',
            functionName: 'GetInstalledChaincodePackage',
            args: encode(lifecycle.GetInstalledChaincodePackageArgs, { packageId }),
            failure: 'proposal failed',
        });
        const type = lifecycle.GetInstalledChaincodePackageResult;
        const { chaincodeInstallPackage } = decode(type, payload, 'GetInstalledChaincodePackageResult');
        // A package id may not lead out of the folder: the label in it was chosen by whoever made the package.
        const name = `${packageId.replaceAll('/', '_')}.tar.gz`;
        writeFileSync(join(invocation.text('output-directory'), name), asBuffer(chaincodeInstallPackage));
    });
}
