// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest calls it once, before the first scenario of a run: where `TestNetwork.shared` is. */
export default function shareNetwork(): void {
    process.env.POWER_TEST_SHARED_DIR = mkdtempSync(join(tmpdir(), 'power-shared-'));
}
