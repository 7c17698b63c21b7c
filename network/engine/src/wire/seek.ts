// SPDX-License-Identifier: Apache-2.0
import { encode } from './decode.js';
import { orderer } from './protobuf.js';

/** A place in a chain: its first block, its newest, a block number, or the end that never comes. */
export type SeekPosition = 'oldest' | 'newest' | 'nextCommit' | 'forever' | number;

export interface SeekRange {
    readonly start: SeekPosition;
    readonly stop: SeekPosition;
    /** What to do at the end of the chain; default: wait for the next block. */
    readonly behavior?: 'blockUntilReady' | 'failIfNotReady';
    /** Whether an orderer in an error state may still deliver; default: strict. */
    readonly errorResponse?: 'strict' | 'bestEffort';
}

// A uint64 of all ones is beyond a number; the writer takes the two halves.
const maxUint64 = { low: -1, high: -1, unsigned: true } as unknown as number;

/** orderer.SeekInfo bytes, the data of a DELIVER_SEEK_INFO envelope. */
export function seekInfo(range: SeekRange): Buffer {
    return encode(orderer.SeekInfo, {
        start: position(range.start),
        stop: position(range.stop),
        ...(range.behavior === 'failIfNotReady' ? { behavior: 1 } : {}),
        ...(range.errorResponse === 'bestEffort' ? { errorResponse: 1 } : {}),
    });
}

function position(at: SeekPosition): orderer.SeekPosition.$Properties {
    switch (at) {
        case 'oldest':
            return { oldest: {} };
        case 'newest':
            return { newest: {} };
        case 'nextCommit':
            return { nextCommit: {} };
        case 'forever':
            return { specified: { number: maxUint64 } };
        default:
            return { specified: at === 0 ? {} : { number: at } };
    }
}
