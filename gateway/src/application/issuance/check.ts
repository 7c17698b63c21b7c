// SPDX-License-Identifier: Apache-2.0

/** One figure, computed anew and as the ledger has it. */
export interface Check {
    readonly step: string;
    readonly computed: string;
    readonly ledger: string;
    readonly agrees: boolean;
}

export function checkEqual(step: string, computed: unknown, ledger: unknown): Check {
    const [left, right] = [String(computed), String(ledger)];
    return { step, computed: left, ledger: right, agrees: left === right };
}
