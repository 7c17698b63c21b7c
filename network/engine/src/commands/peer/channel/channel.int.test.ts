// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { common, orderer, protos } from '../../../wire/protobuf.js';
import { answer, expectRecorded, payload, recordings, useReplay } from '../testing/recordedCalls.js';
import type { Answers } from '../testing/standInNetwork.js';

const replay = useReplay();

describe('peer channel', () => {
    test('joins, lists and tells the height', async () => {
        await expectRecorded(replay, 'peer-channel-join-authority', answer({ status: 200 }));
        await expectRecorded(replay, 'peer-channel-list-empty', payload(protos.ChannelQueryResponse, {}));
        await expectRecorded(
            replay,
            'peer-channel-list',
            payload(protos.ChannelQueryResponse, { channels: [{ channelId: 'power' }] }),
        );
        const hash = Buffer.from('gO9CkRkFFLxthBSbVZVHUhEqR6EQikC+GLf7PB1mG54=', 'base64');
        const genesis = payload(common.BlockchainInfo, { height: 1, currentBlockHash: hash });
        await expectRecorded(replay, 'peer-channel-getinfo-genesis', genesis);
        expect(readFileSync('channel-artifacts/power.block')).toHaveLength(
            readFileSync(join(recordings, 'network/genesis.pb')).length,
        );
    });

    const block = (number: string): orderer.DeliverResponse.$Properties => ({
        block: common.Block.decode(readFileSync(join(recordings, `blocks/${number}.pb`))),
    });
    const deliverOf =
        (byStart: Readonly<Record<string, string>>): Answers['deliver'] =>
        ({ payload: bytes }) => {
            const { data } = common.Payload.decode(bytes);
            const { start } = orderer.SeekInfo.decode(data);
            const name =
                byStart[start?.newest ? 'newest' : start?.oldest ? 'oldest' : String(start?.specified?.number ?? 0)];
            return name === undefined ? [{ status: 404 }] : [block(name), { status: 200 }];
        };

    test('fetches a block as it is', async () => {
        await expectRecorded(replay, 'peer-channel-fetch-0', { deliver: deliverOf({ '0': '0000' }) });
        expect(
            readFileSync('channel-artifacts/fetch0.pb').equals(readFileSync(join(recordings, 'blocks/0000.pb'))),
        ).toBe(true);
        await expectRecorded(replay, 'peer-channel-fetch-oldest-from-peer', { deliver: deliverOf({ oldest: '0000' }) });
    });

    test('finds the last configuration through the newest block', async () => {
        await expectRecorded(replay, 'config-close-writers-fetch', {
            deliver: deliverOf({ newest: '0091', '89': '0089' }),
        });
    });

    test.each(['peer-channel-fetch-beyond', 'peer-channel-fetch-unknown-channel', 'peer-channel-fetch-bad-arg'])(
        '%s',
        (id) => expectRecorded(replay, id),
    );
});
