// SPDX-License-Identifier: Apache-2.0

/** Whether a record was found; for filters. */
export function isPresent<V>(record: V | undefined): record is V {
    return record !== undefined;
}
