// SPDX-License-Identifier: Apache-2.0
import { chaincodeCommand } from './chaincode/chaincodeCommand.js';
import { channelCommand } from './channel/channelCommand.js';
import { type Command, executeCommand } from './commandLine.js';
import { lifecycleCommand } from './lifecycle/lifecycleCommand.js';
import { nodeCommand } from './node/nodeCommand.js';
import { refusedCommand } from './refusedCommand.js';
import { printVersion } from './version.js';

const root: Command = {
    name: 'peer',
    summary: '',
    commands: [
        channelCommand,
        chaincodeCommand,
        lifecycleCommand,
        nodeCommand,
        {
            name: 'snapshot',
            summary: 'Manage snapshot requests: submitrequest|cancelrequest|listpending',
            commands: [
                refusedCommand('snapshot cancelrequest', 'Cancel a request for a snapshot at the specified block.'),
                refusedCommand('snapshot listpending', 'List pending requests for snapshots.'),
                refusedCommand('snapshot submitrequest', 'Submit a request for a snapshot at the specified block.'),
            ],
        },
        {
            name: 'version',
            summary: 'Print fabric peer version.',
            description: 'Print current version of the fabric peer server.',
            run: printVersion,
        },
    ],
};

/** The peer command: its verbs and `peer node start`, which runs until SIGTERM. Resolves to the exit code. */
export const main = (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
    executeCommand(root, argv, env);
