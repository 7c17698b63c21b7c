// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestNetwork } from './testNetwork';

jest.setTimeout(120_000);

const network = new TestNetwork();

afterAll(() => {
    network.down();
});

it('up goes on after it was interrupted in the middle of the enrolment', async () => {
    const interrupted = network.begin('up');
    // The peer's folder is written first, the organisation's own last.
    const authority = join(network.networkDir, 'organizations/peerOrganizations/authority');
    while (!existsSync(join(authority, 'peers/authority-peer/msp'))) await sleep(5);
    interrupted.kill('SIGINT');
    await once(interrupted, 'exit');
    expect(existsSync(join(authority, 'msp'))).toBe(false);
    expect(network.succeed('up')).toContain('orderer and peers');
});
