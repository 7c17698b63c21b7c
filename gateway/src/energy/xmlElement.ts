// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type XmlElement, type XmlValue } from './xmlText.js';

/** @throws Failure ENERGY_DOCUMENT_INVALID if the child is missing or holds text only */
export function child(parent: XmlElement, name: string, where: string): XmlElement {
    const value = parent[name];
    if (!isElement(value)) {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `element ${name} is missing or given twice` });
    }
    return value;
}

/** The elements of a repeatable name, none if it does not occur. One that is empty or text has no children to be found. */
export function children(parent: XmlElement, name: string): readonly XmlElement[] {
    const value = parent[name];
    return Array.isArray(value) ? (value as readonly XmlValue[]).map((one) => (isElement(one) ? one : {})) : [];
}

/** @throws Failure ENERGY_DOCUMENT_INVALID if the text is missing */
export function text(parent: XmlElement, name: string, where: string): string {
    const found = optionalText(parent, name);
    if (found === undefined || found === '') {
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where, problem: `element ${name} is missing or given twice` });
    }
    return found;
}

export function optionalText(parent: XmlElement, name: string): string | undefined {
    const value = parent[name];
    if (typeof value === 'string') {
        return value;
    }
    const inner = isElement(value) ? value['#text'] : undefined;
    return typeof inner === 'string' ? inner : undefined;
}

function isElement(value: XmlValue | undefined): value is XmlElement {
    return typeof value === 'object' && !Array.isArray(value);
}
