// SPDX-License-Identifier: Apache-2.0
import { ChannelConfiguration } from '@power-currency/engine/channel/channelConfiguration.js';
import { configBlockJson, printJson } from '@power-currency/engine/channel/protolator/configJson.js';
import { ConfigurationError } from '@power-currency/engine/channel/configurationError.js';
import { JoinBlockError, validateJoinBlock } from '@power-currency/engine/ordering/joinBlock.js';
import { decode, encode, MalformedMessageError } from '@power-currency/engine/wire/decode.js';
import { common } from '@power-currency/engine/wire/protobuf.js';
import type { Nodes } from '../nodes';
import { assertForeseen, Flaw, type Change, type Service } from '../service';

/** Errors by which a block is refused as a channel's configuration. */
const refusals = [MalformedMessageError, ConfigurationError, JoinBlockError];

/** Genesis blocks as three readers take them: a peer or orderer that joins, the orderer's checks, and configtxgen's printer. */
export function genesisService({ genesis }: Nodes): Service {
    const block = decode(common.Block, genesis, 'Block');
    const envelope = decode(common.Envelope, block.data?.data?.[0] ?? Buffer.alloc(0), 'Envelope');
    const payload = decode(common.Payload, Buffer.from(envelope.payload), 'Payload');
    const config = decode(common.ConfigEnvelope, Buffer.from(payload.data), 'ConfigEnvelope');
    const rebuilt = (change: Change): Buffer => {
        const data = change('configEnvelope', encode(common.ConfigEnvelope, config));
        const newPayload = change('payload', encode(common.Payload, { header: payload.header ?? {}, data }));
        const newEnvelope = change('envelope', encode(common.Envelope, { payload: newPayload }));
        return change(
            'block',
            encode(common.Block, {
                header: block.header ?? {},
                metadata: block.metadata ?? {},
                data: { data: [newEnvelope] },
            }),
        );
    };
    const readers: readonly (readonly [string, (bytes: Buffer) => unknown])[] = [
        ['configuration', (bytes) => ChannelConfiguration.fromConfigBlock(decode(common.Block, bytes, 'Block'))],
        ['join', (bytes) => validateJoinBlock(decode(common.Block, bytes, 'Block'))],
        ['printed', (bytes) => printJson(configBlockJson(decode(common.Block, bytes, 'Block')))],
    ];
    return {
        name: 'genesis',
        share: 110,
        layers: ['configEnvelope', 'configEnvelope', 'configEnvelope', 'payload', 'envelope', 'block'],
        attempt: (change, random) => {
            const [name, read] = random.pick(readers);
            const bytes = rebuilt(change);
            try {
                read(bytes);
                return Promise.resolve(`${name} read`);
            } catch (error) {
                if (!refusals.some((type) => error instanceof type)) {
                    throw new Flaw(`${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
                }
                assertForeseen((error as Error).message);
                return Promise.resolve(`${name} refused`);
            }
        },
    };
}
