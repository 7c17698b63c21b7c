// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { isConfigBlock } from '../channel/configBlock.js';
import { checkConsenters } from '../channel/consenterRules.js';
import type { Consenter } from '../channel/ordererConfiguration.js';
import { asBuffer } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { blockDataHash } from '../wire/hashing.js';
import type { common } from '../wire/protobuf.js';

/** A join block that cannot be used; the text follows `cannot join: ` or stands alone as Fabric writes it. */
export class JoinBlockError extends Error {
    override readonly name = 'JoinBlockError';
}

/** Checks that a block is the genesis block of an application channel (channelparticipation/validator.go). Throws JoinBlockError. */
export function validateJoinBlock(block: common.Block): ChannelConfiguration {
    if (!isConfigBlock(block)) {
        throw new JoinBlockError('invalid join block: block is not a config block');
    }
    if ((block.metadata?.metadata?.length ?? 0) === 0) {
        throw new JoinBlockError('invalid join block: invalid block: does not have metadata');
    }
    if (!blockDataHash(block.data ?? {}).equals(asBuffer(block.header?.dataHash))) {
        throw new JoinBlockError(
            'invalid join block: invalid block: Header.DataHash is different from Hash(block.Data)',
        );
    }
    try {
        return ChannelConfiguration.fromConfigBlock(block);
    } catch (error) {
        throw new JoinBlockError(`invalid join block: ${errorText(error)}`);
    }
}

/**
 * Checks that this node can order the channel alone: it starts at block 0, its consensus type is etcdraft, and this
 * node's TLS certificate is that of the only consenter. Throws JoinBlockError naming what the engine cannot do.
 */
export function assertSoleConsenter(
    block: common.Block,
    configuration: ChannelConfiguration,
    ownTlsCertificate: Buffer | undefined,
): void {
    const number = block.header?.number ?? 0;
    if (number !== 0) {
        throw new JoinBlockError(
            `cannot join: the embedded engine joins a channel at its genesis block only, not at block ${String(number)}`,
        );
    }
    const { consensusType, consensusState, consenters } = configuration.orderer;
    if (consensusType === 'BFT') {
        throw new JoinBlockError('cannot join: the embedded engine does not support consensus type BFT');
    }
    if (consensusType !== 'etcdraft') {
        throw new JoinBlockError(`cannot join: failed to find a consenter for consensus type: ${consensusType}`);
    }
    if (consensusState !== 0) {
        throw new JoinBlockError('cannot join: the embedded engine does not support maintenance mode');
    }
    try {
        checkConsenters(configuration);
    } catch (error) {
        const stage = 'failed to determine cluster membership from join-block';
        throw new JoinBlockError(
            `cannot join: ${stage}: failed to validate config metadata of ordering config: ${errorText(error)}`,
        );
    }
    assertOwn(consenters, ownTlsCertificate);
}

function assertOwn(consenters: readonly Consenter[], ownTlsCertificate: Buffer | undefined): void {
    const [only, ...others] = consenters;
    if (only === undefined || others.length > 0) {
        throw new JoinBlockError(
            `cannot join: the embedded engine orders alone, but the channel has ${String(consenters.length)} consenters`,
        );
    }
    const own = publicKeyOf(ownTlsCertificate);
    const named = [publicKeyOf(only.clientTlsCert), publicKeyOf(only.serverTlsCert)];
    if (own === undefined || !named.some((key) => key?.equals(own) === true)) {
        throw new JoinBlockError(
            "cannot join: this orderer's TLS certificate is not that of the channel's consenter " +
                `${only.host}:${String(only.port)}, and the embedded engine does not follow other orderers`,
        );
    }
}

/** Consenters are told by public key, so that a renewed certificate still counts (common/crypto, CertificatesWithSamePublicKey). */
function publicKeyOf(pem: Buffer | undefined): Buffer | undefined {
    try {
        return new X509Certificate(pem ?? '').publicKey.export({ type: 'spki', format: 'der' });
    } catch {
        return undefined;
    }
}
