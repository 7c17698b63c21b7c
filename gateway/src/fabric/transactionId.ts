// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';

/** @throws Failure INPUT_INVALID */
export function assertTxId(txId: string): string {
    if (/^[0-9a-f]{64}$/.test(txId)) return txId;
    throw new Failure('INPUT_INVALID', { field: 'transaction id', problem: '64 hexadecimal digits are needed' });
}
