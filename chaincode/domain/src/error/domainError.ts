// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode, ErrorDetails } from './errorDetails.js';

/** A refusal: one code of the closed catalogue with its facts. Anything else that is thrown is a defect. */
export class DomainError<C extends ErrorCode = ErrorCode> extends Error {
    override readonly name = 'DomainError';
    readonly code: C;
    readonly details: ErrorDetails[C];

    constructor(code: C, details: ErrorDetails[C]) {
        super(code);
        this.code = code;
        this.details = details;
    }
}

/** Refuses with `code`; returns never, so that a guard reads as one line. */
export function refuse<C extends ErrorCode>(code: C, details: ErrorDetails[C]): never {
    throw new DomainError(code, details);
}

/** Narrows an unknown thrown value to a refusal with the given code. */
export function isDomainError<C extends ErrorCode>(thrown: unknown, code?: C): thrown is DomainError<C> {
    return thrown instanceof DomainError && (code === undefined || thrown.code === code);
}
