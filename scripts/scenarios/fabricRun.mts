// SPDX-License-Identifier: Apache-2.0

/** What `npm run test:fabric -- --report` writes: every test of a run on Hyperledger Fabric, and where it ran. */
export interface FabricRun {
    /** YYYY-MM-DD */
    readonly date: string;
    readonly fabric: string;
    readonly commit: string;
    readonly machine: string;
    readonly results: readonly FabricResult[];
}

export interface FabricResult {
    /** raft1, raft3 or bft4 */
    readonly ordering: string;
    readonly file: string;
    readonly test: string;
    /** jest's word: passed, failed, pending. */
    readonly status: string;
    readonly ms: number;
}

export const fabricRunFile = 'docs/reference/fabric-run.json';
