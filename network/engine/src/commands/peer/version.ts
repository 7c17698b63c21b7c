// SPDX-License-Identifier: Apache-2.0
import { engineVersion } from '../../version.js';
import { type Invocation, UsageError } from './commandLine.js';

/** `peer version`: needs no configuration. Scripts read the line that starts with ` Version: `. */
export function printVersion({ operands }: Invocation): Promise<void> {
    if (operands.length > 0) {
        return Promise.reject(new UsageError('trailing args detected'));
    }
    process.stdout.write(
        [
            'peer:',
            ` Version: ${engineVersion}`,
            ' Commit SHA: embedded engine',
            ` Node version: ${process.version}`,
            ` OS/Arch: ${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
            ' Chaincode:',
            '  Base Docker Label: org.hyperledger.fabric',
            '  Docker Namespace: hyperledger',
            '\n',
        ].join('\n'),
    );
    return Promise.resolve();
}
