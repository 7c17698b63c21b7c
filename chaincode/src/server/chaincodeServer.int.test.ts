// SPDX-License-Identifier: Apache-2.0
import './logLevel.js';
import { createServer } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { contractClasses } from '../contractClasses.js';
import { nodePlatform } from '../platform/nodePlatform.js';
import { simulatedIdentity, type SimulatedIdentity } from '../testing/index.js';
import { chaincodeOf } from './chaincode.js';
import { type RunningServer, startServer } from './chaincodeServer.js';

const [chaincode, peer, stranger] = ['chaincode', 'peer', 'stranger'].map((enrolmentId) =>
    simulatedIdentity({ mspId: 'AuthorityMSP', enrolmentId, units: [] }),
) as [SimulatedIdentity, SimulatedIdentity, SimulatedIdentity];
const keyOf = ({ privateKey }: SimulatedIdentity) => Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));

let port: number;
let server: RunningServer;

beforeAll(async () => {
    port = await freePort();
    const tls = {
        key: keyOf(chaincode),
        cert: Buffer.from(chaincode.certificatePem),
        clientCaCert: Buffer.from(peer.certificatePem),
    };
    const settings = { address: `127.0.0.1:${String(port)}`, chaincodeId: 'power:1', tls };
    server = await startServer(chaincodeOf(contractClasses(nodePlatform)), settings);
});
afterAll(async () => {
    await server.stop();
});

async function freePort(): Promise<number> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port: free } = probe.address() as { port: number };
    await new Promise((resolve) => probe.close(resolve));
    return free;
}

/** Whether the server keeps the connection: it sends its HTTP/2 settings to a client it accepts, and nothing to others. */
async function isAccepted(client: SimulatedIdentity | undefined): Promise<boolean> {
    const credentials = client && { key: keyOf(client), cert: client.certificatePem };
    return new Promise((resolve) => {
        const socket: TLSSocket = connect({
            ...{ host: '127.0.0.1', port, ca: chaincode.certificatePem, ALPNProtocols: ['h2'], ...credentials },
            checkServerIdentity: () => undefined,
        });
        const finish = (isKept: boolean) => {
            socket.destroy();
            resolve(isKept);
        };
        socket.once('data', () => finish(true));
        socket.once('error', () => finish(false));
        socket.once('close', () => finish(false));
    });
}

describe('the chaincode server', () => {
    it('takes its peer', async () => {
        await expect(isAccepted(peer)).resolves.toBe(true);
    });

    it('takes nobody without a certificate, and nobody with another one', async () => {
        await expect(isAccepted(undefined)).resolves.toBe(false);
        await expect(isAccepted(stranger)).resolves.toBe(false);
    });

    it('stops while nobody is connected without waiting', async () => {
        const free = await freePort();
        const other = await startServer(chaincodeOf(contractClasses(nodePlatform)), {
            ...{ address: `127.0.0.1:${String(free)}`, chaincodeId: 'power:1', tls: undefined },
        });
        const start = process.hrtime.bigint();
        await other.stop();
        expect(process.hrtime.bigint() - start).toBeLessThan(1_500_000_000n);
    });
});
