// SPDX-License-Identifier: Apache-2.0
import { decode } from '../wire/decode.js';
import type { MspManager } from '../identity/mspManager.js';
import { common } from '../wire/protobuf.js';
import { PolicyError, type Policy } from './policy.js';
import type { PolicyTree } from './policyTree.js';
import { signaturePolicy } from './signaturePolicy.js';

/**
 * The endorsement policy of a chaincode definition: a signature policy of its own, or the path of one in the channel
 * (core/policy/application.go). Throws PolicyError or MalformedMessageError if it cannot be used.
 */
export function applicationPolicy(
    policy: Uint8Array | common.ApplicationPolicy.$Properties,
    policies: PolicyTree,
    msps: MspManager,
): Policy {
    const message =
        policy instanceof Uint8Array ? decode(common.ApplicationPolicy, policy, 'ApplicationPolicy bytes') : policy;
    if (message.signaturePolicy) {
        return signaturePolicy(message.signaturePolicy, msps);
    }
    const path = message.channelConfigPolicyReference;
    if (path === null || path === undefined) {
        throw new PolicyError('unsupported policy type');
    }
    const referenced = policies.get(path);
    if (referenced === undefined) {
        throw new PolicyError(`failed to retrieve policy for reference ${path}`);
    }
    return referenced;
}
