// SPDX-License-Identifier: Apache-2.0
import { isConfigBlock, lastConfigIndex } from '../../../channel/configBlock.js';
import { ChannelConfiguration } from '../../../channel/channelConfiguration.js';
import type { BlockSource } from '../../../delivery/blockSource.js';
import { BlockPuller, type OrdererEndpoint } from '../../../delivery/blockPuller.js';
import { Witness } from '../../../delivery/witness.js';
import type { PrivateDataSource } from '../../../ledger/privateData/blockPrivateData.js';
import type { ChannelLedger } from '../../../ledger/channelLedger.js';
import { BlockValidator } from '../../../ledger/validation/blockValidator.js';
import { BlockRefusedError, verifyBlock } from '../../../ledger/validation/blockVerifier.js';
import type { VerifiedSignatures } from '../../../ledger/validation/verifiedSignatures.js';
import { definitionOf } from '../../../lifecycle/chaincodeDefinitions.js';
import type { PeerChannel } from '../../../lifecycle/peerChannels.js';
import { faultSwitches } from '../../../process/faults/faultSwitches.js';
import { isCollectionMember } from '../../../privateData/collectionMembers.js';
import type { Fetcher } from '../../../privateData/fetcher.js';
import { Reconciler } from '../../../privateData/reconciler.js';
import type { ClientTls } from '../../../process/tls.js';
import type { Signer } from '../../../wire/envelope.js';
import type { common } from '../../../wire/protobuf.js';

/** How a peer gets private data of which it is a member from others. */
interface PrivateDataOptions {
    readonly fetcher: Fetcher;
    /** False: what is missing when a block is committed is left to reconciliation. */
    readonly fetchAtCommit: boolean;
    /** Undefined: what is missing stays missing. */
    readonly reconciliation: { readonly intervalMs: number; readonly batchSize: number } | undefined;
}

export interface FollowOptions {
    readonly signer: Signer;
    /** Good signatures known to the whole peer. */
    readonly signatures: VerifiedSignatures;
    /** The peer's own pair; undefined when the network runs without TLS. */
    readonly clientTls: Omit<ClientTls, 'roots'> | undefined;
    readonly tlsCertHash: Buffer | undefined;
    readonly connectTimeoutMs: number;
    readonly addressOverrides: ReadonlyMap<string, string>;
    /** `host:port` of peers whose blocks are compared with the own ones. */
    readonly witnesses: readonly string[];
    readonly privateData: PrivateDataOptions;
    /** Called when the channel cannot go on, with the reason: a peer in an unknown state must not. */
    readonly onFatal: (error: unknown) => void;
}

/** When a block came and when its transactions were judged, by `performance.now()`. */
interface BlockArrival {
    readonly receivedAt: number;
    readonly validatedAt: number;
}

/** A channel that the peer follows: its ledger, the configuration in force, and the stream of blocks that extends it. */
export class JoinedChannel implements PeerChannel {
    readonly ledger: ChannelLedger;
    readonly source: BlockSource;
    readonly #validator: BlockValidator;
    readonly #puller: BlockPuller;
    readonly #witnesses: readonly Witness[];
    readonly #privateDataSource: PrivateDataSource;
    readonly #reconciler: Reconciler | undefined;
    readonly #options: FollowOptions;
    #configuration: ChannelConfiguration;
    #arrival: BlockArrival = { receivedAt: 0, validatedAt: 0 };

