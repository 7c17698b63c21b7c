// SPDX-License-Identifier: Apache-2.0
import { validationCodeName } from '@power-currency/engine/wire/codes.js';
import { asBuffer } from '@power-currency/engine/wire/decode.js';
import { blockHeaderHash } from '@power-currency/engine/wire/hashing.js';
import type { common } from '@power-currency/engine/wire/protobuf.js';

/** A committed block, as readable as a comparison of two needs. */
export interface BlockSummary {
    readonly number: number;
    readonly headerHash: string;
    readonly codes: readonly string[];
    /** The five metadata entries in hexadecimal: signatures, last configuration, codes, orderer, commit hash. */
    readonly metadata: readonly string[];
    readonly transactions: readonly string[];
}

export function summaryOf({ header, data, metadata }: common.Block): BlockSummary {
    const entries = (metadata?.metadata ?? []).map(asBuffer);
    return {
        number: header?.number ?? 0,
        headerHash: blockHeaderHash(header ?? {}).toString('hex'),
        codes: Array.from(entries[2] ?? [], validationCodeName),
        metadata: entries.map((entry) => entry.toString('hex')),
        transactions: (data?.data ?? []).map((bytes) => asBuffer(bytes).toString('base64')),
    };
}
