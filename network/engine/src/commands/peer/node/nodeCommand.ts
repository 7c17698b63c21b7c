// SPDX-License-Identifier: Apache-2.0
import type { Flag } from '../../flags.js';
import type { Command } from '../commandLine.js';
import type { LedgerVerb } from './ledgerCommands.js';

const offline = 'When the command is executed, the peer must be offline.';
const noSnapshot =
    'The command is not supported if the peer contains any channel that was bootstrapped from a snapshot.';

const channelFlag = (help: string): Flag => ({ name: 'channelID', short: 'c', kind: 'string', help });
const blockFlag: Flag = {
    name: 'blockNumber',
    short: 'b',
    kind: 'unsigned',
    help: 'Block number to which the channel needs to be rolled back to.',
};

// Each verb's code is loaded when it runs: a query must not wait for a whole peer to load.
function onLedgers(name: LedgerVerb, texts: Pick<Command, 'summary' | 'description' | 'flags'>): Command {
    return {
        name,
        ...texts,
        run: async (invocation) => (await import('./ledgerCommands.js')).runOnLedgers(name, invocation),
    };
}

/** `peer node …` */
export const nodeCommand: Command = {
    name: 'node',
    summary: 'Operate a peer node: start|reset|rollback|pause|resume|rebuild-dbs|unjoin|upgrade-dbs.',
    commands: [
        {
            name: 'start',
            summary: 'Starts the node.',
            description: 'Starts a node that interacts with the network.',
            run: async ({ env }) => (await import('../nodeStart.js')).startNode(env),
        },
        onLedgers('pause', {
            summary: 'Pauses a channel on the peer.',
            description: `Pauses a channel on the peer. ${offline} When the peer starts after pause, it will not receive blocks for the paused channel.`,
            flags: [channelFlag('Channel to pause.')],
        }),
        onLedgers('rebuild-dbs', {
            summary: 'Rebuilds databases.',
            description: `Drops the databases for all the channels and rebuilds them upon peer restart. ${offline} ${noSnapshot}`,
        }),
        onLedgers('reset', {
            summary: 'Resets the node.',
            description: `Resets all channels to the genesis block. ${offline} When the peer starts after the reset, it will receive blocks starting with block number one from an orderer or another peer to rebuild the block store and state database. ${noSnapshot}`,
        }),
        onLedgers('resume', {
            summary: 'Resumes a channel on the peer.',
            description: `Resumes a channel on the peer. ${offline} When the peer starts after resume, it will receive blocks for the resumed channel.`,
            flags: [channelFlag('Channel to resume.')],
        }),
        onLedgers('rollback', {
            summary: 'Rolls back a channel.',
            description: `Rolls back a channel to a specified block number. ${offline} When the peer starts after the rollback, it will receive blocks, which got removed during the rollback, from an orderer or another peer to rebuild the block store and state database. ${noSnapshot}`,
            flags: [channelFlag('Channel to rollback.'), blockFlag],
        }),
        onLedgers('unjoin', {
            summary: 'Unjoin the peer from a channel.',
            description: `Unjoin the peer from a channel.  ${offline}`,
            flags: [channelFlag('Channel to unjoin.')],
        }),
        onLedgers('upgrade-dbs', {
            summary: 'Upgrades databases.',
            description: `Upgrades databases by directly updating the database format or dropping the databases. Dropped databases will be rebuilt with new format upon peer restart. ${offline}`,
        }),
    ],
};
