// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { BlockMetadataIndex, blockMetadataEntries, HeaderType } from '../../wire/codes.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import type { SignedData } from '../../wire/envelope.js';
import { blockDataHash, blockHeaderBytes } from '../../wire/hashing.js';
import { common } from '../../wire/protobuf.js';
import { parseTransaction } from '../parsedTransaction.js';

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
    const header = block.header ?? {};
    const number = header.number ?? 0;
    const { channelId } = configuration;
    if (number !== expectedNumber) {
        refuse(`expected block number is [${String(expectedNumber)}] but actual block number inside block is [${String(number)}]`);
    }
    const received = asBuffer(header.previousHash);
    if (!received.equals(previousHash)) {
        refuse(
            `Header.PreviousHash of block [${String(number)}] is different from Hash(block.Header) of previous block, ` +
                `on channel [${channelId}], received: ${received.toString('hex')}, expected: ${previousHash.toString('hex')}`,
        );
    }
    const place = `block with id [${String(number)}] on channel [${channelId}]`;
    if ((block.metadata?.metadata ?? []).length < blockMetadataEntries) {
        refuse(`${place} does not have metadata or contains too few entries`);
    }
    const flaw = flawOfTransactions(block.data?.data ?? []);
    if (flaw !== undefined) {
        refuse(`failed to verify transactions are well formed for ${place}: ${flaw}`);
    }
    const dataHash = blockDataHash(block.data ?? {});
    if (!dataHash.equals(asBuffer(header.dataHash))) {
        refuse(
            `Header.DataHash is different from Hash(block.Data) for ${place}; ` +
                `Header: ${asBuffer(header.dataHash).toString('hex')}, Data: ${dataHash.toString('hex')}`,
        );
    }
    verifySignatures(block, configuration);
}

function verifySignatures(block: common.Block.$Properties, configuration: ChannelConfiguration): void {
    const policy = configuration.policies.get(blockValidationPolicy);
    if (policy === undefined) {
        refuse(`no \`${blockValidationPolicy}\` policy in config block`);
    }
    try {
        policy.evaluate(signaturesOf(block));
    } catch (cause) {
        refuse(cause instanceof Error ? cause.message : String(cause), cause);
    }
}

/** Each orderer signs the metadata value, its own signature header and the header in ASN.1. */
function signaturesOf(block: common.Block.$Properties): SignedData[] {
    const bytes = asBuffer(block.metadata?.metadata?.[BlockMetadataIndex.SIGNATURES]);
    const { value, signatures } = decode(common.Metadata, bytes, 'signatures metadata');
    const header = blockHeaderBytes(block.header ?? {});
    return signatures.map(({ signatureHeader, signature }) => {
        const headerBytes = asBuffer(signatureHeader);
        const { creator } = decode(common.SignatureHeader, headerBytes, 'SignatureHeader');
        return {
            data: Buffer.concat([value, headerBytes, header]),
            identity: asBuffer(creator),
            signature: asBuffer(signature),
        };
    });
}

/**
 * Why the transactions are not well formed. Bytes that Go would write differently are refused, since the peers' hash of
 * the transaction would otherwise depend on the copy they hold; a lone configuration transaction is exempt.
 */
function flawOfTransactions(transactions: readonly Uint8Array[]): string | undefined {
    const [first] = transactions;
    if (first === undefined) {
        return 'empty block';
    }
    if (transactions.length === 1 && parseTransaction(first).type === HeaderType.CONFIG) {
        return undefined;
    }
    for (const [index, bytes] of transactions.entries()) {
        const flaw = flawOfTransaction(bytes);
        if (flaw !== undefined) {
            return `transaction ${String(index)} ${flaw}`;
        }
    }
    return undefined;
}

function flawOfTransaction(bytes: Uint8Array): string | undefined {
    let envelope: common.Envelope;
    try {
        envelope = common.Envelope.decode(bytes);
    } catch (cause) {
        return `is invalid: ${cause instanceof Error ? cause.message : String(cause)}`;
    }
    if (envelope.payload.length === 0) {
        return 'has no payload';
    }
    if (envelope.signature.length === 0) {
        return 'has no signature';
    }
    return undefined;
}

function refuse(message: string, cause?: unknown): never {
    throw new BlockRefusedError(message, { cause });
}
