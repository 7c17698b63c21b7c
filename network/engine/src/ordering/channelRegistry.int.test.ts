// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadLocalMsp } from '../identity/localMsp.js';
import { BlockStore } from '../ledger/blocks/blockStore.js';
import { redirectLog } from '../process/logging.js';
import { ChannelRegistry, type ChannelRegistryOptions } from './channelRegistry.js';
import { testOrdering, type TestOrdering } from './testing/testOrdering.js';

let network: TestOrdering;
let options: ChannelRegistryOptions;
const showLog = redirectLog(() => undefined);

beforeAll(async () => {
    network = testOrdering();
    options = {
        directory: join(network.directory, 'registry'),
        signer: loadLocalMsp(network.orderers.mspFolder('orderer0'), 'OrdererMSP').signer,
        tlsCertificate: readFileSync(join(network.tlsFolder, 'server.crt')),
    };
});
afterAll(() => {
    showLog();
    rmSync(network.directory, { recursive: true });
});

describe('the channels of an orderer', () => {
    it('are found again after a restart, in the order of their names', async () => {
        const first = await ChannelRegistry.open(options);
        await first.join(network.genesis('two'));
        await first.join(network.genesis('one'));
        await first.close();
        const second = await ChannelRegistry.open(options);
        expect(second.list().map((channel) => [channel.channelId, channel.height()])).toEqual([
            ['one', 1],
            ['two', 1],
        ]);
        await second.close();
    });

    it('do not include one whose join was interrupted, and it can be joined then', async () => {
        const folder = join(options.directory, 'chains', 'half');
        await (await BlockStore.open(folder)).close();
        const registry = await ChannelRegistry.open(options);
        expect(registry.get('half')).toBeUndefined();
        expect(existsSync(folder)).toBe(false);
        expect((await registry.join(network.genesis('half'))).height()).toBe(1);
        await registry.close();
    });

    it('leave nothing of one whose removal was interrupted', async () => {
        const leftOver = join(options.directory, 'removed', 'gone-1');
        mkdirSync(leftOver, { recursive: true });
        await (await ChannelRegistry.open(options)).close();
        expect(existsSync(leftOver)).toBe(false);
    });

    it('refuse a second join while the first is under way', async () => {
        const registry = await ChannelRegistry.open(options);
        const block = network.genesis('twice');
        const [first, second] = await Promise.allSettled([registry.join(block), registry.join(block)]);
        expect(first.status).toBe('fulfilled');
        expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'busy' } });
        await registry.remove('twice');
        expect(existsSync(join(options.directory, 'chains', 'twice'))).toBe(false);
        await registry.close();
    });
});
