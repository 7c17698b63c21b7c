// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { definitionArguments } from './definitionArguments.js';
import { submitDefinition } from './submitDefinition.js';

/** `peer lifecycle chaincode commit` */
export async function commit(invocation: Invocation): Promise<void> {
    const bytes = encode(lifecycle.CommitChaincodeDefinitionArgs, definitionArguments(invocation));
    await submitDefinition(invocation, 'CommitChaincodeDefinition', bytes);
}
