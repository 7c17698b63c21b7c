// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { definitionJson, field, printJson, sourceJson, wantsJson } from './goJsonOutput.js';
import { callLifecycle, type LifecycleContext, withLifecycle } from './lifecycleCall.js';

type Approved = lifecycle.QueryApprovedChaincodeDefinitionResult.$Properties;

/** `peer lifecycle chaincode queryapproved -C CHANNEL [-n NAME [--sequence N]]` */
export function queryApproved(invocation: Invocation): Promise<void> {
    return withLifecycle(invocation, async (context) => {
        const name = invocation.text('name');
        if (invocation.text('channelID') === '') {
            throw new Error("The required parameter 'channelID' is empty. Rerun the command with -C flag");
        }
        if (name === '' && invocation.integer('sequence') !== 0) {
            throw new Error(
                "Specifying parameter 'sequence' is invalid without parameter 'name'. Rerun the command with -n flag",
            );
        }
        await (name === '' ? printAll(invocation, context) : printOne(invocation, context));
    });
}

async function printOne(invocation: Invocation, context: LifecycleContext): Promise<void> {
    const [channelId, name] = [invocation.text('channelID'), invocation.text('name')];
    const sequence = invocation.integer('sequence');
    const payload = await callLifecycle(context, {
        channelId,
        functionName: 'QueryApprovedChaincodeDefinition',
        args: encode(lifecycle.QueryApprovedChaincodeDefinitionArgs, {
            name,
            ...(sequence === 0 ? {} : { sequence }),
        }),
        failure: 'query failed',
    });
    const type = lifecycle.QueryApprovedChaincodeDefinitionResult;
    const approved = decode(type, payload, 'QueryApprovedChaincodeDefinitionResult');
    if (wantsJson(invocation)) {
        printJson(approvedJson(approved));
        return;
    }
    process.stdout.write(
        `Approved chaincode definition for chaincode '${name}' on channel '${channelId}':\n${approvedText(approved)}\n`,
    );
}

async function printAll(invocation: Invocation, context: LifecycleContext): Promise<void> {
    const channelId = invocation.text('channelID');
    const payload = await callLifecycle(context, {
        channelId,
        functionName: 'QueryApprovedChaincodeDefinitions',
        args: Buffer.alloc(0),
        failure: 'query failed',
    });
    const type = lifecycle.QueryApprovedChaincodeDefinitionsResult;
    const { approvedChaincodeDefinitions } = decode(type, payload, 'QueryApprovedChaincodeDefinitionsResult');
    if (wantsJson(invocation)) {
        const entries = approvedChaincodeDefinitions.map((entry) => ({
            ...field('name', entry.name),
            ...approvedJson(entry),
        }));
        printJson(entries.length === 0 ? {} : { approved_chaincode_definitions: entries });
        return;
    }
    const lines = approvedChaincodeDefinitions.map((entry) => `name: ${entry.name ?? ''}, ${approvedText(entry)}\n`);
    process.stdout.write(`Approved chaincode definitions on channel '${channelId}':\n${lines.join('')}`);
}

function approvedJson(approved: Approved): object {
    const { source } = approved;
    return {
        ...definitionJson(approved),
        ...(source === null || source === undefined ? {} : { source: sourceJson(source) }),
    };
}

function approvedText(approved: Approved): string {
    return [
        `sequence: ${String(approved.sequence ?? 0)}`,
        `version: ${approved.version ?? ''}`,
        `init-required: ${String(approved.initRequired ?? false)}`,
        `package-id: ${approved.source?.localPackage?.packageId ?? ''}`,
        `endorsement plugin: ${approved.endorsementPlugin ?? ''}`,
        `validation plugin: ${approved.validationPlugin ?? ''}`,
    ].join(', ');
}
