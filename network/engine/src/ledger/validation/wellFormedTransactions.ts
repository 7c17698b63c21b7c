// SPDX-License-Identifier: Apache-2.0
import { HeaderType } from '../../wire/codes.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { errorText } from '../../wire/errorText.js';
import { common } from '../../wire/protobuf.js';
import { unknownFields } from '../../wire/unknownFields.js';
import { parseTransaction } from './parsedTransaction.js';

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
        const { payload, signature } = decode(common.Envelope, bytes, 'Envelope');
        if (payload.length === 0) {
            return 'has no payload';
        }
        if (signature.length === 0) {
            return 'has no signature';
        }
        // Go keeps the bytes of fields that Envelope does not have and writes them behind the known ones.
        canonical = Buffer.concat([encode(common.Envelope, { payload, signature }), ...unknownFields(bytes, [1, 2])]);
    } catch (cause) {
        return `is invalid: ${errorText(cause)}`;
    }
    if (canonical.length !== bytes.length) {
        return `has ${String(bytes.length - canonical.length)} trailing bytes`;
    }
    return canonical.equals(bytes) ? undefined : 'does not match its raw form';
}
