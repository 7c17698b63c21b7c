// SPDX-License-Identifier: Apache-2.0
import { chaincodeCommand } from './chaincode/chaincodeCommand.js';
import { channelCommand } from './channel/channelCommand.js';
import { type Command, executeCommand } from './commandLine.js';
import { lifecycleCommand } from './lifecycle/lifecycleCommand.js';
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
            ],
        },
        { name: 'version', summary: 'Print fabric peer version.', run: printVersion },
    ],
};

/** The peer command: its verbs and `peer node start`, which runs until SIGTERM. Resolves to the exit code. */
export const main = (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
    executeCommand(root, argv, env);
