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
) => ChaincodeInterface;

/**
 * The shim's own dispatcher around the contracts. It is not public API: this is the only file that imports it, and
 * chaincode.test.ts fails if it moves.
 */
export function chaincodeOf(contracts: readonly ContractClass[]): ChaincodeInterface {
    const shimRequire = createRequire(require.resolve('fabric-shim'));
    const ChaincodeFromContract = shimRequire('./lib/contract-spi/chaincodefromcontract') as Dispatcher;
    const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
    return guardCalls(new ChaincodeFromContract([...contracts], serializers, {}, 'Power Currency', chaincodeVersion()));
}

/** The version of this package. */
export function chaincodeVersion(): string {
    return (createRequire(__filename)('../../package.json') as { readonly version: string }).version;
}
