// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';

/** A configtx.yaml that cannot be used. Fabric's configtxgen ends with 2 for the errors on which it panics, else with 1. */
export class ConfigtxError extends Error {
    readonly exitCode: 1 | 2;

    constructor(message: string, exitCode: 1 | 2 = 1, options?: ErrorOptions) {
        super(message, options);
        this.name = 'ConfigtxError';
        this.exitCode = exitCode;
    }
}

/** Runs a step and puts a context before the message of its error, as Go's errors.WithMessage does. */
export function withConfigtxContext<T>(context: string, step: () => T): T {
    try {
        return step();
    } catch (cause) {
        const reason = errorText(cause);
        throw new ConfigtxError(`${context}: ${reason}`, cause instanceof ConfigtxError ? cause.exitCode : 1, {
            cause,
        });
    }
}
