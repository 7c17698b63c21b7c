// SPDX-License-Identifier: Apache-2.0

/** A form that cannot be read, or not the one expected; the text is Fabric's. */
export class FormError extends Error {
    override readonly name = 'FormError';
}

/** The boundary of a multipart/form-data content type. Throws FormError. */
export function multipartBoundary(contentType: string | undefined): string {
    const match = /^multipart\/form-data\s*(?:;(.*))?$/i.exec(contentType ?? '');
    if (match === null) {
        throw new FormError(`unsupported Content-Type: [${contentType ?? ''}]`);
    }
    const boundary = /(?:^|;)\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(match[1] ?? '');
    const value = boundary?.[1] ?? boundary?.[2] ?? '';
    if (value === '') {
        throw new FormError('cannot read form from request body: multipart: boundary is empty');
    }
    return value;
}

/** The one file of the form, whose part has the given name and a file name (RFC 7578). Throws FormError. */
export function onlyFilePart(body: Buffer, boundary: string, name: string): Buffer {
    const parts = splitParts(body, boundary);
    const part = parts.find((candidate) => candidate.name === name && candidate.isFile);
    if (part === undefined) {
        throw new FormError(`form does not contains part key: ${name}`);
    }
    if (parts.length !== 1) {
        throw new FormError('form contains too many parts');
    }
    return part.content;
}

interface Part {
    readonly name: string;
    readonly isFile: boolean;
    readonly content: Buffer;
}

function splitParts(body: Buffer, boundary: string): Part[] {
    const delimiter = Buffer.from(`--${boundary}`);
    const parts: Part[] = [];
    let at = body.indexOf(delimiter);
    while (at >= 0) {
        const afterDelimiter = at + delimiter.length;
        if (body.subarray(afterDelimiter, afterDelimiter + 2).toString('latin1') === '--') {
            return parts;
        }
        const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), afterDelimiter);
        if (next < 0) {
            break;
        }
        parts.push(readPart(body.subarray(afterDelimiter + 2, next)));
        at = next + 2;
    }
    throw new FormError('cannot read form from request body: multipart: NextPart: EOF');
}

function readPart(bytes: Buffer): Part {
    const headEnd = bytes.indexOf('\r\n\r\n');
    const head = bytes.subarray(0, Math.max(headEnd, 0)).toString('utf8');
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? '';
    return {
        name: /(?:^|[;\s])name="([^"]*)"/i.exec(disposition)?.[1] ?? '',
        isFile: /(?:^|[;\s])filename="[^"]+"/i.test(disposition),
        content: Buffer.from(bytes.subarray(headEnd < 0 ? 0 : headEnd + 4)),
    };
}
