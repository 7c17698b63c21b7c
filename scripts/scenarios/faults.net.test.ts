// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCommitted, openWallet, TestNetwork } from './testNetwork';

jest.setTimeout(120_000);

const engine = process.env.POWER_TEST_ENGINE ?? 'embedded';
const endorsers = ['CooperativeMSP', 'CentralBankMSP'];
const network = new TestNetwork(engine);

afterAll(() => {
    network.down();
});

const onFabric = (): void => {
    it('Hyperledger Fabric has no fault switches, and is asked for none', () => {
        const { status, stderr } = network.run('up', '-faults');
        expect({ status, stderr }).toMatchObject({
            status: 1,
            stderr: expect.stringContaining('has no fault switches') as string,
        });
    });
};

const onEmbedded = (): void => {
    it('have faults while they are switched on, and none afterwards', async () => {
        // The demonstration founds the currency: only then do members open wallets.
        network.succeed('demo', '-faults');
        expect(network.succeed('fault', 'list')).toContain('Every fault switch is off.');
        const cooperative = network.ledger('cooperative', endorsers);
        await openWallet(cooperative);

        // Ordering paused: the transaction waits, and is committed once when ordering goes on.
        network.succeed('fault', 'pause-ordering', 'on', 'authority-orderer');
        expect(network.succeed('fault', 'list')).toMatch(/authority-orderer\s+pause-ordering/);
        const { chain } = network.open('cooperative');
        const { height: pausedAt } = await chain.chainInfo();
        const waiting = openWallet(cooperative);
        await sleep(2_000);
        expect((await chain.chainInfo()).height).toBe(pausedAt);
        network.succeed('fault', 'pause-ordering', 'off', 'authority-orderer');
        expect(await isCommitted(chain, (await waiting).txId)).toBe(true);

        // A peer that holds blocks falls behind, the others go on; released, it catches up.
        const { height } = await network.agreedChain();
        network.succeed('fault', 'hold-block', 'on', 'regulator-peer', String(height));
        await openWallet(cooperative);
        await sleep(500);
        expect((await network.open('regulator').chain.chainInfo()).height).toBe(height);
        expect((await chain.chainInfo()).height).toBeGreaterThan(height);
        network.succeed('fault', 'hold-block', 'off', 'regulator-peer');
        await network.agreedChain();

        // Without its links a peer finds no second endorser and no orderer; with them it finds both again.
        network.succeed('fault', 'drop-link', 'on', 'cooperative-peer', '*');
        await expect(openWallet(cooperative)).rejects.toThrow();
        network.succeed('fault', 'drop-link', 'off', 'cooperative-peer');
        await openWallet(cooperative);

        // A clock that is behind makes every proposal one from the future (peer.authentication.timewindow is 2m).
        network.succeed('fault', 'skew-clock', 'on', 'cooperative-peer', '-10m');
        await expect(openWallet(cooperative)).rejects.toThrow();
        network.succeed('fault', 'skew-clock', 'off', 'cooperative-peer');
        await openWallet(cooperative);
        await network.agreedChain();

        const refused = network.run('fault', 'slow-endorser', 'on', 'authority-orderer', '1s');
        expect(refused).toMatchObject({
            status: 1,
            stderr: expect.stringContaining('slow-endorser is a switch of peer') as string,
        });
    });

    it('wait for a slow endorser', async () => {
        const cooperative = network.ledger('cooperative', endorsers);
        network.succeed('fault', 'slow-endorser', 'on', 'cooperative-peer', '1500ms');
        const begun = performance.now();
        await openWallet(cooperative);
        expect(performance.now() - begun).toBeGreaterThanOrEqual(1_500);
        network.succeed('fault', 'slow-endorser', 'off', 'cooperative-peer');
    });

    it('a deployment waits for a peer that has not seen the approvals of others', async () => {
        const slow = ['cooperative-peer', 'authority-peer'];
        const { chain } = network.open('authority');
        const { height } = await network.agreedChain();
        // The central bank approves first, and its peer stops after that block; the others approve two seconds later.
        for (const node of slow) network.succeed('fault', 'slow-endorser', 'on', node, '2s');
        network.succeed('fault', 'hold-block', 'on', 'centralbank-peer', String(height + 1n));
        const deployed = once(network.begin('deployCC', '-ccv', '1.1'), 'exit');
        while ((await chain.chainInfo()).height < height + 2n) await sleep(200);
        await sleep(5_000);
        expect((await network.open('centralbank').chain.chainInfo()).height).toBe(height + 1n);
        network.succeed('fault', 'hold-block', 'off', 'centralbank-peer');
        expect(await deployed).toEqual([0, null]);
        for (const node of slow) network.succeed('fault', 'slow-endorser', 'off', node);
    });
};

if (engine === 'fabric') onFabric();
else onEmbedded();
