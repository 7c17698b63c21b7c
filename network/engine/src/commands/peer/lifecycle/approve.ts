// SPDX-License-Identifier: Apache-2.0
import { encode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { definitionArguments } from './definitionArguments.js';
import { submitDefinition } from './submitDefinition.js';

/** `peer lifecycle chaincode approveformyorg` */
export async function approve(invocation: Invocation): Promise<void> {
    const packageId = invocation.text('package-id');
    const args = {
        ...definitionArguments(invocation),
        source: packageId === '' ? { unavailable: {} } : { localPackage: { packageId } },
    };
    const bytes = encode(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, args);
    await submitDefinition(invocation, 'ApproveChaincodeDefinitionForMyOrg', bytes);
}
