// SPDX-License-Identifier: Apache-2.0
import type { common } from '../../wire/protobuf.js';
import { configGroup } from './configShapes.js';
import { block } from './envelopeShapes.js';
import type { Json } from './shape.js';

/** A config block as `configtxgen -inspectBlock` and configtxlator print it. */
export function configBlockJson(message: common.Block.$Properties): Json {
    return block.toJson(message);
}

/** A group of the configuration as `configtxgen -printOrg` prints it. */
export function configGroupJson(group: common.ConfigGroup.$Properties): Json {
    return configGroup.toJson(group);
}

/** Serialises as Go's encoder with tabs does, ending in a newline. */
export function printJson(json: Json): string {
    const escaped = JSON.stringify(json, undefined, '\t').replace(
        /[<>&\u2028\u2029]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return `${escaped.replace(/: \{\n\t*\}/g, ': {}')}\n`;
}
