// SPDX-License-Identifier: Apache-2.0

/** What an error says. */
export function errorText(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

/** Puts what was being done before the cause, as Go's errors.WithMessage does. Made for `.catch`. */
export function failure(context: string): (cause: unknown) => never {
    return (cause) => {
        throw new Error(`${context}: ${errorText(cause)}`, { cause });
    };
}
