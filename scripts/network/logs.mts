// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { logFile, recordedNames, specOf } from './processes.mts';
import { StepFailure } from './progress.mts';

/** Shows the end of one log or of all, by the system's own tail, which also follows. */
export async function showLogs(name: string | undefined, follow: boolean): Promise<void> {
    const names = name === undefined ? recordedNames() : [specOf(name).name];
    const files = names.map(logFile).filter((file) => existsSync(file));
    if (files.length === 0) throw new StepFailure('There are no logs: nothing was started here.');
    const lines = name === undefined ? '10' : '100';
    const tail = spawn('tail', ['-n', lines, ...(follow ? ['-F'] : []), ...files], { stdio: 'inherit' });
    await once(tail, 'exit');
}
