// SPDX-License-Identifier: Apache-2.0

/**
 * A proposal that is not simulated at all; the call ends with a gRPC error and the message as its text.
 * - `filter`: refused before it was looked into (expired creator, time window);
 * - `validation`: refused for what it says or who says it.
 * The gateway tells the two apart, as Fabric's does.
 */
export class ProposalError extends Error {
    readonly stage: 'filter' | 'validation';

    constructor(stage: 'filter' | 'validation', message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'ProposalError';
        this.stage = stage;
    }
}