    constructor(ledger: ChannelLedger, options: FollowOptions) {
        this.ledger = ledger;
        this.#options = options;
        this.#configuration = configurationOf(ledger);
        this.source = {
            height: () => ledger.height,
            blockBytes: (number) => ledger.blockBytes(number),
            waitForBlock: (number, signal) => ledger.waitForBlock(number, signal),
        };
        this.#validator = new BlockValidator({
            ledger,
            configuration: () => this.#configuration,
            definitionOf,
            signatures: options.signatures,
        });
        this.#puller = this.#newPuller();
        this.#witnesses = options.witnesses.map((address) => this.#newWitness(address));
        const { fetcher, fetchAtCommit, reconciliation } = options.privateData;
        const isEligible: PrivateDataSource['isEligible'] = (collection) =>
            isCollectionMember(collection, options.signer.serialized, this.#configuration.msps);
        this.#privateDataSource = {
            isEligible,
            fetch: (wanted) => (fetchAtCommit ? fetcher.fetch(this, wanted, true) : Promise.resolve([])),
        };
        const patient: PrivateDataSource = { isEligible, fetch: (wanted) => fetcher.fetch(this, wanted, false) };
        this.#reconciler = reconciliation && new Reconciler(this, patient, reconciliation);
    }

    /** When the block that is committed last came and was judged, by `performance.now()`. */
    get arrival(): BlockArrival {
        return this.#arrival;
    }

    configuration(): ChannelConfiguration {
        return this.#configuration;
    }

    /** Starts to pull blocks from the ordering service. */
    follow(): void {
        this.#puller.start();
        for (const witness of this.#witnesses) witness.start();
        this.#reconciler?.start();
    }

    async close(): Promise<void> {
        await Promise.all([this.#puller, ...this.#witnesses].map((one) => one.stop()));
        await this.#reconciler?.stop();
        await this.ledger.close();
    }

    #newPuller(): BlockPuller {
        const { signer, tlsCertHash, connectTimeoutMs } = this.#options;
        return new BlockPuller({
            channelId: this.ledger.channelId,
            signer,
            connectTimeoutMs,
            ...(tlsCertHash !== undefined && { tlsCertHash }),
            endpoints: () => this.#endpoints(),
            nextNumber: () => this.ledger.height,
            onBlock: (block) => this.#take(block),
        });
    }

    /** A witness is a peer of some member of the channel, whose TLS authorities the configuration names. */
    #newWitness(address: string): Witness {
        const { signer, tlsCertHash, clientTls, onFatal } = this.#options;
        const roots = (): Buffer[] =>
            this.#configuration.application.organisations.flatMap(
                ({ mspId }) => this.#configuration.msps.get(mspId)?.tlsAuthorities ?? [],
            );
        return new Witness({
            channelId: this.ledger.channelId,
            signer,
            ledger: this.ledger,
            ...(tlsCertHash !== undefined && { tlsCertHash }),
            endpoint: () => ({ address, tls: clientTls && { ...clientTls, roots: roots() } }),
            onDivergence: onFatal,
        });
    }

    #endpoints(): OrdererEndpoint[] {
        const { orderer, msps } = this.#configuration;
        const { clientTls, addressOverrides } = this.#options;
        return orderer.organisations.flatMap(({ mspId, endpoints }) =>
            endpoints.map((endpoint) => ({
                address: addressOverrides.get(endpoint) ?? endpoint,
                tls: clientTls && { ...clientTls, roots: msps.get(mspId)?.tlsAuthorities ?? [] },
            })),
        );
    }

    /** Verifies, validates and commits one block. A block that is not the channel's is refused; another orderer may do. */
    async #take(block: common.Block): Promise<void> {
        const { ledger } = this;
        await faultSwitches.until((on) => ledger.height >= (on['hold-block'] ?? Infinity));
        verifyBlock(block, ledger.height, ledger.info().currentBlockHash, this.#configuration);
        const receivedAt = performance.now();
        try {
            const codes = await this.#validator.validate(block);
            this.#arrival = { receivedAt, validatedAt: performance.now() };
            await ledger.commit(block, codes, this.#privateDataSource);
            if (isConfigBlock(block)) this.#configuration = ChannelConfiguration.fromConfigBlock(block);
        } catch (error) {
            if (!(error instanceof BlockRefusedError)) this.#options.onFatal(error);
            throw error;
        }
    }
}

/** The configuration that the newest block names as the one in force. */
function configurationOf(ledger: ChannelLedger): ChannelConfiguration {
    const newest = ledger.block(ledger.height - 1);
    return ChannelConfiguration.fromConfigBlock(ledger.block(lastConfigIndex(newest)));
}
