// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../../wire/errorText.js';

/** What Go's decoder says where JSON.parse threw on `json`. */
export function goSyntaxError(error: unknown, json: string): string {
    const message = errorText(error);
    const trailing = /after JSON at position (\d+)/.exec(message)?.[1];
    if (trailing !== undefined) {
        return `invalid character '${json.charAt(Number(trailing))}' after top-level value`;
    }
    const token = /Unexpected token '(.)'/u.exec(message)?.[1];
    return token === undefined
        ? 'unexpected end of JSON input'
        : `invalid character '${token}' looking for beginning of value`;
}
