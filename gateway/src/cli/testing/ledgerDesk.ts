// SPDX-License-Identifier: Apache-2.0
import { Scenario, type SimulatedIdentity } from '@power-currency/chaincode/testing';
import { type LedgerTransport } from '../../application/ports.js';
import { type Desk, openDesk } from './desk.js';

/** A desk whose ledger is the real chaincode on a simulated network, asked as the cooperative. */
export interface LedgerDesk extends Desk {
    readonly scenario: Scenario;
    /** From here on, somebody else is at the terminal. */
    actAs(identity: SimulatedIdentity): void;
    /** Runs the command and parses its JSON answer; an error is thrown with what was told. */
    ask(...args: readonly string[]): Promise<Answer>;
    /** Runs a command that is to fail: what it told. */
    fail(...args: readonly string[]): Promise<string>;
}

type Answer = Readonly<Record<string, unknown>> & { readonly result: Readonly<Record<string, unknown>> };

export async function openLedgerDesk(): Promise<LedgerDesk> {
    const desk = openDesk();
    await desk.addContext();
    const scenario = await Scenario.founded();
    desk.transport = transportOf(scenario, scenario.person('CooperativeMSP'));
    const run = async (args: readonly string[]): ReturnType<Desk['power']> =>
        desk.power(args, {}, new Date(Number(scenario.ledger.time) * 1000));
    return Object.assign(desk, {
        scenario,
        actAs: (identity: SimulatedIdentity): void => {
            desk.transport = transportOf(scenario, identity);
        },
        ask: async (...args: readonly string[]): Promise<Answer> => {
            const { exitCode, out, err } = await run([...args, '-o', 'json']);
            if (exitCode !== 0) throw new Error(err);
            return JSON.parse(out) as Answer;
        },
        fail: async (...args: readonly string[]): Promise<string> => {
            const { exitCode, out, err } = await run(args);
            if (exitCode === 0) throw new Error(`it succeeded: ${out}`);
            return err;
        },
    });
}

function transportOf(scenario: Scenario, identity: SimulatedIdentity): LedgerTransport {
    return {
        evaluate: (transaction, argument) => scenario.ledger.evaluateText({ identity, transaction, argument }),
        submit: async (transaction, argument) => {
            const { result, txId, block } = await scenario.ledger.submitText({ identity, transaction, argument });
            return { result, txId, blockNumber: BigInt(block), attempts: 1, latencyMs: 1 };
        },
    };
}
