// SPDX-License-Identifier: Apache-2.0
import { attesterRoles, type AttesterRole, encodeAttestationFile } from '@power-currency/domain';
import { type Command, Option } from 'commander';
import { signAttestation } from '../../application/attestation.js';
import { primitives } from '../../keys/ed25519.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { writeWhole } from '../energyFiles.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';
import { figuresOf } from './energyPlan.js';

interface SignOptions {
    readonly key: string;
    readonly role: AttesterRole;
    readonly signer: string;
}

/** `power energy sign`: one attester's signature into the file. */
export function addSignCommand(energy: Command, surface: Surface): void {
    energy
        .command('sign')
        .argument('<file>', 'attestation file')
        .description("add one attester's signature; shows the figures that are signed")
        .requiredOption('--key <file>', "the attester's key file")
        .addOption(
            new Option('--role <role>', 'what the attester answers for').choices(attesterRoles).makeOptionMandatory(),
        )
        .requiredOption('--signer <id>', 'id under which the key is registered on the ledger')
        .action((path: string, { key, role, signer }: SignOptions) => {
            const { publicKey, sign } = readKeyFile(key);
            const attester = { signerId: signer, role, publicKey, sign };
            const file = signAttestation(readInput(path).toString('utf8'), attester, path, primitives);
            writeWhole(path, encodeAttestationFile(file));
            surface.print({ ...figuresOf(file), signed_by: file.meta.signers.map(({ signer_id: id }) => id) });
        })
        .addHelpText(
            'after',
            `
Example:
  $ power energy sign data/attestation_2025-11-19.json --key keys/data.pem --role data --signer cooperative-data`,
        );
}
