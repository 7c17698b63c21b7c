// SPDX-License-Identifier: Apache-2.0
import { type Invocation, UsageError } from '../commandLine.js';
import { goSyntaxError } from '../goSyntaxError.js';
import { errorText } from '../../../wire/errorText.js';

/**
 * The arguments of `-c`: `{"Args":["f","a"]}` or `{"function":"f","Args":["a"]}`; names match without regard to case.
 * @throws UsageError with Fabric's text (internal/peer/chaincode/common.go, checkChaincodeCmdParams).
 */
export function chaincodeArguments(invocation: Invocation): readonly Buffer[] {
    if (invocation.text('name') === '') {
        throw new UsageError('must supply value for chaincode name parameter');
    }
    const json = invocation.text('ctor');
    if (json === '{}') {
        throw new UsageError(
            "empty JSON chaincode parameters must contain the following keys: 'Args' or 'Function' and 'Args'",
        );
    }
    const fields = parseFields(json);
    const isWellFormed = fields.has('args') && (fields.size === 1 || (fields.size === 2 && fields.has('function')));
    if (!isWellFormed) {
        throw new UsageError(
            "non-empty JSON chaincode parameters must contain the following keys: 'Args' or 'Function' and 'Args'",
        );
    }
    const name = strings([fields.get('function') ?? '']).filter((text) => text !== '');
    return [...name, ...strings(fields.get('args') ?? [])].map((text) => Buffer.from(text));
}

function strings(values: unknown): readonly string[] {
    const list: readonly unknown[] = Array.isArray(values) ? values : [values];
    return list.map((value) => {
        if (typeof value !== 'string') {
            const kind = value === null || Array.isArray(value) ? 'array' : typeof value;
            throw new Error(
                `chaincode argument error: json: cannot unmarshal ${kind} into Go struct field .Args of type string`,
            );
        }
        return value;
    });
}

/** The map of `--transient`: JSON with base64 values. @throws Error when it is not. */
export function transientMap(invocation: Invocation): Readonly<Record<string, Buffer>> {
    const json = invocation.text('transient');
    try {
        const fields = json === '' ? {} : parseObject(json, 'error parsing transient string');
        return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, base64Value(value)]));
    } catch (error) {
        throw new Error(`${errorText(error)} - proposal response: <nil>`, { cause: error });
    }
}

function base64Value(value: unknown): Buffer {
    const text = typeof value === 'string' ? value : '';
    const [legal = ''] = /^[A-Za-z0-9+/]*={0,2}/.exec(text) ?? [];
    if (legal !== text || text.length % 4 !== 0) {
        throw new Error(`error parsing transient string: illegal base64 data at input byte ${String(legal.length)}`);
    }
    return Buffer.from(text, 'base64');
}

function parseFields(json: string): ReadonlyMap<string, unknown> {
    try {
        const fields = parseObject(json, 'chaincode argument error');
        return new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
    } catch (error) {
        throw new UsageError(errorText(error));
    }
}

function parseObject(json: string, context: string): object {
    let value: unknown;
    try {
        value = JSON.parse(json);
    } catch (error) {
        throw new Error(`${context}: ${goSyntaxError(error, json)}`, { cause: error });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Error(`${context}: json: not an object`);
    }
    return value;
}
