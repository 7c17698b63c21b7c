// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

/** How the chaincode listens for its peer. */
export interface ServerSettings {
    readonly address: string;
    /** The package id the peer knows this chaincode by. */
    readonly chaincodeId: string;
    /** Mutual TLS, or undefined if it was switched off by name. */
    readonly tls: { readonly key: Buffer; readonly cert: Buffer; readonly clientCaCert: Buffer } | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from the environment, with the names Fabric's chaincode images use. Whoever reaches a chaincode server
 * without client authentication can play the peer, so mutual TLS is the rule and `CHAINCODE_TLS_DISABLED=true` the
 * named exception. Throws Error naming the variable.
 */
export function serverSettings(environment: Environment): ServerSettings {
    return {
        address: required(environment, 'CHAINCODE_SERVER_ADDRESS'),
        chaincodeId: environment.CORE_CHAINCODE_ID_NAME ?? required(environment, 'CHAINCODE_ID'),
        tls:
            environment.CHAINCODE_TLS_DISABLED === 'true'
                ? undefined
                : {
                      key: file(environment, 'CHAINCODE_TLS_KEY_FILE', 'CHAINCODE_TLS_KEY'),
                      cert: file(environment, 'CHAINCODE_TLS_CERT_FILE', 'CHAINCODE_TLS_CERT'),
                      clientCaCert: file(environment, 'CHAINCODE_TLS_CLIENT_CACERT_FILE', 'CHAINCODE_CLIENT_CA_CERT'),
                  },
    };
}

/** The shim's own starter uses the second name for the same file. */
function file(environment: Environment, name: string, shimName: string): Buffer {
    return readFileSync(environment[name] ?? environment[shimName] ?? required(environment, name));
}

function required(environment: Environment, name: string): string {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`${name} is not set`);
    return value;
}
