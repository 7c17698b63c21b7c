// SPDX-License-Identifier: Apache-2.0
import { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { asBuffer, decode, encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { parseBlock } from './parsedTransaction.js';
import { recordedBlocks, recordedGenesis } from '../testing/recordings.js';
import { ConfigurationRefusedError, nextConfiguration } from '../../channel/update/nextConfiguration.js';

// Configuration transactions of a real network, each with the configuration it was made under.
const recorded: { current: ChannelConfiguration; data: Buffer }[] = [];
let current = ChannelConfiguration.fromConfigBlock(recordedGenesis());
for (const { ordererBlock } of recordedBlocks('blocks').slice(1)) {
    const [transaction] = parseBlock(ordererBlock);
    if (transaction?.isConfiguration === true) {
        recorded.push({ current, data: asBuffer(transaction.payload.data) });
        current = ChannelConfiguration.fromConfigBlock(ordererBlock);
    }
}

function first(): { current: ChannelConfiguration; envelope: common.ConfigEnvelope } {
    const [entry] = recorded;
    if (entry === undefined) throw new Error('no configuration recorded');
    return { current: entry.current, envelope: decode(common.ConfigEnvelope, entry.data, 'ConfigEnvelope') };
}

/** The recorded transaction with its signed update changed. */
function withUpdate(change: (update: common.ConfigUpdateEnvelope) => void): Buffer {
    const { envelope } = first();
    const payload = decode(common.Payload, asBuffer(envelope.lastUpdate?.payload), 'Payload');
    const update = decode(common.ConfigUpdateEnvelope, payload.data, 'ConfigUpdateEnvelope');
    change(update);
    const data = encode(common.ConfigUpdateEnvelope, update);
    const lastUpdate = { payload: encode(common.Payload, { header: payload.header ?? {}, data }) };
    return encode(common.ConfigEnvelope, { config: envelope.config ?? {}, lastUpdate });
}

describe('a configuration transaction', () => {
    it('follows from the configuration before it when it was recorded so', () => {
        expect(recorded).toHaveLength(6);
        for (const { current: before, data } of recorded) {
            expect(nextConfiguration(before, data).sequence).toBe(before.sequence + 1);
        }
    });

    function expectRefusal(data: Buffer, reason: string): void {
        expect(() => nextConfiguration(first().current, data)).toThrow(ConfigurationRefusedError);
        expect(() => nextConfiguration(first().current, data)).toThrow(reason);
    }

    it('is refused when another one came between', () => {
        const [, second] = recorded;
        expectRefusal(
            second?.data ?? Buffer.alloc(0),
            'config currently at sequence 0, cannot validate config at sequence 2',
        );
    });

    it('is refused without an update', () => {
        expectRefusal(encode(common.ConfigEnvelope, { config: first().envelope.config ?? {} }), 'nil last update');
    });

    it('is refused when the update is not signed by those whom the changed elements name', () => {
        expectRefusal(
            withUpdate((update) => {
                update.signatures = [];
            }),
            ' not satisfied: ',
        );
    });

    it('is refused when the signatures cover another update', () => {
        expectRefusal(
            withUpdate((update) => {
                const changed = decode(common.ConfigUpdate, update.configUpdate, 'ConfigUpdate');
                changed.isolatedData = { more: Buffer.from('data') };
                update.configUpdate = encode(common.ConfigUpdate, changed);
            }),
            ' not satisfied: ',
        );
    });

    it('is refused when the update is for another channel', () => {
        expectRefusal(
            withUpdate((update) => {
                const changed = decode(common.ConfigUpdate, update.configUpdate, 'ConfigUpdate');
                changed.channelId = 'other';
                update.configUpdate = encode(common.ConfigUpdate, changed);
            }),
            "ConfigUpdate for channel 'other' but envelope for channel 'power'",
        );
    });

    it('is refused when it was made from an older version of an element', () => {
        expectRefusal(
            withUpdate((update) => {
                const changed = decode(common.ConfigUpdate, update.configUpdate, 'ConfigUpdate');
                changed.readSet = { ...changed.readSet, version: 7 };
                update.configUpdate = encode(common.ConfigUpdate, changed);
            }),
            'proposed update requires that key [Group]  /Channel be at version 7, but it is currently at version 0',
        );
    });

    it('is refused when it says more than its update', () => {
        const { envelope } = first();
        const value = envelope.config?.channelGroup?.groups?.Orderer?.values?.BatchSize;
        if (value === undefined) throw new Error('no batch size');
        value.value = encode(common.HashingAlgorithm, { name: 'other bytes' });
        expectRefusal(
            encode(common.ConfigEnvelope, envelope),
            'ConfigEnvelope LastUpdate did not produce the supplied config result',
        );
    });
});
