// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { definitionJson, field, mapField, printJson, wantsJson } from './goJsonOutput.js';
import { callLifecycle, type LifecycleContext, withLifecycle } from './lifecycleCall.js';

/** `peer lifecycle chaincode querycommitted -C CHANNEL [-n NAME]` */
export function queryCommitted(invocation: Invocation): Promise<void> {
    return withLifecycle(invocation, async (context) => {
        if (invocation.text('channelID') === '') {
            throw new Error('channel name must be specified');
        }
        await (invocation.text('name') === '' ? printAll(invocation, context) : printOne(invocation, context));
    });
}

async function printOne(invocation: Invocation, context: LifecycleContext): Promise<void> {
    const [channelId, name] = [invocation.text('channelID'), invocation.text('name')];
    const payload = await callLifecycle(context, {
        channelId,
        functionName: 'QueryChaincodeDefinition',
        args: encode(lifecycle.QueryChaincodeDefinitionArgs, { name }),
        failure: 'query failed',
    });
    const definition = decode(lifecycle.QueryChaincodeDefinitionResult, payload, 'QueryChaincodeDefinitionResult');
    const { approvals } = definition;
    if (wantsJson(invocation)) {
        printJson({ ...definitionJson(definition), ...mapField('approvals', approvals) });
        return;
    }
    const approved = Object.entries(approvals)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([organisation, isApproved]) => `${organisation}: ${String(isApproved)}`);
    process.stdout.write(
        `Committed chaincode definition for chaincode '${name}' on channel '${channelId}':\n${definitionText(definition)}, Approvals: [${approved.join(', ')}]\n`,
    );
}

async function printAll(invocation: Invocation, context: LifecycleContext): Promise<void> {
    const channelId = invocation.text('channelID');
    const payload = await callLifecycle(context, {
        channelId,
        functionName: 'QueryChaincodeDefinitions',
        args: Buffer.alloc(0),
        failure: 'query failed',
    });
    const type = lifecycle.QueryChaincodeDefinitionsResult;
    const { chaincodeDefinitions } = decode(type, payload, 'QueryChaincodeDefinitionsResult');
    if (wantsJson(invocation)) {
        const entries = chaincodeDefinitions.map((entry) => ({
            ...field('name', entry.name),
            ...definitionJson(entry),
        }));
        printJson(entries.length === 0 ? {} : { chaincode_definitions: entries });
        return;
    }
    const lines = chaincodeDefinitions.map((entry) => `Name: ${entry.name ?? ''}, ${definitionText(entry)}\n`);
    process.stdout.write(`Committed chaincode definitions on channel '${channelId}':\n${lines.join('')}`);
}

function definitionText({
    version,
    sequence,
    endorsementPlugin,
    validationPlugin,
}: lifecycle.QueryChaincodeDefinitionResult.$Properties): string {
    return `Version: ${version ?? ''}, Sequence: ${String(sequence ?? 0)}, Endorsement Plugin: ${endorsementPlugin ?? ''}, Validation Plugin: ${validationPlugin ?? ''}`;
}
