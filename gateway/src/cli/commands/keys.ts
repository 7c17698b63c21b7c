// SPDX-License-Identifier: Apache-2.0
import { hex } from '@power-currency/domain';
import { type Command, Option } from 'commander';
import { createKeyFile, createPostQuantumKeyFile, readKeyFile, readPostQuantumKeyFile } from '../../keys/keyFile.js';
import { type Surface } from '../surface.js';

const kinds = {
    ed25519: { create: createKeyFile, read: readKeyFile },
    'ml-dsa-65': { create: createPostQuantumKeyFile, read: readPostQuantumKeyFile },
} as const;
interface KeyOptions {
    readonly type: keyof typeof kinds;
}

/** `power keys`: keys of wallets and attesters. */
export function addKeysCommand(program: Command, surface: Surface): void {
    const keys = program.command('keys').description('keys of wallets and attesters, one per file');
    keys.command('new')
        .argument('<file>', 'where to keep the private key; only its owner can read it')
        .addOption(kindOption())
        .description('make a key and print its public half')
        .action((file: string, { type }: KeyOptions) => {
            surface.print({ file, publicKey: hex(kinds[type].create(file).publicKey) });
        })
        .addHelpText(
            'after',
            '\nExamples:\n  $ power keys new keys/data.pem\n  $ power keys new keys/alice-pq.pem --type ml-dsa-65',
        );
    keys.command('show')
        .argument('<file>', 'key file')
        .addOption(kindOption())
        .description('print the public half of a key')
        .action((file: string, { type }: KeyOptions) => {
            surface.print({ file, publicKey: hex(kinds[type].read(file).publicKey) });
        })
        .addHelpText('after', '\nExample:\n  $ power keys show keys/data.pem -o json');
}

function kindOption(): Option {
    return new Option('--type <type>', 'ml-dsa-65 is for the second, post-quantum key of a wallet')
        .choices(Object.keys(kinds))
        .default('ed25519');
}
