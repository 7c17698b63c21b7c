// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../../wire/decode.js';
import { common, msp } from '../../wire/protobuf.js';
import { configurationKey } from '../validation/mvcc.js';
import type { StateReader } from '../state/stateReader.js';

/** The organisations of a channel as of its last block, read again once there is another block. */
export class ChannelMembers {
    readonly #newReader: () => StateReader;
    #known: { readonly height: number; readonly mspIds: ReadonlySet<string> } | undefined;

    constructor(newReader: () => StateReader) {
        this.#newReader = newReader;
    }

    has(mspId: string, height: number): boolean {
        if (this.#known?.height !== height) {
            const reader = this.#newReader();
            this.#known = { height, mspIds: applicationMspIds(reader) };
            reader.release();
        }
        return this.#known.mspIds.has(mspId);
    }
}

/** MSP ids of the application organisations in the channel configuration that the state holds. */
function applicationMspIds(reader: StateReader): ReadonlySet<string> {
    const stored = reader.get(configurationKey.namespace, configurationKey.key);
    if (stored === undefined) {
        return new Set();
    }
    const { config } = decode(common.ConfigEnvelope, stored.value, 'ConfigEnvelope');
    const organisations = Object.values(config?.channelGroup?.groups?.Application?.groups ?? {});
    return new Set(
        organisations.flatMap((organisation) => {
            const value = organisation.values?.MSP?.value;
            if (!value) {
                return [];
            }
            const { config: mspConfig } = decode(msp.MSPConfig, value, 'MSPConfig');
            return [decode(msp.FabricMSPConfig, asBuffer(mspConfig), 'FabricMSPConfig').name];
        }),
    );
}
