// SPDX-License-Identifier: Apache-2.0
import { hex, utf8 } from '../encoding/bytes.js';

/** Names the chain in a signed message: `FABRIC:<channel>` here, `EVM:<id>` in files of AIpowerCoin. */
export type ChainName = `FABRIC:${string}` | `EVM:${string}`;

export interface SignedMessageParts {
    readonly day: string;
    readonly digest: Uint8Array;
    readonly version: 1 | 2;
    readonly chain: ChainName;
}

/** The bytes attesters sign (Q29): `AICP|day=<d>|digest=0x<hex>|v=<1|2>|chain=<chain>`. */
export function signedMessage({ day, digest, version, chain }: SignedMessageParts): Uint8Array {
    return utf8(`AICP|day=${day}|digest=0x${hex(digest)}|v=${String(version)}|chain=${chain}`);
}
