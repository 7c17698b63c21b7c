// SPDX-License-Identifier: Apache-2.0

/** A request of chaincode that a simulation refuses; the text reaches the client, and Fabric's wording is kept. */
export class SimulationError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'SimulationError';
    }
}
