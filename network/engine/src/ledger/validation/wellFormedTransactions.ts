// SPDX-License-Identifier: Apache-2.0
import { Reader } from 'protobufjs/minimal';
import { HeaderType } from '../../wire/codes.js';
import { asBuffer, encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { parseTransaction } from '../parsedTransaction.js';

/**
 * Why a block's transactions are not well formed, undefined when they are. Envelopes whose bytes Go would write otherwise
 * are refused, because copies of the block could then differ under one hash; a lone configuration transaction is exempt
 * (protoutil.VerifyTransactionsAreWellFormed).
 */
export function flawOfTransactions(transactions: readonly Uint8Array[]): string | undefined {
    const [first] = transactions;
    if (first === undefined) {
        return 'empty block';
    }
    if (transactions.length === 1 && parseTransaction(first).type === HeaderType.CONFIG) {
        return undefined;
    }
    for (const [index, bytes] of transactions.entries()) {
        const flaw = flawOfTransaction(asBuffer(bytes));
        if (flaw !== undefined) {
            return `transaction ${String(index)} ${flaw}`;
        }
    }
    return undefined;
}

function flawOfTransaction(bytes: Buffer): string | undefined {
    let canonical: Buffer;
    try {
        const { payload, signature } = common.Envelope.decode(bytes);
        if (payload.length === 0) {
            return 'has no payload';
        }
        if (signature.length === 0) {
            return 'has no signature';
        }
        canonical = Buffer.concat([encode(common.Envelope, { payload, signature }), ...unknownFields(bytes)]);
    } catch (cause) {
        return `is invalid: ${cause instanceof Error ? cause.message : String(cause)}`;
    }
    if (canonical.length !== bytes.length) {
        return `has ${String(bytes.length - canonical.length)} trailing bytes`;
    }
    return canonical.equals(bytes) ? undefined : 'does not match its raw form';
}

const lastKnownField = 2;

/** Fields that Envelope does not have; Go keeps their bytes and writes them behind the known ones. */
function unknownFields(bytes: Buffer): Buffer[] {
    const reader = Reader.create(bytes);
    const found: Buffer[] = [];
    while (reader.pos < reader.len) {
        const start = reader.pos;
        const tag = reader.uint32();
        reader.skipType(tag & 7);
        if (tag >>> 3 > lastKnownField) {
            found.push(bytes.subarray(start, reader.pos));
        }
    }
    return found;
}
