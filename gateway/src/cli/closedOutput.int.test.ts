// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const power = join(__dirname, '../../bin/power');

it('a command whose reader has gone ends quietly, as by SIGPIPE', () => {
    const script = '{ sleep 0.3; "$1" --help; echo "exit code $?" >&3; } 3>&2 | true';
    const output = execFileSync('bash', ['-c', `exec 2>&1; ${script}`, 'bash', power], { encoding: 'utf8' });
    expect(output).toBe('exit code 141\n');
});
