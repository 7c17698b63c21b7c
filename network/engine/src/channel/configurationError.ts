// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';

/** A channel configuration that Fabric's rules refuse; the message is Fabric's. */
export class ConfigurationError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'ConfigurationError';
    }
}

/** Runs a step and puts a context before the message of its error, as Go's errors.WithMessage does. */
export function withContext<T>(context: string, step: () => T): T {
    try {
        return step();
    } catch (cause) {
        const reason = errorText(cause);
        throw new ConfigurationError(`${context}: ${reason}`, { cause });
    }
}
