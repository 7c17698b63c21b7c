// SPDX-License-Identifier: Apache-2.0

/** What can go wrong with a submission, by what is to be done about it. */
export type TroubleKind =
    | 'refusedByRules'
    | 'refusedByNetwork'
    | 'conflict'
    | 'disagreement'
    | 'endorserLost'
    | 'peerUnreachable'
    | 'peerBusy'
    | 'tooLate'
    | 'invalid'
    | 'outcomeUnknown';

/** A classified failure: what happened, and the error to end with if it cannot be overcome. */
export interface Trouble {
    readonly kind: TroubleKind;
    readonly error: Error;
}
