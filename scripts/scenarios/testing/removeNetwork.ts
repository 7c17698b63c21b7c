// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Jest calls it once, after the last scenario of a run. */
export default function removeNetwork(): void {
    const dir = process.env.POWER_TEST_SHARED_DIR;
    if (dir === undefined) return;
    const main = resolve(__dirname, '../../network/main.mts');
    const env = { ...process.env, NODE_OPTIONS: '', POWER_NETWORK_DIR: join(dir, 'network') };
    spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'down'], { env });
    rmSync(dir, { recursive: true, force: true });
}
