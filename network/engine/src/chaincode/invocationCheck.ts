// SPDX-License-Identifier: Apache-2.0
import { ChaincodeError } from './chaincodeError.js';
import { MessageType } from './messageType.js';

/** U+0000 U+10FFFF "initialized": no chaincode can reach this key through the stub (core/chaincode/chaincode_support.go). */
export const initializedKey = '\u0000\u{10ffff}initialized';

/** What the initialisation rule reads and writes: the chaincode's own namespace in the transaction's simulation. */
interface InitializationState {
    getState(namespace: string, key: string): Buffer | undefined;
    setState(namespace: string, key: string, value: Buffer): void;
}

/**
 * Applies Fabric's initialisation rule and tells with which message type the chaincode is called. Initialisation is bound
 * to the definition's version, not to its sequence. Throws `ChaincodeError` (`invocation`).
 */
export function checkInvocation(
    definition: { readonly initRequired: boolean; readonly version: string },
    chaincode: string,
    isInit: boolean,
    state: InitializationState,
): typeof MessageType.INIT | typeof MessageType.TRANSACTION {
    const version = Buffer.from(definition.version);
    const stored = definition.initRequired ? state.getState(chaincode, initializedKey) : undefined;
    const needsInit = definition.initRequired && !version.equals(stored ?? Buffer.alloc(0));
    if (isInit) {
        if (!definition.initRequired) {
            throw refused(`chaincode '${chaincode}' does not require initialization but called as init`);
        }
        if (!needsInit) throw refused(`chaincode '${chaincode}' is already initialized but called as init`);
        state.setState(chaincode, initializedKey, version);
        return MessageType.INIT;
    }
    if (needsInit) {
        throw refused(`chaincode '${chaincode}' has not been initialized for this version, must call as init first`);
    }
    return MessageType.TRANSACTION;
}

function refused(text: string): ChaincodeError {
    return new ChaincodeError('invocation', `invalid invocation: ${text}`);
}
