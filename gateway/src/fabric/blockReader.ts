// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type BlockReader } from '../application/ports.js';
import { decodeBlock } from './blockDecoding.js';
import { type PeerSession } from './connection.js';
import { evaluateTrouble } from './gatewayErrors.js';
import { askSystemChaincode } from './systemChaincodeQuery.js';
import { readTrace } from './traceReader.js';
import { assertTxId } from './transactionId.js';

/** Reads blocks through the system chaincode qscc of the own organisation's peers. */
export function createBlockReader(session: PeerSession, channel: string): BlockReader {
    const { peer } = session;
    return {
        block: async (number) =>
            decodeBlock(
                await found(session, `block ${String(number)} on ${peer}`, () =>
                    askSystemChaincode(session, channel, 'qscc', ['GetBlockByNumber', channel, String(number)]),
                ),
            ),
        blockOf: async (txId) =>
            decodeBlock(
                await found(session, `transaction ${txId} on ${peer}`, () =>
                    askSystemChaincode(session, channel, 'qscc', ['GetBlockByTxID', channel, assertTxId(txId)]),
                ),
            ),
        trace: (txId) => readTrace(session, channel, assertTxId(txId)),
        stored: (from, to) => storedBlocks(session, channel, from, to),
    };
}

/** One stream of the peer's deliver service: a call for each block would take ten times as long. */
async function* storedBlocks(
    session: PeerSession,
    channel: string,
    from: number,
    to: number,
): AsyncGenerator<Uint8Array> {
    try {
        const stream = await session.gateway.getNetwork(channel).getBlockEvents({ startBlock: BigInt(from) });
        try {
            for await (const block of stream) {
                yield block.serializeBinary();
                if ((block.getHeader()?.getNumber() ?? 0) >= to) return;
            }
        } finally {
            stream.close();
        }
    } catch (error) {
        throw error instanceof Failure ? error : evaluateTrouble(error, session.peer).error;
    }
    throw new Failure('FABRIC_UNAVAILABLE', {
        ...{ peer: session.peer, attempts: 1, reason: 'it ended the stream of blocks' },
    });
}

/** qscc's answers for what is not there all name what it failed to get (core/scc/qscc). */
async function found({ peer }: PeerSession, what: string, ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof Failure) throw error;
        const trouble = evaluateTrouble(error, peer).error;
        if (`${String(trouble)} ${String(error)}`.includes('Failed to get block')) {
            throw new Failure('NOT_FOUND', { what }, { cause: error });
        }
        throw trouble;
    }
}
