// SPDX-License-Identifier: Apache-2.0

/** The message of whatever was thrown; also of errors from another realm, which `instanceof Error` does not know. */
export function errorText(thrown: unknown): string {
    const message: unknown =
        typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
    return typeof message === 'string' ? message : String(thrown);
}
