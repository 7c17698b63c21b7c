// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channelConfiguration.js';
import { ConfigurationError } from '../configurationError.js';

interface NamedMember {
    readonly name: string;
    readonly mspId: string;
}

/**
 * Checks that a channel can go from one configuration to the next: an organisation keeps its MSP id
 * (common/channelconfig, Bundle.ValidateNew). Throws ConfigurationError with Fabric's text.
 */
export function checkContinuity(current: ChannelConfiguration, next: ChannelConfiguration): void {
    checkMspIds('orderer', current.orderer.organisations, next.orderer.organisations);
    checkMspIds('application', current.application.organisations, next.application.organisations);
}

function checkMspIds(kind: string, current: readonly NamedMember[], next: readonly NamedMember[]): void {
    for (const { name, mspId } of current) {
        const later = next.find((organisation) => organisation.name === name)?.mspId ?? mspId;
        if (later !== mspId) {
            throw new ConfigurationError(`${kind} org ${name} attempted to change MSP ID from ${mspId} to ${later}`);
        }
    }
}
