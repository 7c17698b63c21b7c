// SPDX-License-Identifier: Apache-2.0

/** What Go's decoder says where JSON.parse threw. */
export function goSyntaxError(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    const token = /Unexpected token '(.)'/u.exec(message)?.[1];
    return token === undefined
        ? 'unexpected end of JSON input'
        : `invalid character '${token}' looking for beginning of value`;
}
