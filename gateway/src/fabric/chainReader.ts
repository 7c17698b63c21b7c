// SPDX-License-Identifier: Apache-2.0
import { status as grpcStatus } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { Failure } from '../application/failure.js';
import { type ChainInfo, type ChainReader, type TransactionStatus } from '../application/ports.js';
import { type PeerSession } from './connection.js';
import { evaluateTrouble, validationCodeName } from './gatewayErrors.js';
import { commitOf } from './ordering.js';

/** Reads what one peer knows of the channel, through the system chaincode qscc and the Gateway service. */
export function createChainReader(session: PeerSession, channel: string): ChainReader {
    return {
        chainInfo: () => chainInfo(session, channel),
        transactionStatus: (txId) => transactionStatus(session, channel, txId),
    };
}

async function chainInfo({ gateway, peer }: PeerSession, channel: string): Promise<ChainInfo> {
    try {
        const bytes = await gateway
            .getNetwork(channel)
            .getContract('qscc')
            .evaluate('GetChainInfo', {
                arguments: [channel],
                // Only the own organisation's peers may answer: heights of others are what the answer is compared with.
                endorsingOrganizations: [gateway.getIdentity().mspId],
            });
        const info = common.BlockchainInfo.deserializeBinary(bytes);
        return {
            height: BigInt(info.getHeight()),
            blockHash: Buffer.from(info.getCurrentblockhash_asU8()).toString('hex'),
        };
    } catch (error) {
        throw evaluateTrouble(error, peer).error;
    }
}

const DEADLINE_EXCEEDED: number = grpcStatus.DEADLINE_EXCEEDED;
/** A peer that has not seen a transaction waits for it; one that is on the chain is answered at once. */
const STATUS_MS = 2_000;

async function transactionStatus(session: PeerSession, channel: string, txId: string): Promise<TransactionStatus> {
    if (!/^[0-9a-f]{64}$/.test(txId)) {
        throw new Failure('INPUT_INVALID', { field: 'transaction id', problem: '64 hexadecimal digits are needed' });
    }
    try {
        const { code, blockNumber } = await commitOf(session, channel, txId).getStatus({
            deadline: Date.now() + STATUS_MS,
        });
        return { txId, blockNumber, validationCode: validationCodeName(code) };
    } catch (error) {
        if (error instanceof GatewayError && error.code === DEADLINE_EXCEEDED) {
            throw new Failure('NOT_FOUND', { what: `transaction ${txId} on ${session.peer}` }, { cause: error });
        }
        throw evaluateTrouble(error, session.peer).error;
    }
}
