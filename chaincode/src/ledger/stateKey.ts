// SPDX-License-Identifier: Apache-2.0

/** A key of the world state and nothing but: the parts joined by '~'. */
export type StateKey = string;

const separator = '~';
/** Comes right after the separator in byte order, and so ends the range of everything below a prefix. */
const afterSeparator = '\u007f';

/**
 * The key of these parts. Different parts give different keys: '~' and '%' inside a part are escaped. Empty parts, lone
 * surrogates (they have no UTF-8 form), U+0000 and U+10FFFF (Fabric's own separators) are refused, as are control
 * characters, which would sort into a range's end. The shim's composite keys check none of this.
 */
export function encodeKey(parts: readonly string[]): StateKey {
    if (parts.length === 0) throw new RangeError('a state key has at least one part');
    return parts.map(encodePart).join(separator);
}

/** The parts of a key that {@link encodeKey} made. */
export function decodeKey(key: StateKey): readonly string[] {
    return key.split(separator).map((part) => part.replaceAll('%7E', separator).replaceAll('%25', '%'));
}

/** The keys whose first parts are these and that have at least one more: start inclusive, end exclusive. */
export function keyRange(parts: readonly string[]): { readonly start: StateKey; readonly end: StateKey } {
    const prefix = encodeKey(parts);
    return { start: `${prefix}${separator}`, end: `${prefix}${afterSeparator}` };
}

function encodePart(part: string): string {
    if (part === '') throw new RangeError('a part of a state key is never empty');
    if (/[\p{Cc}\p{Cs}\u{10ffff}]/u.test(part)) {
        throw new RangeError('a part of a state key has a character that keys cannot hold');
    }
    return part.replaceAll('%', '%25').replaceAll(separator, '%7E');
}
