// SPDX-License-Identifier: Apache-2.0

/** Where a chaincode serves and how the peer proves itself there: the content of a package's connection.json. */
export interface ChaincodeEndpoint {
    /** `host:port` */
    readonly address: string;
    readonly dialTimeoutMs: number;
    readonly tlsRequired: boolean;
    readonly clientAuthRequired: boolean;
    /** PEM texts; present where TLS needs them. */
    readonly rootCert?: string;
    readonly clientKey?: string;
    readonly clientCert?: string;
}

/** Finds the endpoint of an installed package. Asked on every launch, so that a changed address is found. */
export interface EndpointDirectory {
    endpointOf(packageId: string): Promise<ChaincodeEndpoint>;
}
