// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { blockMetadataEntries } from '../../wire/codes.js';
import { asBuffer } from '../../wire/decode.js';
import { errorText } from '../../wire/errorText.js';
import { blockDataHash } from '../../wire/hashing.js';
import type { common } from '../../wire/protobuf.js';
import { blockSignatures } from './blockSignatures.js';
import { flawOfTransactions } from './wellFormedTransactions.js';

/** A block that a peer does not take from an ordering service; it asks another one. */
export class BlockRefusedError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = 'BlockRefusedError';
    }
}

const blockValidationPolicy = '/Channel/Orderer/BlockValidation';

/**
 * What a peer checks on a delivered block before it commits it, in this order: its place in the chain, its shape, its
 * data hash, and the ordering service's signature under the present configuration (common/deliverclient).
 * Throws BlockRefusedError.
 */
export function verifyBlock(
    block: common.Block.$Properties,
    expectedNumber: number,
    previousHash: Buffer,
    configuration: ChannelConfiguration,
): void {
    verifyPlace(block, expectedNumber, previousHash, configuration.channelId);
    const place = `block with id [${String(expectedNumber)}] on channel [${configuration.channelId}]`;
    if ((block.metadata?.metadata ?? []).length < blockMetadataEntries) {
        refuse(`${place} does not have metadata or contains too few entries`);
    }
    const flaw = flawOfTransactions(block.data?.data ?? []);
    if (flaw !== undefined) {
        refuse(`failed to verify transactions are well formed for ${place}: ${flaw}`);
    }
    const [stated, actual] = [asBuffer(block.header?.dataHash), blockDataHash(block.data ?? {})];
    if (!actual.equals(stated)) {
        refuse(
            `Header.DataHash is different from Hash(block.Data) for ${place}; ` +
                `Header: ${stated.toString('hex')}, Data: ${actual.toString('hex')}`,
        );
    }
    verifySignatures(block, configuration);
}

function verifyPlace(
    { header }: common.Block.$Properties,
    expectedNumber: number,
    previousHash: Buffer,
    channelId: string,
): void {
    const number = header?.number ?? 0;
    if (number !== expectedNumber) {
        refuse(
            `expected block number is [${String(expectedNumber)}] but actual block number inside block is [${String(number)}]`,
        );
    }
    const received = asBuffer(header?.previousHash);
    if (!received.equals(previousHash)) {
        refuse(
            `Header.PreviousHash of block [${String(number)}] is different from Hash(block.Header) of previous block, ` +
                `on channel [${channelId}], received: ${received.toString('hex')}, expected: ${previousHash.toString('hex')}`,
        );
    }
}

function verifySignatures(block: common.Block.$Properties, configuration: ChannelConfiguration): void {
    const policy = configuration.policies.get(blockValidationPolicy);
    if (policy === undefined) {
        refuse(`no \`${blockValidationPolicy}\` policy in config block`);
    }
    try {
        policy.evaluate(blockSignatures(block, configuration));
    } catch (cause) {
        refuse(errorText(cause), cause);
    }
}

function refuse(message: string, cause?: unknown): never {
    throw new BlockRefusedError(message, { cause });
}
