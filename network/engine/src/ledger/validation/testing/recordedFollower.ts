// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelConfiguration } from '../../../channel/channelConfiguration.js';
import { isConfigBlock, readConfigBlock } from '../../../channel/configBlock.js';
import { definitionOf } from '../../../lifecycle/chaincodeDefinitions.js';
import type { common } from '../../../wire/protobuf.js';
import { ChannelLedger } from '../../channelLedger.js';
import type { CommittedBlock } from '../../blocks/committedBlock.js';
import { recordedGenesis } from '../../testing/recordings.js';
import { verifyBlock } from '../blockVerifier.js';
import { BlockValidator } from '../blockValidator.js';

/** A peer of the recorded channel as far as validation goes: takes the recorded blocks one after the other. */
export class RecordedFollower {
    readonly ledger: ChannelLedger;
    readonly #directory: string;
    readonly #validator: BlockValidator;
    #configuration: ChannelConfiguration;

    private constructor(ledger: ChannelLedger, directory: string, configuration: ChannelConfiguration) {
        this.ledger = ledger;
        this.#directory = directory;
        this.#configuration = configuration;
        this.#validator = new BlockValidator({ ledger, configuration: () => this.#configuration, definitionOf });
    }

    /** `mspId`: whose peer this is, which decides what private data it keeps. */
    static async start(mspId: string, genesis = recordedGenesis()): Promise<RecordedFollower> {
        const directory = mkdtempSync(join(tmpdir(), 'follower-'));
        const { channelId } = readConfigBlock(genesis);
        const ledger = await ChannelLedger.create({ dir: directory, channelId, mspId }, genesis);
        return new RecordedFollower(ledger, directory, ChannelConfiguration.fromConfigBlock(genesis));
    }

    configuration(): ChannelConfiguration {
        return this.#configuration;
    }

    /** Throws BlockRefusedError for a block that a peer would not take. */
    verify(block: common.Block): void {
        verifyBlock(block, this.ledger.height, this.ledger.info().currentBlockHash, this.#configuration);
    }

    async take(block: common.Block): Promise<CommittedBlock> {
        this.verify(block);
        const committed = await this.ledger.commit(block, await this.#validator.validate(block));
        if (isConfigBlock(block)) {
            this.#configuration = ChannelConfiguration.fromConfigBlock(block);
        }
        return committed;
    }

    async stop(): Promise<void> {
        await this.ledger.close();
        rmSync(this.#directory, { recursive: true });
    }
}
