// SPDX-License-Identifier: Apache-2.0
import { hotTransactions, type PreparedLedger, type TextCall } from '@power-currency/chaincode/testing';

/** Calls of one kind that are measured together. */
export interface Measured {
    readonly name: string;
    readonly calls: readonly TextCall[];
    readonly isRefused: boolean;
}

/** The call everything is compared with: TLS, gRPC and the shim carry it, and nothing is done. */
export const baseline = '(no call)';

/** What the benchmark executes, the baseline first; of the hot transactions those named, or all where none is. */
export function measuredCalls(prepared: PreparedLedger, only: readonly string[]): readonly Measured[] {
    const unknown = only.find((name) => !hotTransactions.some((hot) => hot.name === name));
    if (unknown !== undefined)
        throw new Error(`--only ${unknown}: ${hotTransactions.map(({ name }) => name).join(', ')}`);
    const identity = prepared.scenario.person('AuthorityMSP');
    const nothing = { identity, transaction: 'Wallet:Nothing', argument: '{}' };
    const measured: Measured[] = [{ name: baseline, calls: [nothing], isRefused: true }];
    for (const { name, calls } of hotTransactions) {
        if (only.length > 0 && !only.includes(name)) continue;
        measured.push({ name, calls: calls(prepared), isRefused: false });
    }
    return measured;
}
