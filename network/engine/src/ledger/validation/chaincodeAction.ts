// SPDX-License-Identifier: Apache-2.0
import { TxValidationCode } from '../../wire/codes.js';
import type { NamespaceReadWriteSet } from '../simulation/readWriteSet.js';
import type { ParsedTransaction } from './parsedTransaction.js';

/** What has to be endorsed: the invoked chaincode first, then every other namespace with writes in byte order. */
type WrittenNamespaces = readonly { readonly name: string; readonly set: NamespaceReadWriteSet | undefined }[];

/**
 * Checks that an endorsed action is consistent and finds the namespaces whose policies it must satisfy
 * (core/committer/txvalidator/v20/plugindispatcher). Fabric visits the namespaces in random order.
 */
export function checkAction(transaction: ParsedTransaction): TxValidationCode | WrittenNamespaces {
    if (!parses(() => transaction.headerExtension)) {
        return TxValidationCode.BAD_HEADER_EXTENSION;
    }
    if (!parses(() => hasResponse(transaction))) {
        return TxValidationCode.BAD_RESPONSE_PAYLOAD;
    }
    if (!parses(() => transaction.readWriteSet)) {
        return TxValidationCode.BAD_RWSET;
    }
    const invoked = transaction.headerExtension.chaincodeId;
    const answered = transaction.chaincodeAction.chaincodeId;
    if (!invoked || !answered) {
        return TxValidationCode.INVALID_OTHER_REASON;
    }
    const name = invoked.name ?? '';
    // Any version will do: nobody compares it with the definition's.
    if (name === '' || name !== answered.name || (answered.version ?? '') === '') {
        return TxValidationCode.INVALID_CHAINCODE;
    }
    if (!parses(() => isEventOf(transaction, name))) {
        return TxValidationCode.INVALID_OTHER_REASON;
    }
    return writtenNamespaces(name, transaction.readWriteSet);
}

function hasResponse({
    proposalResponsePayloadBytes,
    proposalResponsePayload,
    chaincodeAction,
}: ParsedTransaction): boolean {
    return (
        proposalResponsePayloadBytes.length > 0 &&
        proposalResponsePayload.extension.length > 0 &&
        chaincodeAction.results.length >= 0
    );
}

function isEventOf({ event }: ParsedTransaction, chaincode: string): boolean {
    return event === undefined || event.chaincodeId === chaincode;
}

function writtenNamespaces(
    invoked: string,
    readWriteSet: readonly NamespaceReadWriteSet[],
): TxValidationCode | WrittenNamespaces {
    const sets = new Map(readWriteSet.map((set) => [set.namespace, set]));
    if (sets.size < readWriteSet.length) {
        return TxValidationCode.ILLEGAL_WRITESET;
    }
    const others = readWriteSet.filter((set) => set.namespace !== invoked && hasWrites(set));
    others.sort((a, b) => Buffer.compare(Buffer.from(a.namespace), Buffer.from(b.namespace)));
    return [{ name: invoked, set: sets.get(invoked) }, ...others.map((set) => ({ name: set.namespace, set }))];
}

function hasWrites({ kv, collections }: NamespaceReadWriteSet): boolean {
    return (
        kv.writes.length > 0 ||
        kv.metadataWrites.length > 0 ||
        collections.some(({ hashed }) => hashed.hashedWrites.length > 0 || hashed.metadataWrites.length > 0)
    );
}

/** False when the check says so or when what it looks at does not parse. */
function parses(check: () => unknown): boolean {
    try {
        return check() !== false;
    } catch {
        return false;
    }
}
