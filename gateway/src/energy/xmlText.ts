// SPDX-License-Identifier: Apache-2.0
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Failure } from '../application/failure.js';

/** A month of 15-minute values for every production type of a zone is below 8 MiB. */
export const XML_BYTES_MAX = 16 * 1024 * 1024;
/** GL_MarketDocument/TimeSeries/Period/timeInterval/start is 5 deep. */
export const XML_DEPTH_MAX = 12;

/** An element: text, or child elements by name. Attributes start with `@`, text beside attributes is `#text`. */
export interface XmlElement {
    readonly [name: string]: XmlValue;
}
export type XmlValue = string | XmlElement | readonly XmlValue[];

/**
 * Parses untrusted XML without ever resolving anything.
 * DTDs and entities are refused before parsing: an entity is how XML reads files, calls servers and grows without bound (OWASP XXE).
 *
 * @throws Failure XML_TOO_LARGE, XML_FORBIDDEN, XML_TOO_DEEP, XML_MALFORMED
 */
export function parseXml(bytes: Uint8Array): XmlElement {
    if (bytes.length > XML_BYTES_MAX) {
        throw new Failure('XML_TOO_LARGE', { bytes: bytes.length, bytesMax: XML_BYTES_MAX });
    }
    const text = decodeUtf8(bytes);
    refuseForbidden(text);
    const validity = XMLValidator.validate(text);
    if (validity !== true) {
        throw new Failure('XML_MALFORMED', { problem: `${validity.err.msg} (line ${String(validity.err.line)})` });
    }
    return parseWellFormed(text);
}

function decodeUtf8(bytes: Uint8Array): string {
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
        throw new Failure('XML_MALFORMED', { problem: 'the document is not UTF-8' }, { cause: error });
    }
}

const FORBIDDEN: readonly (readonly [construct: string, pattern: RegExp])[] = [
    ['DOCTYPE', /<!DOCTYPE/i],
    ['ENTITY', /<!ENTITY/i],
    ['CDATA section', /<!\[/],
    ['entity reference', /&(?!(?:amp|lt|gt|quot|apos);)/],
    ['encoding other than UTF-8', /^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i],
];

function refuseForbidden(text: string): void {
    for (const [construct, pattern] of FORBIDDEN) {
        if (pattern.test(text)) {
            throw new Failure('XML_FORBIDDEN', { construct });
        }
    }
}

/** Names that may repeat are always lists, so that one TimeSeries reads like several. */
const REPEATED: ReadonlySet<string> = new Set(['TimeSeries', 'Period', 'Point', 'Reason']);

function parseWellFormed(text: string): XmlElement {
    const parser = new XMLParser({
        ignoreAttributes: false,
        attributeNamePrefix: '@',
        removeNSPrefix: true,
        parseTagValue: false,
        parseAttributeValue: false,
        // The five predefined entities only; others were refused above.
        processEntities: { enabled: true, maxEntityCount: 0 },
        ignorePiTags: true,
        ignoreDeclaration: true,
        maxNestedTags: XML_DEPTH_MAX,
        isArray: (name) => REPEATED.has(name),
    });
    try {
        return oneRoot(parser.parse(text) as XmlElement);
    } catch (error) {
        if (error instanceof Failure) {
            throw error;
        }
        const problem = error instanceof Error ? error.message : String(error);
        if (/nested/i.test(problem)) {
            throw new Failure('XML_TOO_DEEP', { depthMax: XML_DEPTH_MAX }, { cause: error });
        }
        throw new Failure('XML_MALFORMED', { problem }, { cause: error });
    }
}

/** The parser takes a list of documents for one. */
function oneRoot(parsed: XmlElement): XmlElement {
    const roots = Object.values(parsed);
    if (roots.length !== 1 || Array.isArray(roots[0])) {
        throw new Failure('XML_MALFORMED', { problem: 'it has not exactly one root element' });
    }
    return parsed;
}
