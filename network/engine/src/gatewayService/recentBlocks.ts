// SPDX-License-Identifier: Apache-2.0
import type { ChannelLedger } from '../ledger/channelLedger.js';
import { parseBlock, type ParsedTransaction } from '../ledger/validation/parsedTransaction.js';
import { BlockMetadataIndex } from '../wire/codes.js';
import { asBuffer } from '../wire/decode.js';

/** What events are made of. */
export interface ReadBlock {
    readonly transactions: readonly ParsedTransaction[];
    readonly codes: Uint8Array;
}

/** Enough for streams that follow the chain, few enough not to hold much of it in memory. */
const keptBlocks = 3;

/** Reads blocks of a ledger; the last ones are kept as the commit has parsed them already. */
export class RecentBlocks {
    readonly #ledger: ChannelLedger;
    readonly #recent = new Map<number, ReadBlock>();

    constructor(ledger: ChannelLedger) {
        this.#ledger = ledger;
        ledger.onCommitted(({ number, transactions, codes }) => {
            this.#recent.set(number, { transactions, codes });
            this.#recent.delete(number - keptBlocks);
        });
    }

    read(number: number): ReadBlock {
        const kept = this.#recent.get(number);
        if (kept !== undefined) return kept;
        const block = this.#ledger.block(number);
        const codes = asBuffer(block.metadata?.metadata?.[BlockMetadataIndex.TRANSACTIONS_FILTER]);
        return { transactions: parseBlock(block), codes };
    }
}
