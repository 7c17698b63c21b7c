// SPDX-License-Identifier: Apache-2.0
import type { Flag } from '../../flags.js';
import type { Command } from '../commandLine.js';
import { ordererFlags, sharedFlags } from '../commandFlags.js';
import { refusedCommand } from '../refusedCommand.js';

const channelFlag: Flag = {
    name: 'channelID',
    short: 'c',
    kind: 'string',
    help: 'In case of a newChain command, the channel ID to create. It must be all lower case, less than 250 characters long and match the regular expression: [a-z][a-z0-9.-]*',
};

/** `peer channel …` */
export const channelCommand: Command = {
    name: 'channel',
    summary:
        'Operate a channel: create|fetch|join|joinbysnapshot|joinbysnapshotstatus|list|update|signconfigtx|getinfo.',
    persistentFlags: ordererFlags,
    commands: [
        {
            name: 'fetch',
            operands: '<newest|oldest|config|(number)> [outputfile]',
            summary: 'Fetch a block',
            description: 'Fetch a specified block, writing it to a file.',
            flags: [channelFlag, ...sharedFlags('bestEffort')],
            run: async (invocation) => (await import('./fetch.js')).fetchBlock(invocation),
        },
        {
            name: 'getinfo',
            summary: 'get blockchain information of a specified channel.',
            description: "get blockchain information of a specified channel. Requires '-c'.",
            flags: [channelFlag],
            run: async (invocation) => (await import('./getInfo.js')).getInfo(invocation),
        },
        {
            name: 'join',
            summary: 'Joins the peer to a channel.',
            flags: sharedFlags('blockpath'),
            run: async (invocation) => (await import('./join.js')).join(invocation),
        },
        {
            name: 'list',
            summary: 'List of channels peer has joined.',
            run: async (invocation) => (await import('./list.js')).list(invocation),
        },
        refusedCommand('channel create', '[DEPRECATED] Create a channel', "use 'osnadmin channel join'"),
        refusedCommand('channel joinbysnapshot', 'Joins the peer to a channel by the specified snapshot'),
        refusedCommand('channel joinbysnapshotstatus', 'Query if joinbysnapshot is running for any channel'),
        refusedCommand('channel signconfigtx', 'Signs a configtx update.'),
        refusedCommand('channel update', 'Send a configtx update.'),
    ],
};
