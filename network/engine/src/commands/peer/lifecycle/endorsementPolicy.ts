// SPDX-License-Identifier: Apache-2.0
import { parsePolicyText } from '../../../policy/policyText.js';
import type { common } from '../../../wire/protobuf.js';
import { UsageError } from '../commandLine.js';

/** The endorsement policy of a definition or a collection; undefined when none is given. @throws UsageError */
export function applicationPolicy(
    signaturePolicy: string,
    channelConfigPolicy: string,
): common.ApplicationPolicy.$Properties | undefined {
    if (signaturePolicy !== '' && channelConfigPolicy !== '') {
        throw new UsageError('cannot specify both "--signature-policy" and "--channel-config-policy"');
    }
    if (signaturePolicy !== '') {
        try {
            return { signaturePolicy: parsePolicyText(signaturePolicy) };
        } catch (error) {
            throw new UsageError(`invalid signature policy: ${signaturePolicy}`, { cause: error });
        }
    }
    return channelConfigPolicy === '' ? undefined : { channelConfigPolicyReference: channelConfigPolicy };
}
