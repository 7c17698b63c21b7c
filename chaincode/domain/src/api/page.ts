// SPDX-License-Identifier: Apache-2.0
import { type Codec, integer, list, object, text } from '../encoding/codec.js';

/** Most rows one page holds. */
export const pageSizeMax = 1000;

/** Where to go on: the bookmark of the page before, or '' for the first page. */
const bookmark = text(/^[\u0020-\u007e]{0,512}$/, 'bookmark');

export const pageRequest = { pageSize: integer(1, pageSizeMax), bookmark };

/** A page of rows; its bookmark is '' when nothing follows. */
export function pageOf<T>(row: Codec<T>): Codec<{ readonly rows: readonly T[]; readonly bookmark: string }> {
    return object({ rows: list(row, pageSizeMax), bookmark });
}
