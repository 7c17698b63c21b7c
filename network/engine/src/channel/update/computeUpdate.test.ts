// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from '../../wire/decode.js';
import { common } from '../../wire/protobuf.js';
import { computeUpdate } from './computeUpdate.js';

const recordings = join(__dirname, '../../../fixtures/fabric-3.1.5');
const recorded = (file: string): Buffer => readFileSync(join(recordings, 'config', file));
const config = (file: string): common.Config => common.Config.decode(recorded(file));
const comparable = (update: common.ConfigUpdate.$Properties): unknown =>
    common.ConfigUpdate.decode(encode(common.ConfigUpdate, update));

function genesisConfig(): common.Config {
    const block = common.Block.decode(readFileSync(join(recordings, 'network/genesis.pb')));
    const envelope = common.Envelope.decode(block.data?.data?.[0] ?? Buffer.alloc(0));
    const { data } = common.Payload.decode(envelope.payload);
    return new common.Config(common.ConfigEnvelope.decode(data).config ?? {});
}

describe('the update between two configurations', () => {
    it('is the one that configtxlator computed', () => {
        const update = computeUpdate('power', config('batch_original.pb'), config('batch_modified.pb'));
        expect(comparable(update)).toEqual(common.ConfigUpdate.decode(recorded('batch_update.pb')));
    });

    it('lists every other member of a group that gets a new one', () => {
        // The recorded update gave the regulator an anchor peer, its first.
        const expected = common.ConfigUpdate.decode(recorded('anchor_update.pb'));
        const updated = genesisConfig();
        const written = expected.writeSet?.groups?.Application?.groups ?? {};
        const [name = ''] = Object.keys(written);
        const organisation = updated.channelGroup?.groups?.Application?.groups?.[name];
        const value = written[name]?.values?.AnchorPeers;
        if (organisation?.values === undefined || value === undefined) throw new Error('nothing recorded');
        organisation.values = { ...organisation.values, AnchorPeers: value };
        expect(comparable(computeUpdate('power', genesisConfig(), updated))).toEqual(expected);
    });

    it('gives a group that loses a member a new version and leaves the member out', () => {
        const updated = genesisConfig();
        const application = updated.channelGroup?.groups?.Application;
        const names = Object.keys(application?.groups ?? {});
        delete application?.groups?.[names[0] ?? ''];
        const { readSet, writeSet } = computeUpdate('power', genesisConfig(), updated);
        expect(readSet?.groups?.Application?.version).toBeUndefined();
        expect(writeSet?.groups?.Application?.version).toBe(1);
        expect(Object.keys(writeSet?.groups?.Application?.groups ?? {}).sort()).toEqual(names.slice(1).sort());
    });

    it('does not exist between equals', () => {
        expect(() => computeUpdate('power', genesisConfig(), genesisConfig())).toThrow(
            'no differences detected between original and updated config',
        );
    });
});
