// SPDX-License-Identifier: Apache-2.0
import type { ChannelLedger } from '../ledger/channelLedger.js';
import { decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common, protos } from '../wire/protobuf.js';
import type { AccessControl } from './accessControl.js';
import type { PeerChannels } from './peerChannels.js';
import { failure, success, type SystemCall, type SystemChaincode } from './systemChaincode.js';

interface QsccOptions {
    readonly channels: PeerChannels;
    readonly accessControl: Pick<AccessControl, 'checkAcl'>;
}

type Query = (ledger: ChannelLedger, argument: Buffer) => Uint8Array;

const getChainInfo = 'GetChainInfo';

/** Queries of the chain itself; the text before an error names what was looked for. */
const queries: ReadonlyMap<string, Query> = new Map<string, Query>([
    [
        getChainInfo,
        (ledger) => {
            const { height, currentBlockHash, previousBlockHash } = ledger.info();
            return encode(common.BlockchainInfo, {
                height,
                ...(currentBlockHash.length > 0 && { currentBlockHash }),
                ...(previousBlockHash.length > 0 && { previousBlockHash }),
            });
        },
    ],
    [
        'GetBlockByNumber',
        (ledger, argument) => {
            const number = parseBlockNumber(argument.toString('utf8'));
            return found(`Failed to get block number ${String(number)}`, () => ledger.blockBytes(Number(number)));
        },
    ],
    [
        'GetBlockByHash',
        (ledger, argument) =>
            found(`Failed to get block hash ${argument.toString('utf8')}`, () =>
                ledger.blockBytes(ledger.blockByHash(argument).header?.number ?? 0),
            ),
    ],
    [
        'GetTransactionByID',
        (ledger, argument) => {
            const txId = argument.toString('utf8');
            return found(`Failed to get transaction with id ${txId}`, () => {
                const { envelope, code } = ledger.transactionById(txId);
                return encode(protos.ProcessedTransaction, {
                    transactionEnvelope: decode(common.Envelope, envelope, 'Envelope'),
                    ...(code !== 0 && { validationCode: code }),
                });
            });
        },
    ],
    [
        'GetBlockByTxID',
        (ledger, argument) => {
            const txId = argument.toString('utf8');
            return found(`Failed to get block for txID ${txId}`, () =>
                ledger.blockBytes(ledger.blockByTxId(txId).header?.number ?? 0),
            );
        },
    ],
]);

/** The system chaincode `qscc`: blocks and transactions of a channel (core/scc/qscc/query.go). */
export class Qscc implements SystemChaincode {
    readonly name = 'qscc';
    readonly usesSimulation = false;
    readonly #options: QsccOptions;

    constructor(options: QsccOptions) {
        this.#options = options;
    }

    invoke(call: SystemCall): Promise<protos.Response.$Properties> {
        return Promise.resolve(this.#answer(call));
    }

    #answer({ args, signedProposal, calledThrough }: SystemCall): protos.Response.$Properties {
        const [functionName, channelArgument, argument] = args;
        if (functionName === undefined || channelArgument === undefined) {
            return failure(`Incorrect number of arguments, ${String(args.length)}`);
        }
        if (calledThrough !== undefined) {
            return failure(
                `Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, original invocation for '${calledThrough}'`,
            );
        }
        const name = functionName.toString('utf8');
        const channelId = channelArgument.toString('utf8');
        if (name !== getChainInfo && argument === undefined) {
            return failure(`missing 3rd argument for ${name}`);
        }
        const channel = this.#options.channels.get(channelId);
        if (channel === undefined) {
            return failure(`Invalid chain ID, ${channelId}`);
        }
        try {
            this.#options.accessControl.checkAcl(`${this.name}/${name}`, channelId, signedProposal);
        } catch (error) {
            return failure(`access denied for [${name}][${channelId}]: [${errorText(error)}]`);
        }
        const query = queries.get(name);
        if (query === undefined) {
            return failure(`Requested function ${name} not found.`);
        }
        try {
            return success(query(channel.ledger, argument ?? Buffer.alloc(0)));
        } catch (error) {
            return failure(errorText(error));
        }
    }
}

const maxUint64 = 2n ** 64n - 1n;

function parseBlockNumber(text: string): bigint {
    const refuse = (reason: string): never => {
        throw new Error(
            `Failed to parse block number with error strconv.ParseUint: parsing ${JSON.stringify(text)}: ${reason}`,
        );
    };
    if (!/^\d+$/.test(text)) {
        return refuse('invalid syntax');
    }
    const number = BigInt(text);
    return number > maxUint64 ? refuse('value out of range') : number;
}

function found<T>(what: string, look: () => T): T {
    try {
        return look();
    } catch (cause) {
        throw new Error(`${what}, error ${errorText(cause)}`, { cause });
    }
}
