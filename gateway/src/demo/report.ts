// SPDX-License-Identifier: Apache-2.0

/** What `--report` writes. Amounts and energy are decimal strings in minor units and Wh; times are milliseconds. */
export interface DemoReport {
    readonly network: {
        readonly engine: string;
        readonly version: string;
        readonly organisations: readonly string[];
        readonly orderers: number;
        readonly consensus: string;
        readonly heights: Readonly<Record<string, number>>;
        readonly blockHash: string;
    };
    readonly attestation: {
        readonly day: string;
        readonly wh_dc_raw: string;
        readonly wh_dc_commit: string;
        readonly cr: string;
        readonly mint_suggested: string;
        readonly digest_signed: string;
        readonly signatures_ok: number;
    };
    readonly mint: { readonly amount: string; readonly txId: string; readonly block: number };
    readonly wallets: readonly { readonly id: string; readonly balance: string }[];
    readonly transfers: readonly TransferReport[];
    readonly hold: HoldReport;
    readonly energy: EnergyReport;
    readonly redemption: RedemptionReport;
    readonly milestone: MilestoneReport;
    readonly refused: readonly { readonly what: string; readonly code: string }[];
    readonly proposal: {
        readonly id: string;
        readonly outcome: string;
        readonly for: number;
        readonly against: number;
        readonly abstain: number;
        readonly txId: string;
    };
    readonly supply: {
        readonly issued: string;
        readonly redeemed: string;
        readonly inWallets: string;
        readonly pending: string;
        readonly held: string;
    };
    readonly timings: Timings & { readonly demoMs: number };
}

/** Money set aside, and what is left of it after the payee took its part. */
export interface HoldReport {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly amount: string;
    readonly remaining: string;
    readonly txIds: readonly string[];
}

/** A plant's day as its sources told it, what was verified of it, and the hour whose life was told. */
export interface EnergyReport {
    readonly facility: string;
    readonly day: string;
    readonly reported: Readonly<Record<string, string>>;
    /** Sources the reconciliation named, the worst first. */
    readonly suspected: readonly string[];
    readonly verifiedWh: string;
    readonly certifiedWh: string;
    readonly hour: string;
    readonly txIds: readonly string[];
}

/** Credits that were turned into energy and burnt. */
export interface RedemptionReport {
    readonly id: string;
    readonly holder: string;
    readonly provider: string;
    readonly amount: string;
    readonly energyWh: string;
    readonly txIds: readonly string[];
}

/** A milestone of an infrastructure programme that was paid from escrow. */
export interface MilestoneReport {
    readonly programme: string;
    readonly milestone: string;
    readonly city: string;
    readonly payee: string;
    readonly amount: string;
    readonly txIds: readonly string[];
}

export interface TransferReport {
    readonly from: string;
    readonly to: string;
    readonly amount: string;
    readonly txId: string;
    readonly block: number;
    readonly latencyMs: number;
}

/** Measured by the script that started the network; null when the network was running already. */
export interface Timings {
    readonly installMs: number | null;
    readonly upMs: number | null;
    readonly deployMs: number | null;
}
