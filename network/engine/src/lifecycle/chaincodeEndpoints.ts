// SPDX-License-Identifier: Apache-2.0
import { parseConnection } from './chaincodeConnection.js';
import type { ChaincodePackages } from './chaincodePackages.js';

/** How the peer reaches a chaincode that runs as a service. */
export interface ChaincodeEndpoint {
    /** `host:port`. */
    readonly address: string;
    readonly dialTimeoutMs: number;
    readonly tlsRequired: boolean;
    readonly clientAuthRequired: boolean;
    /** PEM texts; present where TLS needs them. */
    readonly rootCert?: string;
    readonly clientKey?: string;
    readonly clientCert?: string;
}

/** Looks up where the chaincode of an installed package listens; read again on every launch, as Fabric does. */
export class ChaincodeEndpoints {
    readonly #packages: ChaincodePackages;

    constructor(packages: ChaincodePackages) {
        this.#packages = packages;
    }

    /** Throws when the package is not installed or its connection data is unusable. */
    async endpointOf(packageId: string): Promise<ChaincodeEndpoint> {
        return parseConnection(await this.#packages.connection(packageId), `connection.json of ${packageId}`);
    }
}
