// SPDX-License-Identifier: Apache-2.0
import { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { isConfigBlock, lastConfigIndex, readConfigBlock } from '../channel/configBlock.js';
import { recordedBlocks, recordedGenesis } from '../ledger/testing/recordings.js';
import { encode } from '../wire/decode.js';
import { common } from '../wire/protobuf.js';
import { proposedConfiguration } from './configurationUpdate.js';

/** The config blocks of a real orderer, each with the configuration it was made under. */
const recorded: { before: ChannelConfiguration; block: common.Block }[] = [];
let before = ChannelConfiguration.fromConfigBlock(recordedGenesis());
for (const { ordererBlock, number } of recordedBlocks('blocks')) {
    if (number > 0 && isConfigBlock(ordererBlock)) {
        recorded.push({ before, block: ordererBlock });
        before = ChannelConfiguration.fromConfigBlock(ordererBlock);
    }
}

/** Go writes maps in random order; JSON of sorted keys does not. */
const comparable = (message: common.ConfigEnvelope.$Properties): unknown =>
    JSON.parse(JSON.stringify(common.ConfigEnvelope.decode(encode(common.ConfigEnvelope, message))));

describe('an update that a real orderer took', () => {
    it('leads to the same configuration, element by element and byte by byte', () => {
        expect(recorded).toHaveLength(6);
        for (const { before: current, block } of recorded) {
            const { config, lastUpdate } = readConfigBlock(block);
            const { content } = proposedConfiguration(current, new common.Envelope(lastUpdate));
            expect(comparable(content)).toEqual(comparable({ config, ...(lastUpdate && { lastUpdate }) }));
            const size = (message: common.ConfigEnvelope.$Properties): number =>
                encode(common.ConfigEnvelope, message).length;
            expect(size(content)).toBe(size({ config, ...(lastUpdate && { lastUpdate }) }));
            expect(lastConfigIndex(block)).toBe(block.header?.number);
        }
    });

    it('is refused when it comes again', () => {
        for (const { before: current, block } of recorded) {
            const { lastUpdate } = readConfigBlock(block);
            const envelope = new common.Envelope(lastUpdate);
            const { configuration } = proposedConfiguration(current, envelope);
            expect(() => proposedConfiguration(configuration, envelope)).toThrow(
                /^error authorizing update: error validating (ReadSet: proposed update requires that key|DeltaSet: attempt to set key) /,
            );
        }
    });
});
