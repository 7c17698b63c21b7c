// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';
import { CaError } from './caError.js';
import type { AttributeRequest } from './certificates/attributeExtension.js';
import type { Attribute } from './registry/attributes.js';

type Kind = 'string' | 'number' | 'boolean';

/**
 * The fields of a JSON object as Go's decoder reads them into a struct: names match without regard to case, null and
 * absence mean the zero value, unknown fields do not matter, other types are refused.
 */
export class RequestFields {
    readonly #fields: ReadonlyMap<string, unknown>;
    readonly #text: string;

    private constructor(fields: ReadonlyMap<string, unknown>, text: string) {
        this.#fields = fields;
        this.#text = text;
    }

    /** @throws CaError `invalidBody`. */
    static parse(body: Buffer): RequestFields {
        const text = body.toString('utf8');
        let value: unknown;
        try {
            value = JSON.parse(text);
        } catch (error) {
            throw invalidBody(syntaxError(error), text);
        }
        return RequestFields.#of(value, text);
    }

    static #of(value: unknown, text: string): RequestFields {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
            throw invalidBody('json: cannot unmarshal a value that is no object', text);
        }
        return new RequestFields(
            new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field])),
            text,
        );
    }

    string(name: string): string {
        return this.#value(name, 'string', '');
    }

    integer(name: string): number {
        const value = this.#value(name, 'number', 0);
        if (!Number.isSafeInteger(value)) throw this.#mismatch(name);
        return value;
    }

    boolean(name: string): boolean {
        return this.#value(name, 'boolean', false);
    }

    /** A time in RFC 3339; undefined for absence and for Go's zero time, which clients send for "not set". */
    time(name: string): Date | undefined {
        const text = this.string(name);
        if (text === '' || text.startsWith('0001-01-01T00:00:00')) return undefined;
        const time = new Date(text);
        if (Number.isNaN(time.getTime())) throw this.#mismatch(name);
        return time;
    }

    attributes(): readonly Attribute[] {
        return (this.#objects('attrs') ?? []).map((entry) => {
            const attribute = { name: entry.string('name'), value: entry.string('value') };
            return entry.boolean('ecert') ? { ...attribute, ecert: true } : attribute;
        });
    }

    /** undefined when the client left the choice to the server. */
    attributeRequests(): readonly AttributeRequest[] | undefined {
        return this.#objects('attr_reqs')?.map((entry) => ({
            name: entry.string('name'),
            optional: entry.boolean('optional'),
        }));
    }

    /** undefined when absent, which is not the same as empty. */
    strings(name: string): readonly string[] | undefined {
        return this.#array(name)?.map((entry) => {
            if (typeof entry !== 'string') throw this.#mismatch(name);
            return entry;
        });
    }

    #objects(name: string): readonly RequestFields[] | undefined {
        return this.#array(name)?.map((entry) => RequestFields.#of(entry, this.#text));
    }

    #array(name: string): readonly unknown[] | undefined {
        const value = this.#fields.get(name) ?? undefined;
        if (value !== undefined && !Array.isArray(value)) throw this.#mismatch(name);
        return value;
    }

    #value<T extends string | number | boolean>(name: string, kind: Kind, zero: T): T {
        const value = this.#fields.get(name) ?? zero;
        if (typeof value !== kind) throw this.#mismatch(name);
        return value as T;
    }

    #mismatch(name: string): CaError {
        return invalidBody(`json: cannot unmarshal the value of field ${name}`, this.#text);
    }
}

const invalidBody = (cause: string, text: string): CaError =>
    new CaError('invalidBody', `Invalid request body: ${cause}; body=${text}`);

const syntaxError = (error: unknown): string => {
    const message = errorText(error);
    const token = /Unexpected token '(.)'/u.exec(message)?.[1];
    return token === undefined ? 'unexpected end of JSON input' : `invalid character '${token}' in JSON input`;
};
