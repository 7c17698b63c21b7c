// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { common, orderer, protos } from '../../../wire/protobuf.js';
import {
    answer,
    expectRecorded,
    payload,
    recordedCall,
    recordings,
    runPeer,
    useReplay,
} from '../testing/recordedCalls.js';
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

    const recordedEnvelope = (name: string): Buffer => readFileSync(join(recordings, `config/${name}_envelope.pb`));
    const place = (name: string): void => {
        writeFileSync(`channel-artifacts/${name}_envelope.pb`, recordedEnvelope(name));
    };
    const signers = (bytes: Uint8Array): { update: Buffer; count: number; creator: string } => {
        const payload = common.Payload.decode(common.Envelope.decode(bytes).payload);
        const { configUpdate, signatures } = common.ConfigUpdateEnvelope.decode(payload.data);
        const last = signatures.at(-1)?.signatureHeader ?? Buffer.alloc(0);
        const creator = Buffer.from(common.SignatureHeader.decode(last).creator).toString('base64');
        return { update: Buffer.from(configUpdate), count: signatures.length, creator };
    };

    test('signs a configuration update in its file', async () => {
        place('acl');
        const before = signers(recordedEnvelope('acl'));
        await expectRecorded(replay, 'config-acl-sign-authority');
        const once = signers(readFileSync('channel-artifacts/acl_envelope.pb'));
        expect(once.update.equals(before.update)).toBe(true);
        expect(once.count).toBe(before.count + 1);
        expect(once.creator).not.toBe(before.creator);
        await expectRecorded(replay, 'config-acl-sign-centralbank');
        expect(signers(readFileSync('channel-artifacts/acl_envelope.pb')).count).toBe(before.count + 2);
    });

    test('signs a configuration update and sends it', async () => {
        place('batch');
        const sent: Buffer[] = [];
        await expectRecorded(replay, 'config-batch-update', {
            broadcast: (envelope) => {
                sent.push(Buffer.from(common.Envelope.encode(envelope).finish()));
                return { status: 200 };
            },
        });
        expect(sent.map((bytes) => signers(bytes).count)).toEqual([signers(recordedEnvelope('batch')).count + 1]);
        expect(readFileSync('channel-artifacts/batch_envelope.pb').equals(recordedEnvelope('batch'))).toBe(true);
    });

    test.each(['config-batch-unauthorised-update', 'config-batch-replay'])('%s', async (id) => {
        place('batch');
        place('batch-unauthorised');
        const [, info = ''] = /BAD_REQUEST -- (.*)\n/.exec(recordedCall(id).stderr) ?? [];
        await expectRecorded(replay, id, { broadcast: () => ({ status: 400, info }) });
    });

    test.each([
        [['update', '-c', 'power'], 'Invalid channel create transaction : No configtx file name supplied'],
        [['update', '-f', 'x'], 'Must supply channel ID'],
        [['signconfigtx'], 'Invalid channel create transaction : No configtx file name supplied'],
        [
            ['signconfigtx', '-f', 'none'],
            'channel create configuration tx file not found open none: no such file or directory',
        ],
        [
            ['update', '-c', 'other', '-f', 'channel-artifacts/batch_envelope.pb'],
            'Invalid channel create transaction : mismatched channel ID power != other',
        ],
        [
            ['signconfigtx', '-f', 'channel-artifacts/garbage.block'],
            'error unmarshalling Envelope: proto: cannot parse invalid wire-format data',
        ],
        [['signconfigtx', '-f', 'channel-artifacts/seek.pb'], 'Invalid channel create transaction : bad type'],
    ])('%p is refused', async (argv, text) => {
        place('batch');
        const channelHeader = common.ChannelHeader.encode({ type: 5, channelId: 'power' }).finish();
        const seek = common.Payload.encode({ header: { channelHeader } }).finish();
        writeFileSync('channel-artifacts/seek.pb', common.Envelope.encode({ payload: seek }).finish());
        const { stderr, exit } = await runPeer(replay, ['channel', ...argv]);
        expect(stderr).toContain(`Error: ${text}\n`);
        expect(exit).toBe(1);
    });
});
