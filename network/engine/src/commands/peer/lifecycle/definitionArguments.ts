// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../../wire/decode.js';
import { common, type lifecycle } from '../../../wire/protobuf.js';
import { type Invocation, UsageError } from '../commandLine.js';
import { readCollections } from './collections.js';
import { applicationPolicy } from './endorsementPolicy.js';

/** The chaincode definition that the flags describe, as approve, commit and checkcommitreadiness send it. */
type DefinitionArguments = lifecycle.CommitChaincodeDefinitionArgs.$Properties;

/** @throws UsageError for a bad policy or collection file. Required flags are checked by `requireDefinition`. */
export function definitionArguments(invocation: Invocation): DefinitionArguments {
    const policy = applicationPolicy(invocation.text('signature-policy'), invocation.text('channel-config-policy'));
    const collections = invocation.text('collections-config');
    // Defaults stay unset: a field that is set to its default would be written, and Go leaves it out.
    return {
        ...text('name', invocation.text('name')),
        ...text('version', invocation.text('version')),
        ...(invocation.integer('sequence') === 0 ? {} : { sequence: invocation.integer('sequence') }),
        ...text('endorsementPlugin', invocation.text('endorsement-plugin')),
        ...text('validationPlugin', invocation.text('validation-plugin')),
        ...(policy === undefined ? {} : { validationParameter: encode(common.ApplicationPolicy, policy) }),
        ...(invocation.boolean('init-required') ? { initRequired: true } : {}),
        ...(collections === '' ? {} : { collections: readCollections(collections) }),
    };
}

/** Checks the flags without which no definition can be sent. @throws UsageError */
export function requireDefinition(invocation: Invocation): void {
    const required = [
        ['channelID', '-C', invocation.text('channelID') !== ''],
        ['name', '-n', invocation.text('name') !== ''],
        ['version', '-v', invocation.text('version') !== ''],
        ['sequence', '--sequence', invocation.integer('sequence') !== 0],
    ] as const;
    for (const [name, flag, isGiven] of required) {
        if (!isGiven) {
            throw new UsageError(`The required parameter '${name}' is empty. Rerun the command with ${flag} flag`);
        }
    }
}

function text<N extends string>(name: N, value: string): Partial<Record<N, string>> {
    return value === '' ? {} : ({ [name]: value } as Record<N, string>);
}
