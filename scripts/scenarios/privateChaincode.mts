// SPDX-License-Identifier: Apache-2.0
// Private data on the shim's own interface, for a scenario that is the same on either engine.
import type { ChaincodeResponse, ChaincodeStub } from 'fabric-shim';
import { startServer } from '../../chaincode/dist/server/chaincodeServer.js';
import { quietShim } from '../../chaincode/dist/server/quietShim.js';
import { serverSettings } from '../../chaincode/dist/server/serverSettings.js';

quietShim();
const { default: shim } = await import('fabric-shim');

/** `put COLLECTION KEY` takes the value from the transient data; `get`, `hash` and `purge` have the same arguments. */
class PrivateChaincode {
    Init(): Promise<ChaincodeResponse> {
        return Promise.resolve(shim.success());
    }

    async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
        const { fcn, params } = stub.getFunctionAndParameters();
        const [collection = '', key = ''] = params;
        try {
            switch (fcn) {
                case 'put':
                    await stub.putPrivateData(collection, key, stub.getTransient().get('value') ?? Buffer.alloc(0));
                    return shim.success();
                case 'get':
                    return shim.success(Buffer.from(await stub.getPrivateData(collection, key)));
                case 'hash':
                    return shim.success(Buffer.from(await stub.getPrivateDataHash(collection, key)));
                case 'purge':
                    await stub.purgePrivateData(collection, key);
                    return shim.success();
                default:
                    return shim.error(`there is no function ${fcn}`);
            }
        } catch (error) {
            return shim.error(String(error));
        }
    }
}

const server = await startServer(new PrivateChaincode(), serverSettings(process.env));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop());
