// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../../wire/errorText.js';

/** The command line was wrong: the usage is shown after the error. */
export class UsageError extends Error {
    override readonly name = 'UsageError';
}

/** The command failed and the cause is already in the log. */
export class LoggedFailure extends Error {
    override readonly name = 'LoggedFailure';
}

/** Puts what was being done before the cause, as Go's errors.WithMessage does. Made for `.catch`. */
export function failure(context: string): (cause: unknown) => never {
    return (cause) => {
        throw new Error(`${context}: ${errorText(cause)}`, { cause });
    };
}

/** As `failure`, where Fabric's peer command still counts the error as one of the command line and shows the usage. */
export function usageFailure(context: string): (cause: unknown) => never {
    return (cause) => {
        throw new UsageError(`${context}: ${errorText(cause)}`, { cause });
    };
}
