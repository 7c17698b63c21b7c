// SPDX-License-Identifier: Apache-2.0
import { type common } from '../wire/protobuf.js';
import { ConfigurationError } from './configurationError.js';

/** The names of the features that every node of a channel must have, per level. */
export interface Capabilities {
    readonly channel: ReadonlySet<string>;
    readonly orderer: ReadonlySet<string>;
    readonly application: ReadonlySet<string>;
}

/** What this engine and Fabric 3.1 know (common/capabilities). */
const supported: Readonly<Record<keyof Capabilities, readonly string[]>> = {
    channel: ['V1_1', 'V1_3', 'V1_4_2', 'V1_4_3', 'V2_0', 'V3_0'],
    orderer: ['V1_1', 'V1_4_2', 'V2_0'],
    application: ['V1_1', 'V1_2', 'V1_3', 'V1_4_2', 'V2_0', 'V2_5'],
};
const levelNames: Readonly<Record<keyof Capabilities, string>> = {
    channel: 'Channel',
    orderer: 'Orderer',
    application: 'Application',
};

export function capabilityNames(capabilities: common.Capabilities.$Properties | undefined): ReadonlySet<string> {
    return new Set(Object.keys(capabilities?.capabilities ?? {}));
}

/** Throws ConfigurationError if a node that knows Fabric 3.1's capabilities at these levels cannot take part in the channel. */
export function requireSupportedCapabilities(
    capabilities: Capabilities,
    levels: readonly (keyof Capabilities)[],
): void {
    for (const level of levels) {
        const unknown = [...capabilities[level]].find((name) => !supported[level].includes(name));
        if (unknown !== undefined) {
            const reason = `${levelNames[level]} capability ${unknown} is required but not supported`;
            // Fabric says it twice (orderer/common/multichannel/ledger_resources.go).
            throw new ConfigurationError(`config requires unsupported ${level} capabilities: ${reason}: ${reason}`);
        }
    }
}
