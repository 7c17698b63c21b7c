// SPDX-License-Identifier: Apache-2.0
import type { Flag } from '../../flags.js';
import type { Command } from '../commandLine.js';
import { ordererFlags, sharedFlags, transientFlag } from '../commandFlags.js';

const waitHelp =
    "Whether to wait for the event from each peer's deliver filtered service signifying that the 'invoke' transaction has been committed successfully";

const invocationFlags: readonly Flag[] = [
    {
        name: 'ctor',
        short: 'c',
        kind: 'string',
        fallback: '{}',
        help: 'Constructor message for the chaincode in JSON format',
    },
    {
        name: 'connectionProfile',
        kind: 'string',
        help: 'Connection profile that provides the necessary connection information for the network. Note: currently only supported for providing peer connection information',
    },
    ...sharedFlags('name', 'channelID', 'peerAddresses', 'tlsRootCertFiles'),
];

/** `peer chaincode …` */
export const chaincodeCommand: Command = {
    name: 'chaincode',
    summary: 'Query or invoke a chaincode: invoke|query.',
    persistentFlags: [...ordererFlags, transientFlag],
    commands: [
        {
            name: 'invoke',
            summary: 'Invoke the specified chaincode.',
            description:
                'Invoke the specified chaincode. It will try to commit the endorsed transaction to the network.',
            flags: [
                ...invocationFlags,
                {
                    name: 'isInit',
                    short: 'I',
                    kind: 'boolean',
                    help: 'Is this invocation for init (useful for supporting legacy chaincodes in the new lifecycle)',
                },
                { name: 'waitForEvent', kind: 'boolean', help: waitHelp },
                ...sharedFlags('waitForEventTimeout'),
            ],
            run: async (invocation) => (await import('./invoke.js')).invoke(invocation),
        },
        {
            name: 'query',
            summary: 'Query using the specified chaincode.',
            description: "Get endorsed result of chaincode function call and print it. It won't generate transaction.",
            flags: [
                ...invocationFlags,
                {
                    name: 'raw',
                    short: 'r',
                    kind: 'boolean',
                    help: 'If true, output the query value as raw bytes, otherwise format as a printable string',
                },
                {
                    name: 'hex',
                    short: 'x',
                    kind: 'boolean',
                    help: 'If true, output the query value byte array in hexadecimal. Incompatible with --raw',
                },
            ],
            run: async (invocation) => (await import('./query.js')).query(invocation),
        },
    ],
};
