// SPDX-License-Identifier: Apache-2.0
import { GrpcChannel } from '../process/grpcClient.js';
import type { ClientDuplexStream } from '../process/grpcStream.js';
import type { ClientTls } from '../process/tls.js';
import type { ChaincodeEndpoint } from './chaincodeEndpoint.js';

/** An open stream to a chaincode process. */
export interface ChaincodeConnection {
    readonly stream: ClientDuplexStream;
    /** Rejects when the connection is not made within the endpoint's dial timeout; never resolves before it is made. */
    readonly connected: Promise<void>;
    close(): void;
}

export type DialChaincode = (endpoint: ChaincodeEndpoint) => ChaincodeConnection;

const connectPath = '/protos.Chaincode/Connect';
/** internal/pkg/comm: chaincode connections are pinged every minute, also when idle. */
const keepalive = { intervalMs: 60_000, timeoutMs: 20_000 };

/** Connects to a chaincode served as a process of its own. A new connection each time: no back-off is inherited. */
export const dialChaincode: DialChaincode = (endpoint) => {
    const channel = new GrpcChannel({ address: endpoint.address, tls: clientTls(endpoint), keepalive });
    const stream = channel.duplex(connectPath);
    const connected = channel.waitForReady(endpoint.dialTimeoutMs);
    return {
        stream,
        connected,
        close: () => {
            stream.cancel();
            channel.close();
        },
    };
};

function clientTls(endpoint: ChaincodeEndpoint): ClientTls | undefined {
    if (!endpoint.tlsRequired) return undefined;
    const { rootCert = '', clientAuthRequired, clientKey = '', clientCert = '' } = endpoint;
    return {
        roots: [Buffer.from(rootCert)],
        ...(clientAuthRequired && { key: Buffer.from(clientKey), certificate: Buffer.from(clientCert) }),
    };
}

/** Fabric's text for a chaincode that cannot be reached; `cause` is what the transport says. */
export function dialFailure(packageId: string, { address }: ChaincodeEndpoint, cause: string): string {
    return (
        `connection to ${packageId} failed: error cannot create connection for ${packageId}: ` +
        `error creating grpc connection to ${address}: failed to create new connection: ${goDialError(address, cause)}`
    );
}

/** Go's words for the commonest failure, because scripts and people search for them; other causes are passed on. */
function goDialError(address: string, cause: string): string {
    const reason = cause.includes('ECONNREFUSED') ? `dial tcp ${address}: connect: connection refused` : cause;
    return `connection error: desc = "transport: error while dialing: ${reason}"`;
}
