// SPDX-License-Identifier: Apache-2.0
import { asBuffer } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { lifecycle } from '../wire/protobuf.js';
import type { InstalledPackage } from './chaincodePackages.js';
import { packageReferences } from './installedChaincode.js';
import { lifecycleFunction, type LifecycleContext } from './lifecycleFunction.js';

/** Functions of `_lifecycle` that concern this peer alone: installed packages. */
export const packageFunctions = {
    InstallChaincode: lifecycleFunction(
        lifecycle.InstallChaincodeArgs,
        lifecycle.InstallChaincodeResult,
        // The package outlives the message, whose memory it would otherwise hold on to.
        ({ chaincodeInstallPackage }, { packages }) => packages.install(Buffer.from(chaincodeInstallPackage)),
    ),
    GetInstalledChaincodePackage: lifecycleFunction(
        lifecycle.GetInstalledChaincodePackageArgs,
        lifecycle.GetInstalledChaincodePackageResult,
        async ({ packageId }, { packages }) => {
            try {
                return { chaincodeInstallPackage: asBuffer(await packages.packageBytes(packageId)) };
            } catch (cause) {
                throw new Error(`could not load cc install package: ${errorText(cause)}`, { cause });
            }
        },
    ),
    QueryInstalledChaincode: lifecycleFunction(
        lifecycle.QueryInstalledChaincodeArgs,
        lifecycle.QueryInstalledChaincodeResult,
        ({ packageId }, context) => {
            const installed = context.packages.get(packageId);
            if (installed === undefined) {
                throw new Error(`could not find chaincode with package id '${packageId}'`);
            }
            return describe(installed, context);
        },
    ),
    QueryInstalledChaincodes: lifecycleFunction(
        lifecycle.QueryInstalledChaincodesArgs,
        lifecycle.QueryInstalledChaincodesResult,
        async (_args, context) => ({
            installedChaincodes: await Promise.all(context.packages.list().map((each) => describe(each, context))),
        }),
    ),
};

async function describe(
    { packageId, label }: InstalledPackage,
    { channels, mspId }: LifecycleContext,
): Promise<lifecycle.QueryInstalledChaincodeResult.$Properties> {
    const references = await packageReferences(channels, mspId, packageId);
    return {
        packageId,
        label,
        references: Object.fromEntries(
            [...references].map(([channelId, chaincodes]) => [channelId, { chaincodes: [...chaincodes] }]),
        ),
    };
}
