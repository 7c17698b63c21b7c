// SPDX-License-Identifier: Apache-2.0
import { chaincodeCommand } from './chaincode/chaincodeCommand.js';
import { channelCommand } from './channel/channelCommand.js';
import { type Command, executeCommand } from './commandLine.js';
import { lifecycleCommand } from './lifecycle/lifecycleCommand.js';
import { refusedCommand } from './refusedCommand.js';
import { printVersion } from './version.js';

const nodeVerbs = 'Operate a peer node: start|reset|rollback|pause|resume|rebuild-dbs|unjoin|upgrade-dbs.';

// Each verb's code is loaded when it runs: a query must not wait for a whole peer to load.
const root: Command = {
    name: 'peer',
    summary: '',
    commands: [
        channelCommand,
        chaincodeCommand,
        lifecycleCommand,
        {
            name: 'node',
            summary: nodeVerbs,
            commands: [
                {
                    name: 'start',
                    summary: 'Starts the node.',
                    description: 'Starts a node that interacts with the network.',
                    run: async (invocation) => {
                        const { startNode } = await import('./nodeStart.js');
                        await startNode(invocation.env);
                    },
                },
                refusedCommand('node pause', 'Pauses a channel on the peer.'),
                refusedCommand('node rebuild-dbs', 'Rebuilds databases.'),
                refusedCommand('node reset', 'Resets the node.'),
                refusedCommand('node resume', 'Resumes a channel on the peer.'),
                refusedCommand('node rollback', 'Rolls back a channel.'),
                refusedCommand('node unjoin', 'Unjoin the peer from a channel.'),
                refusedCommand('node upgrade-dbs', 'Upgrades databases.'),
            ],
        },
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
