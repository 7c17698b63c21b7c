// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeEndpoint, EndpointDirectory } from '../chaincode/chaincodeEndpoint.js';
import { parseConnection } from './chaincodeConnection.js';
import type { ChaincodePackages } from './chaincodePackages.js';

/** Looks up where the chaincode of an installed package listens; read again on every launch, as Fabric does. */
export class ChaincodeEndpoints implements EndpointDirectory {
    readonly #packages: ChaincodePackages;

    constructor(packages: ChaincodePackages) {
        this.#packages = packages;
    }

    /** Rejects when the package is not installed or its connection data is unusable. */
    async endpointOf(packageId: string): Promise<ChaincodeEndpoint> {
        return parseConnection(await this.#packages.connection(packageId), `connection.json of ${packageId}`);
    }
}
