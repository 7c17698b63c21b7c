// SPDX-License-Identifier: Apache-2.0
import type { RequestId, RequestRecord } from '@power-currency/domain';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

/** What makes a command the same command again. Request ids are unique per owner. */
export interface RequestIdentity {
    /**
     * An organisation, or the wallet whose holder signed the id. Requests that must not name their wallet belong to the
     * organisation that submits them, apart from its own.
     */
    readonly owner: { readonly scope: 'participant' | 'wallet' | 'commercial'; readonly id: string };
    readonly requestId: RequestId;
    /** Canonical text of the command, or of the part of it that was signed. */
    readonly commandText: string;
}

/** Where the ledger keeps what was executed under a request id. */
export function requestRef({ owner, requestId }: RequestIdentity): StateRef<RequestRecord> {
    return refTo(tables.request, owner.scope, owner.id, requestId);
}
