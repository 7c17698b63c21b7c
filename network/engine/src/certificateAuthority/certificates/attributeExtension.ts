// SPDX-License-Identifier: Apache-2.0
import { CaError } from '../caError.js';
import { goJson } from '../goJson.js';
import type { Attribute } from '../registry/attributes.js';
import { Extension } from './x509.js';

/** Where Fabric CA puts attributes and Fabric's chaincode libraries look for them (fabric-ca lib/attrmgr). */
const attributeExtensionOid = '1.2.3.4.5.6.7.8.1';

/** An attribute a client wants in its certificate. */
export interface AttributeRequest {
    readonly name: string;
    readonly optional: boolean;
}

/**
 * The certificate extension that carries attributes as JSON text.
 * @param requests undefined asks for all attributes marked `ecert`; no extension results when there are none.
 * @throws CaError when a requested attribute that is not optional is missing.
 */
export const attributeExtension = (
    owned: readonly Attribute[],
    requests: readonly AttributeRequest[] | undefined,
): Extension | undefined => {
    const wanted = requests ?? defaultRequests(owned);
    if (wanted === undefined) return undefined;
    const values = new Map(owned.map(({ name, value }) => [name, value]));
    const missing = wanted.filter(({ name, optional }) => !optional && !values.has(name)).map(({ name }) => name);
    if (missing.length > 0) {
        const names = missing.join(' ');
        throw new CaError(
            'unclassified',
            `Failed to find requested attributes: The following required attributes are missing: [${names}]`,
        );
    }
    const granted = wanted.flatMap(({ name }): [string, string][] => {
        const value = values.get(name);
        return value === undefined ? [] : [[name, value]];
    });
    // Go marshals maps with sorted keys.
    granted.sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    const text = `{"attrs":{${granted.map(([name, value]) => `${goJson(name)}:${goJson(value)}`).join(',')}}}`;
    return new Extension(attributeExtensionOid, false, Buffer.from(text, 'utf8'));
};

const defaultRequests = (owned: readonly Attribute[]): readonly AttributeRequest[] | undefined => {
    const defaults = owned.filter(({ ecert }) => ecert === true).map(({ name }) => ({ name, optional: true }));
    return defaults.length === 0 ? undefined : defaults;
};
