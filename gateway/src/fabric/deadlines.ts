// SPDX-License-Identifier: Apache-2.0

/** How long each step may take, in milliseconds. fabric-gateway sets no deadline of its own: a lost peer would hang a caller for ever. */
export interface Deadlines {
    readonly evaluateMs: number;
    readonly endorseMs: number;
    readonly submitMs: number;
    readonly commitStatusMs: number;
    readonly connectMs: number;
}

/** Endorsing outlasts the peer's own 30 s only in a broken network; a commit takes a batch timeout plus validation. */
export const defaultDeadlines: Deadlines = {
    evaluateMs: 5_000,
    endorseMs: 15_000,
    submitMs: 5_000,
    commitStatusMs: 60_000,
    connectMs: 5_000,
};
