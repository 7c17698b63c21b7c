// SPDX-License-Identifier: Apache-2.0
import { hex } from '@power-currency/domain';
import { type Command } from 'commander';
import { createKeyFile, readKeyFile } from '../../keys/keyFile.js';
import { type Surface } from '../surface.js';

/** `power keys`: Ed25519 keys of wallets and attesters. */
export function addKeysCommand(program: Command, surface: Surface): void {
    const keys = program.command('keys').description('Ed25519 keys of wallets and attesters, one per file');
    keys.command('new')
        .argument('<file>', 'where to keep the private key; only its owner can read it')
        .description('make a key and print its public half')
        .action((file: string) => {
            surface.print({ file, publicKey: hex(createKeyFile(file).publicKey) });
        })
        .addHelpText('after', '\nExample:\n  $ power keys new keys/data.pem');
    keys.command('show')
        .argument('<file>', 'key file')
        .description('print the public half of a key')
        .action((file: string) => {
            surface.print({ file, publicKey: hex(readKeyFile(file).publicKey) });
        })
        .addHelpText('after', '\nExample:\n  $ power keys show keys/data.pem -o json');
}
