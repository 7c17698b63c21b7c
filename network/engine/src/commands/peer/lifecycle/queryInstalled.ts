// SPDX-License-Identifier: Apache-2.0
import { decode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { field, mapField, printJson, wantsJson } from './goJsonOutput.js';
import { callLifecycle, withLifecycle } from './lifecycleCall.js';

/** `peer lifecycle chaincode queryinstalled` */
export function queryInstalled(invocation: Invocation): Promise<void> {
    return withLifecycle(invocation, async (context) => {
        const payload = await callLifecycle(context, {
            channelId: '',
            functionName: 'QueryInstalledChaincodes',
            args: Buffer.alloc(0),
            failure: 'query failed',
        });
        const type = lifecycle.QueryInstalledChaincodesResult;
        const { installedChaincodes } = decode(type, payload, 'QueryInstalledChaincodesResult');
        if (wantsJson(invocation)) {
            const entries = installedChaincodes.map(installedJson);
            printJson(entries.length === 0 ? {} : { installed_chaincodes: entries });
            return;
        }
        const lines = installedChaincodes.map(
            ({ packageId, label }) => `Package ID: ${packageId ?? ''}, Label: ${label ?? ''}\n`,
        );
        process.stdout.write(`Installed chaincodes on peer:\n${lines.join('')}`);
    });
}

type Installed = lifecycle.QueryInstalledChaincodesResult.InstalledChaincode.$Properties;

function installedJson({ packageId, label, references }: Installed): object {
    const channels = Object.entries(references ?? {}).map(([channel, { chaincodes }]) => [
        channel,
        {
            chaincodes: (chaincodes ?? []).map(({ name, version }) => ({
                ...field('name', name),
                ...field('version', version),
            })),
        },
    ]);
    return {
        ...field('package_id', packageId),
        ...field('label', label),
        ...mapField('references', Object.fromEntries(channels) as Record<string, unknown>),
    };
}
