// SPDX-License-Identifier: Apache-2.0

/**
 * Why an invocation gave no response of the chaincode's own:
 * - `invocation`: refused before it reached the chaincode (initialisation rules);
 * - `launch`: no registered stream to the chaincode could be made;
 * - `timeout`: no answer within the execute timeout;
 * - `stream`: the stream to the chaincode ended while it worked;
 * - `failed`: the shim reported an error, or answered with bytes that are no response.
 */
type ChaincodeFailure = 'invocation' | 'launch' | 'timeout' | 'stream' | 'failed';

/** An invocation without a response; the message is Fabric's text. */
export class ChaincodeError extends Error {
    readonly failure: ChaincodeFailure;

    constructor(failure: ChaincodeFailure, message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'ChaincodeError';
        this.failure = failure;
    }

    /** The same failure with Go's way of adding context: `context: message`. */
    within(context: string): ChaincodeError {
        return new ChaincodeError(this.failure, `${context}: ${this.message}`, { cause: this });
    }
}
