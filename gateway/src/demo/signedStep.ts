// SPDX-License-Identifier: Apache-2.0
import { type ArgumentsOf, requestId } from '@power-currency/domain';
import { signedRequest } from '../application/intents/intentDocument.js';
import { type FactsOf, type IntentTransaction } from '../application/intents/intentTable.js';
import { type Stage } from './stage.js';
import { type DemoWallet } from './walletStep.js';

/** A step of the demo as its wallet signs it; its request id is the step's name, so that each day has its own. */
export function signedStep<N extends IntentTransaction>(
    { network }: Stage,
    transaction: N,
    facts: FactsOf<N>,
    { by, id, nonce = 0n }: { readonly by: DemoWallet; readonly id: string; readonly nonce?: bigint },
): ArgumentsOf<N> {
    const step = transaction.split(':')[1] ?? transaction;
    return signedRequest(transaction, facts, [by], {
        ...{ wallet: by.walletId, channel: network.channel, nonce, now: new Date() },
        requestId: requestId.decode(`${step.toLowerCase()}-${id}`, 'requestId'),
        ...(nonce > 0n && { foldIds: [...by.pending] }),
    });
}

/** The wallet has spent: its next nonce, and nothing left to fold. */
export function spent(wallet: DemoWallet): void {
    wallet.pending.length = 0;
    wallet.lastNonce += 1n;
}
