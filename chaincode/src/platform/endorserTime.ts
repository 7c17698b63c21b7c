// SPDX-License-Identifier: Apache-2.0

/** This endorser's clock, in seconds since 1970. Used to refuse (Q37), never to compute. */
export function endorserTime(): bigint {
    // eslint-disable-next-line chaincode/no-clock -- it can only make this endorser refuse
    return BigInt(Math.floor(Date.now() / 1000));
}
