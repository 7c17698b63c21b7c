// SPDX-License-Identifier: Apache-2.0
import type { ClientDuplexStream } from '../../process/grpcStream.js';
import { logger } from '../../process/logging.js';
import { HeaderType, statusName, TxValidationCode, validationCodeName } from '../../wire/codes.js';
import { decode, encode } from '../../wire/decode.js';
import { newEnvelope, type Signer } from '../../wire/envelope.js';
import { common, protos } from '../../wire/protobuf.js';
import { seekInfo } from '../../wire/seek.js';
import { grpcErrorText } from './grpcErrorText.js';
import type { PeerConnection } from './peerConnections.js';

const log = logger('chaincodeCmd');

interface CommitWaitOptions {
    readonly peers: readonly PeerConnection[];
    readonly signer: Signer;
    readonly tlsCertHash: Buffer | undefined;
    readonly channelId: string;
    readonly txId: string;
    readonly timeoutMs: number;
}

/**
 * Waits for a transaction on several peers (internal/peer/chaincode/common.go, DeliverGroup). Open it before the
 * transaction is sent, so that its block cannot be missed.
 */
export class CommitWait {
    readonly #options: CommitWaitOptions;
    readonly #streams: readonly { readonly address: string; readonly stream: ClientDuplexStream }[];

    private constructor(options: CommitWaitOptions) {
        this.#options = options;
        this.#streams = options.peers.map(({ address, channel }) => ({
            address,
            stream: channel.duplex('/protos.Deliver/DeliverFiltered'),
        }));
    }

    /** Asks each peer for its blocks from the newest on. */
    static async open(options: CommitWaitOptions): Promise<CommitWait> {
        const wait = new CommitWait(options);
        const { signer, tlsCertHash, channelId } = options;
        const request = newEnvelope(signer, {
            type: HeaderType.DELIVER_SEEK_INFO,
            channelId,
            data: seekInfo({ start: 'newest', stop: 'forever' }),
            ...(tlsCertHash === undefined ? {} : { tlsCertHash }),
        });
        await Promise.all(wait.#streams.map(({ stream }) => stream.send(encode(common.Envelope, request))));
        return wait;
    }

    /** Resolves when all peers committed the transaction as valid. @throws Error when one did not, or time is up. */
    async done(): Promise<void> {
        let timer: NodeJS.Timeout | undefined;
        const timedOut = new Promise<never>((_, reject) => {
            timer = setTimeout(() => {
                reject(new Error('timed out waiting for txid on all peers'));
            }, this.#options.timeoutMs);
        });
        try {
            const waits = this.#streams.map(({ address, stream }) => this.#clientWait(address, stream));
            const outcomes = await Promise.race([Promise.allSettled(waits), timedOut]);
            const failed = outcomes.find((outcome) => outcome.status === 'rejected');
            if (failed !== undefined) {
                throw failed.reason;
            }
        } finally {
            clearTimeout(timer);
            this.close();
        }
    }

    close(): void {
        for (const { stream } of this.#streams) {
            stream.cancel();
        }
    }

    async #clientWait(address: string, stream: ClientDuplexStream): Promise<void> {
        try {
            for await (const bytes of stream) {
                const code = this.#outcome(decode(protos.DeliverResponse, bytes, 'DeliverResponse'));
                if (code === undefined) {
                    continue;
                }
                const name = validationCodeName(code);
                log.info(`txid [${this.#options.txId}] committed with status (${name}) at ${address}`);
                if (code !== TxValidationCode.VALID) {
                    throw new Error(`transaction invalidated with status (${name})`);
                }
                return;
            }
        } catch (error) {
            if (error instanceof Error && /^(transaction invalidated|deliver completed)/.test(error.message)) {
                throw error;
            }
            const text = grpcErrorText(error);
            throw new Error(`error receiving from deliver filtered at ${address}: ${text}`, { cause: error });
        }
        throw new Error(`error receiving from deliver filtered at ${address}: EOF`);
    }

    /** The transaction's validation code, if this response has it. */
    #outcome({ filteredBlock, status }: protos.DeliverResponse): number | undefined {
        if (filteredBlock === null || filteredBlock === undefined) {
            throw new Error(`deliver completed with status (${statusName(status ?? 0)}) before txid received`);
        }
        const transaction = (filteredBlock.filteredTransactions ?? []).find(({ txid }) => txid === this.#options.txId);
        return transaction === undefined ? undefined : (transaction.txValidationCode ?? TxValidationCode.VALID);
    }
}
