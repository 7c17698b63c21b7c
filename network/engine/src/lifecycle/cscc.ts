// SPDX-License-Identifier: Apache-2.0
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { lastConfigIndex, readConfigBlock } from '../channel/configBlock.js';
import { decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common, protos } from '../wire/protobuf.js';
import type { AccessControl } from './accessControl.js';
import type { PeerChannels } from './peerChannels.js';
import { failure, success, type SystemCall, type SystemChaincode } from './systemChaincode.js';

interface CsccOptions {
    readonly channels: PeerChannels;
    readonly accessControl: Pick<AccessControl, 'checkAcl'>;
}

type Answer = protos.Response.$Properties | Promise<protos.Response.$Properties>;

/** The system chaincode `cscc`: joining channels and reading their configuration (core/scc/cscc/configure.go). */
export class Cscc implements SystemChaincode {
    readonly name = 'cscc';
    readonly usesSimulation = false;
    readonly #options: CsccOptions;
    readonly #functions: ReadonlyMap<string, (call: SystemCall) => Answer>;

    constructor(options: CsccOptions) {
        this.#options = options;
        this.#functions = new Map<string, (call: SystemCall) => Answer>([
            ['JoinChain', (call) => this.#joinChain(call)],
            ['JoinChainBySnapshot', (call) => this.#joinChainBySnapshot(call)],
            ['JoinBySnapshotStatus', (call) => this.#joinBySnapshotStatus(call)],
            ['GetChannels', (call) => this.#channelList(call)],
            ['GetConfigBlock', (call) => this.#configBlock(call)],
            ['GetChannelConfig', (call) => this.#channelConfig(call)],
        ]);
    }

    async invoke(call: SystemCall): Promise<protos.Response.$Properties> {
        const [name] = call.args;
        if (name === undefined) {
            return failure('Incorrect number of arguments, 0');
        }
        if (call.calledThrough !== undefined) {
            return failure(
                `Rejecting invoke of CSCC from another chaincode, original invocation for '${call.calledThrough}'`,
            );
        }
        const run = this.#functions.get(name.toString('utf8'));
        if (run === undefined) {
            return failure(`Requested function ${name.toString('utf8')} not found.`);
        }
        try {
            return await run(call);
        } catch (error) {
            return failure(errorText(error));
        }
    }

    async #joinChain(call: SystemCall): Promise<protos.Response.$Properties> {
        const bytes = requiredArgument(call, 'Cannot join the channel, no block provided');
        const block = parseGenesisBlock(bytes);
        const channelId = channelOf(block);
        validateGenesisBlock(block, channelId);
        this.#authorise('JoinChain', channelId, call);
        if (this.#options.channels.get(channelId) !== undefined) {
            throw new Error(
                `cannot create ledger from genesis block: ledger [${channelId}] already exists with state [ACTIVE]`,
            );
        }
        try {
            await this.#options.channels.join(block);
        } catch (cause) {
            throw new Error(`cannot create ledger from genesis block: ${errorText(cause)}`, { cause });
        }
        return success();
    }

    #joinChainBySnapshot(call: SystemCall): protos.Response.$Properties {
        this.#authorise('JoinChainBySnapshot', '', call);
        return failure('JoinChainBySnapshot is not supported by this engine');
    }

    /** Nothing is ever in progress: snapshots are not supported. The answer is an empty JoinBySnapshotStatus. */
    #joinBySnapshotStatus(call: SystemCall): protos.Response.$Properties {
        this.#authorise('JoinBySnapshotStatus', '', call);
        return success();
    }

    #channelList(call: SystemCall): protos.Response.$Properties {
        this.#authorise('GetChannels', '', call);
        const channels = this.#options.channels.ids().map((channelId) => ({ channelId }));
        return success(encode(protos.ChannelQueryResponse, { channels }));
    }

    #configBlock(call: SystemCall): protos.Response.$Properties {
        const channelId = channelArgument(call);
        this.#authorise('GetConfigBlock', channelId, call);
        const ledger = this.#options.channels.get(channelId)?.ledger;
        if (ledger === undefined) {
            throw new Error(`Unknown channel ID, ${channelId}`);
        }
        return success(ledger.blockBytes(lastConfigIndex(ledger.block(ledger.height - 1))));
    }

    #channelConfig(call: SystemCall): protos.Response.$Properties {
        const channelId = channelArgument(call);
        this.#authorise('GetChannelConfig', channelId, call);
        const channel = this.#options.channels.get(channelId);
        if (channel === undefined) {
            throw new Error(`unknown channel ID, ${channelId}`);
        }
        return success(encode(common.Config, channel.configuration().config));
    }

    #authorise(functionName: string, channelId: string, { signedProposal }: SystemCall): void {
        try {
            this.#options.accessControl.checkAcl(`${this.name}/${functionName}`, channelId, signedProposal);
        } catch (cause) {
            // Fabric words it in three ways, and scripts compare texts.
            const subject = channelId === '' ? `[${functionName}]` : `[${functionName}][${channelId}]`;
            const reason = functionName === 'JoinChain' ? `[${errorText(cause)}]` : errorText(cause);
            throw new Error(`access denied for ${subject}: ${reason}`, { cause });
        }
    }
}

function parseGenesisBlock(bytes: Buffer): common.Block {
    try {
        return decode(common.Block, bytes, 'Block');
    } catch (cause) {
        throw new Error(`Failed to reconstruct the genesis block, ${errorText(cause)}`, { cause });
    }
}

function channelOf(block: common.Block): string {
    try {
        return readConfigBlock(block).channelId;
    } catch (cause) {
        throw new Error(
            `"JoinChain" request failed to extract channel id from the block due to [${errorText(cause)}]`,
            {
                cause,
            },
        );
    }
}

/** The peer must understand every capability of the channel it is about to follow. */
function validateGenesisBlock(block: common.Block, channelId: string): void {
    try {
        ChannelConfiguration.fromConfigBlock(block).requireSupportedCapabilities();
    } catch (cause) {
        throw new Error(
            `"JoinChain" for channelID = ${channelId} failed because of validation of configuration block, because of ${errorText(cause)}`,
            { cause },
        );
    }
}

function channelArgument(call: SystemCall): string {
    const channelId = requiredArgument(call, 'empty channel name provided').toString('utf8');
    if (channelId === '') {
        throw new Error('empty channel name provided');
    }
    return channelId;
}

function requiredArgument({ args }: SystemCall, missing: string): Buffer {
    const [, argument] = args;
    if (argument === undefined) {
        throw new Error(missing);
    }
    return argument;
}
