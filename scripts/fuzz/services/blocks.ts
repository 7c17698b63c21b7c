// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { ChannelConfiguration } from '@power-currency/engine/channel/channelConfiguration.js';
import { parsePolicyText } from '@power-currency/engine/policy/policyText.js';
import { ChannelLedger } from '@power-currency/engine/ledger/channelLedger.js';
import { BlockValidator } from '@power-currency/engine/ledger/validation/blockValidator.js';
import { ConfigurationRefusedError } from '@power-currency/engine/channel/update/nextConfiguration.js';
import { BlockRefusedError, verifyBlock } from '@power-currency/engine/ledger/validation/blockVerifier.js';
import { signedBlock } from '@power-currency/engine/ordering/blockWriter.js';
import { validationCodeName } from '@power-currency/engine/wire/codes.js';
import { decode, encode, MalformedMessageError } from '@power-currency/engine/wire/decode.js';
import type { Signer } from '@power-currency/engine/wire/envelope.js';
import { common } from '@power-currency/engine/wire/protobuf.js';
import { levels, TransactionForge } from '../../scenarios/hostile/transactionForge';
import { chaincode } from '../deployment';
import { channelId, mspId, type Nodes } from '../nodes';
import { assertForeseen, Flaw, type Change, type Service } from '../service';

/** Most blocks are judged only; writing each to disk would take most of the time. */
const committedOneIn = 10;

/** A peer as far as blocks go: takes them one after the other, each onto the chain that the one before has left. */
class Follower {
    readonly ledger: ChannelLedger;
    readonly #configuration: ChannelConfiguration;
    readonly #validator: BlockValidator;
    #last: Promise<unknown> = Promise.resolve();

    constructor(ledger: ChannelLedger, configuration: ChannelConfiguration) {
        this.ledger = ledger;
        this.#configuration = configuration;
        const signaturePolicy = parsePolicyText(`OR('${mspId}.peer')`);
        const validationParameter = encode(common.ApplicationPolicy, { signaturePolicy });
        const definition = { validationPlugin: 'vscc', validationParameter, collections: {} };
        this.#validator = new BlockValidator({
            ledger,
            configuration: () => configuration,
            definitionOf: (_, name) => (name === chaincode ? definition : undefined),
        });
    }

    /** What becomes of the block that `forge` makes for the end of the chain. Throws Flaw for what would stop the peer. */
    take(forge: (end: ChainEnd) => Buffer, commit: boolean): Promise<string> {
        const taken = this.#last.then(() => {
            const previousHash = this.ledger.info().currentBlockHash;
            return this.#judge(forge({ nextNumber: this.ledger.height, previousHash, lastConfig: 0 }), commit);
        });
        this.#last = taken.catch(() => undefined);
        return taken.catch((error: unknown) => {
            throw new Flaw(`a block stops the peer: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
        });
    }

    async #judge(bytes: Buffer, commit: boolean): Promise<string> {
        try {
            const block = decode(common.Block, bytes, 'Block');
            verifyBlock(block, this.ledger.height, this.ledger.info().currentBlockHash, this.#configuration);
            const codes = await this.#validator.validate(block);
            if (commit) await this.ledger.commit(block, codes);
            return codes.length === 1 ? validationCodeName(codes[0] ?? 255) : 'several';
        } catch (error) {
            // A configuration that the ordering service lets through and nobody can follow: Fabric's peer stops there too.
            if (error instanceof ConfigurationRefusedError) return 'stops';
            if (!(error instanceof BlockRefusedError) && !(error instanceof MalformedMessageError)) throw error;
            assertForeseen(error.message);
            return 'refused';
        }
    }
}

type ChainEnd = Parameters<typeof signedBlock>[1];

/** Whole blocks as an orderer with a genuine key may send them, to a peer's verification, validation and ledger. */
export async function blockService(nodes: Nodes): Promise<Service & { close(): Promise<void> }> {
    const { directory, genesis, signers } = nodes;
    const genesisBlock = decode(common.Block, genesis, 'Block');
    const dir = join(directory, 'blocks-under-fire');
    const ledger = await ChannelLedger.create({ dir, channelId, mspId }, genesisBlock);
    const follower = new Follower(ledger, ChannelConfiguration.fromConfigBlock(genesisBlock));
    const forge = new TransactionForge(signers.user, [signers.peer], channelId, chaincode);
    return {
        name: 'blocks',
        share: 70,
        layers: [...levels, ...levels, 'metadata', 'block'],
        attempt: (change, random) => {
            const commit = random.chance(committedOneIn);
            const range = { startKey: 'k', endKey: 'l', itrExhausted: true, rawReads: {} };
            const set = {
                reads: [{ key: 'none' }],
                writes: [{ key: `k${String(random.below(9))}`, value: Buffer.from('v') }],
                rangeQueriesInfo: random.chance(3) ? [range] : [],
            };
            const transaction = forge.forge({ namespaces: [{ namespace: chaincode, set }], change });
            return follower.take((end) => forgeBlock(transaction, end, signers.orderer, change), commit);
        },
        close: () => ledger.close(),
    };
}

function forgeBlock(transaction: Buffer, end: ChainEnd, orderer: Signer, change: Change): Buffer {
    const block = signedBlock([transaction], end, orderer);
    const [signatures, ...others] = block.metadata?.metadata ?? [];
    const metadata = [change('metadata', Buffer.from(signatures ?? [])), ...others];
    return change('block', encode(common.Block, { ...block, metadata: { metadata } }));
}
