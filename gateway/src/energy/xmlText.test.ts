// SPDX-License-Identifier: Apache-2.0
import { type Failure, isFailure } from '../application/failure.js';
import { parseXml, XML_BYTES_MAX, XML_DEPTH_MAX } from './xmlText.js';

function parse(text: string): unknown {
    return parseXml(new TextEncoder().encode(text));
}

function refusal(bytes: Uint8Array): Failure {
    try {
        parseXml(bytes);
    } catch (error) {
        return error as Failure;
    }
    throw new Error('accepted');
}

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>`;

describe('parseXml', () => {
    it('keeps texts as they are written', () => {
        expect(parse('<r><q>007.10</q><t>a &amp; b &lt; c</t></r>')).toEqual({ r: { q: '007.10', t: 'a & b < c' } });
    });

    it('makes a list of what may repeat even when it does not', () => {
        expect(parse('<r><Point><position>1</position></Point></r>')).toEqual({ r: { Point: [{ position: '1' }] } });
    });

    it('reads elements of any namespace prefix by their local name', () => {
        expect(parse('<n:r xmlns:n="urn:x"><n:q>1</n:q></n:r>')).toMatchObject({ r: { q: '1' } });
    });

    it.each([
        ['a DTD', '<!DOCTYPE r><r/>', 'DOCTYPE'],
        ['a DTD in lower case', '<!doctype r><r/>', 'DOCTYPE'],
        ['a billion laughs', LAUGHS, 'DOCTYPE'],
        ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', 'DOCTYPE'],
        ['an entity reference without DTD', '<r>&xxe;</r>', 'entity reference'],
        ['a character reference', '<r>&#65;</r>', 'entity reference'],
        ['a CDATA section', '<r><![CDATA[1]]></r>', 'CDATA section'],
        ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><r/>', 'encoding other than UTF-8'],
    ])('refuses %s', (_, text, construct) => {
        const failure = refusal(new TextEncoder().encode(text));
        expect(isFailure(failure, 'XML_FORBIDDEN') && failure.details).toEqual({ construct });
    });

    it('refuses a document above the size limit before looking at it', () => {
        expect(refusal(new Uint8Array(XML_BYTES_MAX + 1)).code).toBe('XML_TOO_LARGE');
    });

    it('reads up to the depth limit and refuses what is deeper', () => {
        expect(parse(nested(XML_DEPTH_MAX - 1))).toBeDefined();
        expect(refusal(new TextEncoder().encode(nested(XML_DEPTH_MAX + 2))).code).toBe('XML_TOO_DEEP');
    });

    it.each([
        ['a document that is cut off', '<r><q>1</q>'],
        ['closing tags in the wrong order', '<r><q></r></q>'],
        ['no XML at all', 'position,quantity'],
        ['nothing', ''],
        ['two roots', '<r/><r/>'],
    ])('refuses %s', (_, text) => {
        expect(refusal(new TextEncoder().encode(text)).code).toBe('XML_MALFORMED');
    });

    it('refuses bytes that are not UTF-8', () => {
        expect(refusal(Uint8Array.of(0x3c, 0x72, 0xff, 0x2f, 0x3e)).code).toBe('XML_MALFORMED');
    });

    it('does not let a tag reach the prototype of objects', () => {
        const before = Object.keys(Object.prototype);
        try {
            parse('<r><__proto__><polluted>1</polluted></__proto__></r>');
        } catch (error) {
            expect(error).toMatchObject({ code: 'XML_MALFORMED' });
        }
        expect(Object.keys(Object.prototype)).toEqual(before);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });
});
