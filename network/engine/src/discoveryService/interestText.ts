// SPDX-License-Identifier: Apache-2.0
import type { protos } from '../wire/protobuf.js';

/** An interest as Go prints the message; of key-level policies only that there are some. */
export function interestText({ chaincodes }: protos.ChaincodeInterest.$Properties): string {
    return (chaincodes ?? []).map((call) => `chaincodes:{${callText(call)}}`).join(' ');
}

function callText(call: protos.ChaincodeCall.$Properties): string {
    return [
        ...(call.name ? [`name:${JSON.stringify(call.name)}`] : []),
        ...(call.collectionNames ?? []).map((name) => `collection_names:${JSON.stringify(name)}`),
        ...(call.noPrivateReads ? ['no_private_reads:true'] : []),
        ...(call.noPublicWrites ? ['no_public_writes:true'] : []),
        ...(call.keyPolicies ?? []).map(() => 'key_policies:{…}'),
        ...(call.disregardNamespacePolicy ? ['disregard_namespace_policy:true'] : []),
    ].join(' ');
}
