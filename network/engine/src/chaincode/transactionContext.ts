// SPDX-License-Identifier: Apache-2.0
import type { protos } from '../wire/protobuf.js';
import type { ChaincodeError } from './chaincodeError.js';
import { OpenQueries } from './openQueries.js';
import type { RequestContext } from './stateRequests.js';

/** Transactions on one stream are told apart by channel and transaction id. */
export function contextKey(channelId: string, txId: string): string {
    return channelId + txId;
}

/**
 * One transaction that a chaincode is working on. Its requests are answered one at a time in the order they came, also
 * when one of them has to wait for the disk.
 */
export class TransactionContext {
    readonly request: RequestContext;
    /** The chaincode's COMPLETED or ERROR message; rejects with ChaincodeError. */
    readonly outcome: Promise<protos.ChaincodeMessage>;
    readonly #settle: PromiseWithResolvers<protos.ChaincodeMessage>;
    readonly #waiting: (() => Promise<void> | undefined)[] = [];
    #busy = false;
    #over = false;

    constructor(request: Omit<RequestContext, 'queries'>) {
        this.request = { ...request, queries: new OpenQueries() };
        this.#settle = Promise.withResolvers();
        this.outcome = this.#settle.promise;
    }

    /** Runs when the requests before it are answered; at once if there are none. */
    enqueue(task: () => Promise<void> | undefined): void {
        this.#waiting.push(task);
        this.#drain();
    }

    complete(message: protos.ChaincodeMessage): void {
        this.#finish();
        this.#settle.resolve(message);
    }

    fail(error: ChaincodeError): void {
        this.#finish();
        this.#settle.reject(error);
    }

    get over(): boolean {
        return this.#over;
    }

    #finish(): void {
        this.#over = true;
        this.#waiting.length = 0;
        // Queries that the chaincode left open are nobody's any more; how closing them ends is of no interest.
        void this.request.queries.closeAll().catch(() => undefined);
    }

    #drain(): void {
        while (!this.#busy) {
            const task = this.#waiting.shift();
            if (task === undefined) return;
            const pending = task();
            if (pending !== undefined) {
                this.#busy = true;
                void pending.finally(() => {
                    this.#busy = false;
                    this.#drain();
                });
            }
        }
    }
}
