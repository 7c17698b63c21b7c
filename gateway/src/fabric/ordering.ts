// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { type Commit, type Status, type Transaction } from '@hyperledger/fabric-gateway';
import { gateway as messages, msp } from '@hyperledger/fabric-protos';
import { type PeerSession } from './connection.js';
import { outcomeUnknown, submitTrouble, validationTrouble } from './gatewayErrors.js';
import { pauseMs, submitPolicy } from './submitPolicy.js';
import { type Trouble } from './trouble.js';

/** A transaction on the chain as valid, or what came between. */
export type Outcome = Trouble | { readonly txId: string; readonly blockNumber: bigint; readonly result: string };

interface OrderingOptions {
    /** Peers to ask, the one that endorsed first. */
    readonly sessions: readonly PeerSession[];
    readonly channel: string;
}

/**
 * Sends an endorsed transaction to the orderer and finds out how it ended.
 * When the answer is lost, the status of the same transaction id is asked before anything else; then the same envelope is
 * sent again, which is harmless: a second copy is committed as DUPLICATE_TXID and peers keep reporting the first.
 */
export async function orderTransaction(options: OrderingOptions, transaction: Transaction): Promise<Outcome> {
    const txId = transaction.getTransactionId();
    const rule = submitPolicy.outcomeUnknown;
    let unknown = outcomeUnknown(new Error('not sent'), txId);
    for (let attempt = 1; attempt <= rule.attemptsMax; attempt++) {
        const sending = await send(transaction);
        // A refusal is final only of the first copy: an earlier one may have been accepted.
        if (sending?.kind === 'refusedByNetwork' && attempt === 1) {
            return sending;
        }
        const status = await askStatus(options, txId, { attempt, isSent: sending === undefined });
        if (!('kind' in status)) {
            const result = Buffer.from(transaction.getResult()).toString('utf8');
            return status.successful
                ? { txId, blockNumber: status.blockNumber, result }
                : validationTrouble(status.code, txId);
        }
        unknown = status;
        await sleep(pauseMs(rule, attempt, Math.random()));
    }
    return unknown;
}

/** Sending answers as soon as the orderer has taken the envelope. */
async function send(transaction: Transaction): Promise<Trouble | undefined> {
    try {
        await transaction.submit();
        return undefined;
    } catch (error) {
        return submitTrouble(error, transaction.getTransactionId());
    }
}

/** A peer waits for a transaction without limit; one that was perhaps never sent is not waited for that long. */
const STATUS_AFTER_LOST_SEND_MS = 3_000;

async function askStatus(
    { sessions, channel }: OrderingOptions,
    txId: string,
    { attempt, isSent }: { attempt: number; isSent: boolean },
): Promise<Status | Trouble> {
    const session = sessions[(attempt - 1) % sessions.length];
    try {
        if (session === undefined) {
            throw new Error('no peer to ask');
        }
        const options = isSent ? {} : { deadline: Date.now() + STATUS_AFTER_LOST_SEND_MS };
        return await commitOf(session, channel, txId).getStatus(options);
    } catch (error) {
        return outcomeUnknown(error, txId);
    }
}

/** Asks about a transaction by its id alone, at any peer; fabric-gateway offers this only for one it has just submitted. */
export function commitOf({ gateway }: PeerSession, channel: string, txId: string): Commit {
    const { mspId, credentials } = gateway.getIdentity();
    const request = new messages.CommitStatusRequest();
    request.setChannelId(channel);
    request.setTransactionId(txId);
    request.setIdentity(serializedIdentity(mspId, credentials));
    const signed = new messages.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    return gateway.newCommit(signed.serializeBinary());
}

function serializedIdentity(mspId: string, credentials: Uint8Array): Uint8Array {
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(credentials);
    return identity.serializeBinary();
}
