// SPDX-License-Identifier: Apache-2.0
import { status as grpcStatus } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { Failure } from '../application/failure.js';
import { type ChainInfo, type ChainReader, type TransactionStatus } from '../application/ports.js';
import { type PeerSession } from './connection.js';
import { evaluateTrouble, validationCodeName } from './gatewayErrors.js';
import { commitOf } from './ordering.js';
import { askSystemChaincode } from './systemChaincodeQuery.js';
import { assertTxId } from './transactionId.js';

/** Reads what one peer knows of the channel, through the system chaincode qscc and the Gateway service. */
export function createChainReader(session: PeerSession, channel: string): ChainReader {
    return {
        chainInfo: () => chainInfo(session, channel),
        transactionStatus: (txId) => transactionStatus(session, channel, txId),
    };
}

async function chainInfo(session: PeerSession, channel: string): Promise<ChainInfo> {
    try {
        const bytes = await askSystemChaincode(session, channel, 'qscc', ['GetChainInfo', channel]);
        const info = common.BlockchainInfo.deserializeBinary(bytes);
        return {
            height: BigInt(info.getHeight()),
            blockHash: Buffer.from(info.getCurrentblockhash_asU8()).toString('hex'),
        };
    } catch (error) {
        throw evaluateTrouble(error, session.peer).error;
    }
}

const DEADLINE_EXCEEDED: number = grpcStatus.DEADLINE_EXCEEDED;
const CANCELLED: number = grpcStatus.CANCELLED;
/** A peer that has not seen a transaction waits for it; one that is on the chain is answered at once. */
const STATUS_MS = 2_000;
/** How long before the client's deadline the peer's own may end the call. */
const DEADLINE_SLACK_MS = 100;

async function transactionStatus(session: PeerSession, channel: string, txId: string): Promise<TransactionStatus> {
    assertTxId(txId);
    const deadline = Date.now() + STATUS_MS;
    try {
        const { code, blockNumber } = await commitOf(session, channel, txId).getStatus({ deadline });
        return { txId, blockNumber, validationCode: validationCodeName(code) };
    } catch (error) {
        if (isTimeUp(error, deadline)) {
            throw new Failure('NOT_FOUND', { what: `transaction ${txId} on ${session.peer}` }, { cause: error });
        }
        throw evaluateTrouble(error, session.peer).error;
    }
}

/** Both sides keep the deadline: where the peer is first, the call ends as cancelled. */
function isTimeUp(error: unknown, deadline: number): boolean {
    if (!(error instanceof GatewayError)) return false;
    const isLate = Date.now() >= deadline - DEADLINE_SLACK_MS;
    return error.code === DEADLINE_EXCEEDED || (error.code === CANCELLED && isLate);
}
