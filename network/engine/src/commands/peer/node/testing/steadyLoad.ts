// SPDX-License-Identifier: Apache-2.0
import { setTimeout as pause } from 'node:timers/promises';
import type { Contract, Transaction } from '@hyperledger/fabric-gateway';

const commitTimeoutMs = 2_000;

/**
 * A client that never stops: it appends `0,1,2,…` to one key, one transaction after the other, and sends each again until
 * it is told the outcome. What the key holds at the end shows every transaction that was lost or applied twice.
 */
export class SteadyLoad {
    readonly #contract: Contract;
    readonly #endorser: string;
    #stopped = false;
    #running: Promise<void> = Promise.resolve();
    /** Transactions that the client was told are committed and valid. */
    acknowledged = 0;

    constructor(contract: Contract, endorser: string) {
        this.#contract = contract;
        this.#endorser = endorser;
    }

    start(): void {
        this.#running = this.#run();
    }

    async stop(): Promise<void> {
        this.#stopped = true;
        await this.#running;
    }

    /** What the key must hold. */
    get expected(): string {
        return Array.from({ length: this.acknowledged }, (_, number) => `${String(number)},`).join('');
    }

    async #run(): Promise<void> {
        while (!this.#stopped) {
            const proposal = this.#contract.newProposal('rmw', {
                arguments: ['appended', `${String(this.acknowledged)},`],
                endorsingOrganizations: [this.#endorser],
            });
            await this.#settle(await proposal.endorse());
            this.acknowledged += 1;
        }
    }

    /** The same transaction again and again: whether one that got no answer was ordered cannot be known. */
    async #settle(transaction: Transaction): Promise<void> {
        for (;;) {
            try {
                const submitted = await transaction.submit({ deadline: Date.now() + commitTimeoutMs });
                const { successful, code } = await submitted.getStatus({ deadline: Date.now() + commitTimeoutMs });
                if (!successful) throw new TypeError(`the transaction was committed with code ${String(code)}`);
                return;
            } catch (error) {
                if (error instanceof TypeError) throw error;
                await pause(20);
            }
        }
    }
}
