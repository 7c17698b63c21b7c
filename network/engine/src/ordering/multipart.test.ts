// SPDX-License-Identifier: Apache-2.0
import { multipartBoundary, onlyFilePart } from './multipart.js';

const part = (disposition: string, content: string): string =>
    `--B\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
const form = (...parts: string[]): Buffer => Buffer.from(`${parts.join('')}--B--\r\n`, 'latin1');
const file = 'name="config-block"; filename="config.block"';

describe('a join form', () => {
    it('gives the bytes of its file, line ends and dashes included', () => {
        const content = 'a\r\nb--C\r\n\r\n--';
        expect(onlyFilePart(form(part(file, content)), 'B', 'config-block').toString('latin1')).toBe(content);
    });

    it.each([
        [
            'no such part',
            form(part('name="other"; filename="x"', 'a')),
            'form does not contains part key: config-block',
        ],
        ['a plain field', form(part('name="config-block"', 'a')), 'form does not contains part key: config-block'],
        ['two parts', form(part(file, 'a'), part('name="b"', 'c')), 'form contains too many parts'],
        ['no end', Buffer.from(part(file, 'a')), 'cannot read form from request body: multipart: NextPart: EOF'],
    ])('with %s is refused', (_, body, text) => {
        expect(() => onlyFilePart(body, 'B', 'config-block')).toThrow(text);
    });

    it.each([
        [undefined, 'unsupported Content-Type: []'],
        ['application/json', 'unsupported Content-Type: [application/json]'],
        ['multipart/form-data', 'cannot read form from request body: multipart: boundary is empty'],
    ])('of content type %p is refused', (contentType, text) => {
        expect(() => multipartBoundary(contentType)).toThrow(text);
    });

    it('may quote its boundary', () => {
        expect(multipartBoundary('multipart/form-data; charset=x; boundary="a b"')).toBe('a b');
        expect(multipartBoundary('multipart/form-data; boundary=XY')).toBe('XY');
    });
});
