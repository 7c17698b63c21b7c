// SPDX-License-Identifier: Apache-2.0

/** This endorser's clock, in seconds since 1970. Used to refuse (Q37), never to compute. */
export function endorserTime(): bigint {
    return BigInt(Math.floor(Date.now() / 1000));
}
