// SPDX-License-Identifier: Apache-2.0
import { DomainError, encodeErrorText, isTransactionName } from '@power-currency/domain';
import { type ChaincodeInterface, Shim } from 'fabric-shim';

/** Fabric's own query for what a chaincode offers (fabric-contract-api, SystemContract). */
const metadataQuery = 'org.hyperledger.fabric:GetMetadata';

/**
 * Refuses, with the codes of the catalogue, what cannot be a call of any transaction. The dispatcher behind it would
 * answer without a code, look contracts up among JavaScript's own names (`constructor:x`), read bytes that are not
 * UTF-8 as if they were, and call an empty call a success.
 */
export function guardCalls(dispatcher: ChaincodeInterface): ChaincodeInterface {
    const answer: ChaincodeInterface['Invoke'] = async (stub) => {
        const refusal = refusalOf(bytesOf(stub));
        return refusal === undefined ? dispatcher.Invoke(stub) : Shim.error(encodeErrorText(refusal));
    };
    return { Init: answer, Invoke: answer };
}

function refusalOf(args: readonly Uint8Array[]): DomainError | undefined {
    const [name = '', ...rest] = args.map(utf8TextOf);
    if (name === metadataQuery) return undefined;
    if (!isTransactionName(name)) {
        return new DomainError('TRANSACTION_UNKNOWN', { transaction: name.slice(0, 128).toWellFormed() });
    }
    if (rest.length !== 1)
        return new DomainError('INVALID_ARGUMENT', { field: '', reason: 'not exactly one argument' });
    if (rest[0] === undefined) return new DomainError('INVALID_ARGUMENT', { field: '', reason: 'not UTF-8' });
    return undefined;
}

/** The stub has this method, its types lack it. */
function bytesOf(stub: object): readonly Uint8Array[] {
    return (stub as { getBufferArgs(): readonly Uint8Array[] }).getBufferArgs();
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8TextOf(bytes: Uint8Array): string | undefined {
    try {
        return utf8Decoder.decode(bytes);
    } catch {
        return undefined;
    }
}
