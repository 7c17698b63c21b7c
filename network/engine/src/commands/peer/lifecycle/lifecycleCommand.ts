// SPDX-License-Identifier: Apache-2.0
import type { Flag } from '../../flags.js';
import type { Command } from '../commandLine.js';
import { ordererFlags, sharedFlags } from '../commandFlags.js';

const peerFlags = sharedFlags('peerAddresses', 'tlsRootCertFiles', 'connectionProfile');
const definitionFlags: readonly Flag[] = [
    ...sharedFlags(
        'channelID',
        'name',
        'version',
        'sequence',
        'endorsement-plugin',
        'validation-plugin',
        'signature-policy',
        'channel-config-policy',
        'init-required',
        'collections-config',
    ),
    ...peerFlags,
];
const waitFlags = sharedFlags('waitForEvent', 'waitForEventTimeout');
const operations =
    'Perform chaincode operations: package|install|queryinstalled|getinstalledpackage|calculatepackageid|approveformyorg|queryapproved|checkcommitreadiness|commit|querycommitted';

/** `peer lifecycle chaincode …` */
export const lifecycleCommand: Command = {
    name: 'lifecycle',
    summary: 'Perform _lifecycle operations',
    commands: [
        {
            name: 'chaincode',
            summary: operations,
            persistentFlags: ordererFlags,
            commands: [
                {
                    name: 'package',
                    operands: '[outputfile]',
                    summary: 'Package a chaincode',
                    description: 'Package a chaincode and write the package to a file.',
                    flags: [...sharedFlags('label', 'lang', 'path'), ...peerFlags],
                    run: async (invocation) => (await import('./package.js')).packageChaincode(invocation),
                },
                {
                    name: 'calculatepackageid',
                    operands: '[packageFile]',
                    summary: 'Calculate the package ID for a chaincode.',
                    description: 'Calculate the package ID for a packaged chaincode.',
                    flags: [...peerFlags, ...sharedFlags('output')],
                    run: async (invocation) => (await import('./calculatePackageId.js')).calculatePackageId(invocation),
                },
                {
                    name: 'install',
                    operands: '[packageFile]',
                    summary: 'Install a chaincode.',
                    description: 'Install a chaincode on a peer.',
                    flags: [...peerFlags, ...sharedFlags('targetPeer')],
                    run: async (invocation) => (await import('./install.js')).install(invocation),
                },
                {
                    name: 'queryinstalled',
                    summary: 'Query the installed chaincodes on a peer.',
                    flags: [...peerFlags, ...sharedFlags('targetPeer', 'output')],
                    run: async (invocation) => (await import('./queryInstalled.js')).queryInstalled(invocation),
                },
                {
                    name: 'getinstalledpackage',
                    operands: '[outputfile]',
                    summary: 'Get an installed chaincode package from a peer.',
                    flags: [...peerFlags, ...sharedFlags('targetPeer', 'package-id', 'output-directory')],
                    run: async (invocation) =>
                        (await import('./getInstalledPackage.js')).getInstalledPackage(invocation),
                },
                {
                    name: 'approveformyorg',
                    summary: 'Approve the chaincode definition for my org.',
                    description: 'Approve the chaincode definition for my organization.',
                    flags: [...definitionFlags, ...sharedFlags('package-id'), ...waitFlags],
                    run: async (invocation) => (await import('./approve.js')).approve(invocation),
                },
                {
                    name: 'queryapproved',
                    summary: "Query org's approved chaincode definitions from its peer.",
                    description: "Query organization's approved chaincode definitions from its peer.",
                    flags: [...sharedFlags('channelID', 'name', 'sequence', 'output'), ...peerFlags],
                    run: async (invocation) => (await import('./queryApproved.js')).queryApproved(invocation),
                },
                {
                    name: 'checkcommitreadiness',
                    summary: 'Check whether a chaincode definition is ready to be committed on a channel.',
                    flags: [...definitionFlags, ...sharedFlags('output', 'inspect')],
                    run: async (invocation) =>
                        (await import('./checkCommitReadiness.js')).checkCommitReadiness(invocation),
                },
                {
                    name: 'commit',
                    summary: 'Commit the chaincode definition on the channel.',
                    flags: [...definitionFlags, ...waitFlags],
                    run: async (invocation) => (await import('./commit.js')).commit(invocation),
                },
                {
                    name: 'querycommitted',
                    summary: 'Query the committed chaincode definitions by channel on a peer.',
                    description:
                        'Query the committed chaincode definitions by channel on a peer. Optional: provide a chaincode name to query a specific definition.',
                    flags: [...sharedFlags('channelID', 'name', 'output'), ...peerFlags],
                    run: async (invocation) => (await import('./queryCommitted.js')).queryCommitted(invocation),
                },
            ],
        },
    ],
};
