// SPDX-License-Identifier: Apache-2.0
import { commercialCollection, type Instant, ledgerNow } from '@power-currency/domain';
import { Context } from 'fabric-contract-api';
import { LedgerSession } from './ledgerSession.js';
import type { Platform } from './platform.js';
import { shimState } from './shimState.js';
import { refTo } from './stateTable.js';
import { tables } from './tables.js';

/** What one transaction has to work with; made anew for each. */
export class LedgerContext extends Context {
    readonly #platform: Platform | undefined;
    #session: LedgerSession | undefined;
    #privateSession: LedgerSession | undefined;

    /** Without a platform the context has no use but its class, which Fabric's decorators ask for. */
    constructor(platform?: Platform) {
        super();
        this.#platform = platform;
    }

    get platform(): Platform {
        if (this.#platform === undefined) throw new Error('a context without a platform runs no transaction');
        return this.#platform;
    }

    /** The records of this transaction. */
    get session(): LedgerSession {
        this.#session ??= new LedgerSession(shimState(this.stub));
        return this.#session;
    }

    /** The records of this transaction in the private data collection. Their changes are flushed on their own. */
    get privateSession(): LedgerSession {
        this.#privateSession ??= new LedgerSession(shimState(this.stub, commercialCollection.name));
        return this.#privateSession;
    }

    /** The time the client claims for this transaction, in whole seconds. */
    get transactionTime(): Instant {
        return BigInt(Math.floor(this.stub.getDateTimestamp().getTime() / 1000)) as Instant;
    }

    /** The ledger's own time, which never runs backwards. The clock must have been loaded. */
    get now(): Instant {
        return ledgerNow(this.session.get(clockRef)?.now, this.transactionTime);
    }

    /** Moves the ledger's clock on. Only rare transactions do it: the payments of a block all read the clock. */
    advanceClock(): void {
        this.session.put(clockRef, { now: this.now });
    }
}

export const clockRef = refTo(tables.clock, 'ledger');
