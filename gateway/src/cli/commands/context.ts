// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import { type Command } from 'commander';
import { type Context, contextNamed, saveContexts } from '../../config/contextFile.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';

interface AddOptions {
    readonly mspId: string;
    readonly mspDir: string;
    readonly peer: string;
    readonly tlsCa: string;
    readonly serverName?: string;
    readonly channel: string;
    readonly chaincode: string;
    readonly endorsers: readonly string[];
}

/** `power context`: who asks, and whom. */
export function addContextCommand(program: Command, surface: Surface): void {
    const context = program
        .command('context')
        .description('choose who asks, and whom: an identity and a peer of its organisation');
    context
        .command('list', { isDefault: true })
        .description('list the contexts; * marks the one in use')
        .action(() => {
            list(surface);
        })
        .addHelpText('after', '\nExample:\n  $ power context list -o json');
    context
        .command('show')
        .argument('[name]', 'context, the one in use by default')
        .description('show a context')
        .action((name?: string) => {
            surface.print(printable(name === undefined ? surface.context() : contextNamed(surface.contexts(), name)));
        })
        .addHelpText('after', '\nExample:\n  $ power context show regulator');
    context
        .command('use')
        .argument('<name>', 'context')
        .description('use a context from now on')
        .action((name: string) => {
            const contexts = surface.contexts();
            saveContexts({ ...contexts, current: contextNamed(contexts, name).name });
            surface.note(`using context ${name}`);
        })
        .addHelpText('after', '\nExample:\n  $ power context use cooperative');
    addAddCommand(context, surface);
}

function addAddCommand(context: Command, surface: Surface): void {
    context
        .command('add')
        .argument('<name>', 'name of the new context')
        .description('add a context, or replace one')
        .requiredOption('--msp-id <id>', 'MSP id of the organisation')
        .requiredOption('--msp-dir <folder>', 'MSP folder with signcerts/ and keystore/')
        .requiredOption('--peer <host:port>', 'a peer of the organisation')
        .requiredOption('--tls-ca <file>', "PEM of the CA of the peer's TLS certificate")
        .option('--server-name <name>', "name in the peer's TLS certificate, if it is not the host")
        .option('--channel <name>', 'channel', 'power')
        .option('--chaincode <name>', 'chaincode', 'power-currency')
        .option('--endorsers <mspIds...>', 'organisations asked for endorsements in parallel', [])
        .action((name: string, options: AddOptions) => {
            const contexts = surface.contexts();
            const others = contexts.contexts.filter((one) => one.name !== name);
            saveContexts({
                ...contexts,
                current: contexts.current ?? name,
                contexts: [...others, contextOf(name, options)],
            });
            surface.note(`added context ${name} to ${contexts.file}`);
        })
        .addHelpText(
            'after',
            `
Example:
  $ power context add bank --msp-id CentralBankMSP --msp-dir ./client/msp --peer peer.bank.example:7051 \\
      --tls-ca ./tlsca.pem --endorsers CentralBankMSP AuthorityMSP`,
        );
}

function contextOf(name: string, options: AddOptions): Context {
    return {
        name,
        mspId: options.mspId,
        mspDir: resolve(options.mspDir),
        peerAddress: options.peer,
        tlsCaFile: resolve(options.tlsCa),
        channel: options.channel,
        chaincode: options.chaincode,
        endorsingOrganizations: options.endorsers,
        ...(options.serverName === undefined ? {} : { serverName: options.serverName }),
    };
}

function list(surface: Surface): void {
    const { contexts, current } = surface.contexts();
    surface.print(
        contexts.map(({ name, mspId, peerAddress, channel }) => ({
            current: name === current ? '*' : '',
            name,
            mspId,
            peer: peerAddress,
            channel,
        })),
    );
}

function printable(context: Context): Printable {
    return { ...context };
}
