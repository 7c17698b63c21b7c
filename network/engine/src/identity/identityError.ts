// SPDX-License-Identifier: Apache-2.0
import { errorText } from '../wire/errorText.js';

/** An identity, certificate or membership configuration that Fabric's rules refuse; the message is Fabric's. */
export class IdentityError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'IdentityError';
    }
}

/** An MSP folder that lacks what it must have; Fabric's nodes tell it from one whose content is refused. */
export class MspFolderError extends IdentityError {}

/** Runs a step and puts a context before the message of its error, as Go's errors.WithMessage does. */
export function withContext<T>(context: string, step: () => T): T {
    try {
        return step();
    } catch (cause) {
        const reason = errorText(cause);
        throw new IdentityError(`${context}: ${reason}`, { cause });
    }
}
