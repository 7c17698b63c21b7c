// SPDX-License-Identifier: Apache-2.0
import type { Primitives, VerifyMlDsa65 } from '@power-currency/domain';

/** What the rules are given by the machine they run on. */
export interface Platform {
    readonly primitives: Primitives & { readonly verifyMlDsa65: VerifyMlDsa65 };
    /** The organisation whose peer this process serves. It can only make an endorser refuse. */
    readonly peerMspId: string;
    /** The endorser's own clock in seconds since 1970. It can only make an endorser refuse, never decide a result. */
    readonly endorserTime: () => bigint;
}
