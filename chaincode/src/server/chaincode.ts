// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeInterface } from 'fabric-shim';
import { JSONSerializer } from 'fabric-contract-api';
import { createRequire } from 'node:module';
import type { ContractClass } from '../contractClasses.js';
import { guardCalls } from './callGuard.js';

type Dispatcher = new (
    contracts: readonly ContractClass[],
    serializers: object,
    metadata: object,
    title: string,
    version: string,
) => DispatcherInstance;

interface DispatcherInstance extends ChaincodeInterface {
    /** Makes what turns bytes into arguments and results into bytes, of nothing but the parameters above. */
    _dataMarshall(serializer: string): object;
    readonly metadata: {
        readonly contracts: Readonly<Record<string, { transactions: readonly { readonly parameters?: unknown }[] }>>;
    };
}

/**
 * The shim's own dispatcher around the contracts. It is not public API: this is the only file that imports it, and every
 * test of a contract fails if it moves.
 */
export function chaincodeOf(contracts: readonly ContractClass[]): ChaincodeInterface {
    const shimRequire = createRequire(require.resolve('fabric-shim'));
    const ChaincodeFromContract = shimRequire('./lib/contract-spi/chaincodefromcontract') as Dispatcher;
    const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
    const version = chaincodeVersion();
    const dispatcher = new (withOneMarshaller(ChaincodeFromContract))(
        [...contracts],
        serializers,
        {},
        'Power Currency',
        version,
    );
    withoutParameterSchemas(dispatcher);
    return guardCalls(dispatcher);
}

/** The dispatcher makes the same marshaller for each contract, a JSON schema compiler with it: one does for all of them. */
let marshaller: object | undefined;

function withOneMarshaller(dispatcher: Dispatcher): Dispatcher {
    return class extends dispatcher {
        override _dataMarshall(serializer: string): object {
            return (marshaller ??= super._dataMarshall(serializer));
        }
    };
}

/**
 * Takes from the dispatcher the schemas it would check arguments by, at 50 µs a call: that there is one argument and
 * that it is text, which the guard before it has checked. What it tells clients of the contracts is a copy of its own.
 */
function withoutParameterSchemas({ metadata }: DispatcherInstance): void {
    for (const contract of Object.values(metadata.contracts)) {
        // Others may have been given the descriptions themselves.
        contract.transactions = contract.transactions.map((described) => ({ ...described, parameters: undefined }));
    }
}

/** The version of this package. */
export function chaincodeVersion(): string {
    return (createRequire(__filename)('../../package.json') as { readonly version: string }).version;
}
