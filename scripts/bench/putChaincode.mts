// SPDX-License-Identifier: Apache-2.0
// The chaincode under measurement: the least a transaction can do. On the shim's own interface, without contract API,
// so that the figures are the platform's and not those of some contract.
import type { ChaincodeResponse, ChaincodeStub } from 'fabric-shim';
import { batchMessageTypes, encodeWriteBatchState } from '../../chaincode/dist/ledger/batchMessages.js';
import { askPeerOf } from '../../chaincode/dist/ledger/shimBatch.js';
import { startServer } from '../../chaincode/dist/server/chaincodeServer.js';
import { quietShim } from '../../chaincode/dist/server/quietShim.js';
import { serverSettings } from '../../chaincode/dist/server/serverSettings.js';

quietShim();
const { default: shim } = await import('fabric-shim');

/** `put KEY VALUE` writes without reading; `get KEY` reads; `noop` does neither; `fill PREFIX FROM COUNT VALUE` writes many. */
class PutChaincode {
    Init(): Promise<ChaincodeResponse> {
        return Promise.resolve(shim.success());
    }

    async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
        const { fcn, params } = stub.getFunctionAndParameters();
        const [key = '', value = ''] = params;
        switch (fcn) {
            case 'put':
                await stub.putState(key, Buffer.from(value));
                return shim.success();
            case 'noop':
                return shim.success();
            case 'fill':
                await fill(stub, params);
                return shim.success();
            case 'get':
                return shim.success(Buffer.from(await stub.getState(key)));
            default:
                return shim.error(`there is no function ${fcn}`);
        }
    }
}

/** A thousand keys at a time, as our own chaincode writes them; one by one takes a quarter of a millisecond each. */
async function fill(stub: ChaincodeStub, [prefix = '', from = '', count = '', value = '']: string[]): Promise<void> {
    const ask = askPeerOf(stub);
    if (!ask) throw new Error('this shim cannot write in batches');
    const first = Number(from);
    const writes = Array.from({ length: Number(count) }, (_, index) => ({
        key: `${prefix}${String(first + index)}`,
        value: Buffer.from(value),
    }));
    await ask(batchMessageTypes.writeBatchState, encodeWriteBatchState(writes), 'WriteBatchState');
}

const server = await startServer(new PutChaincode(), serverSettings(process.env));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop());
