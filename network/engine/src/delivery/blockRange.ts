// SPDX-License-Identifier: Apache-2.0
import { Status } from '../wire/codes.js';
import { asBuffer } from '../wire/decode.js';
import { orderer } from '../wire/protobuf.js';
import { badRequest, SeekRefused } from './seekRequest.js';

/** Which blocks a seek asks for. A stop that no block reaches means for ever. */
interface BlockRange {
    readonly start: number;
    readonly stop: number;
}

/**
 * Resolves the positions against the height at this moment (common/deliver/deliver.go and fileledger's Iterator).
 * Throws SeekRefused with BAD_REQUEST or NOT_FOUND.
 */
export function blockRange(seek: orderer.SeekInfo.$Properties, height: number): BlockRange {
    const { start, stop } = seek;
    if (start === null || start === undefined || stop === null || stop === undefined) {
        throw badRequest('seek message is missing start or stop');
    }
    const first = startNumber(start, height);
    return { start: first, stop: stopNumber(start, stop, first, height) };
}

function startNumber(start: orderer.SeekPosition.$Properties, height: number): number {
    if (present(start.oldest)) {
        return 0;
    }
    if (present(start.newest)) {
        return height - 1;
    }
    if (present(start.nextCommit)) {
        return height;
    }
    const number = present(start.specified) ? (start.specified?.number ?? 0) : Number.POSITIVE_INFINITY;
    if (number > height) {
        throw new SeekRefused(Status.NOT_FOUND, `the chain has ${String(height)} blocks`);
    }
    return number;
}

function stopNumber(
    start: orderer.SeekPosition.$Properties,
    stop: orderer.SeekPosition.$Properties,
    first: number,
    height: number,
): number {
    if (present(stop.oldest)) {
        return first;
    }
    if (present(stop.newest)) {
        return samePosition(start, stop) ? first : height - 1;
    }
    if (!present(stop.specified)) {
        // Fabric leaves the stop number at zero for next_commit: a stream that starts later never ends.
        return 0;
    }
    const number = stop.specified?.number ?? 0;
    if (number < first) {
        throw badRequest(`start number ${String(first)} greater than stop number ${String(number)}`);
    }
    return number;
}

function samePosition(a: orderer.SeekPosition.$Properties, b: orderer.SeekPosition.$Properties): boolean {
    const bytes = (position: orderer.SeekPosition.$Properties): Buffer =>
        asBuffer(orderer.SeekPosition.encode(position).finish());
    return bytes(a).equals(bytes(b));
}

function present(value: unknown): boolean {
    return value !== null && value !== undefined;
}
