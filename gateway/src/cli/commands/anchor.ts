// SPDX-License-Identifier: Apache-2.0
import {
    anchorMessage,
    anchorOf,
    type AnchorPlace,
    encodeResult,
    founding,
    hex,
    requestId,
    type SignerId,
    signerId,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { checkClosings } from '../../application/issuance/checkClosings.js';
import { createLedger } from '../../application/ledger.js';
import { primitives } from '../../keys/ed25519.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { ExitCode } from '../exitCodes.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';
import { yearOf } from './issuanceYear.js';

/** `power issuance anchor` and `power issuance sign-anchor`. */
export function addAnchorCommands(issuance: Command, surface: Surface): void {
    issuance
        .command('anchor')
        .argument('<year>', 'a closed year')
        .description('what a closed year is anchored by outside, with the signatures of attesters, checked here')
        .action(async (year: string) => {
            await showAnchor(yearOf(year), surface);
        })
        .addHelpText(
            'after',
            `
Exit codes:
  0  every signature there is holds
  2  one does not

Example:
  $ power issuance anchor 2026 -o json`,
        );
    issuance
        .command('sign-anchor')
        .argument('<year>', 'a closed year')
        .requiredOption('--key <file>', "the attester's key file")
        .requiredOption('--signer <id>', 'id under which the key is registered on the ledger')
        .description("compute a closed year's root again, and sign its anchor if it is the ledger's")
        .action(async (year: string, { key, signer }: { readonly key: string; readonly signer: string }) => {
            await signAnchor(yearOf(year), signerId.decode(signer, '--signer'), key, surface);
        })
        .addHelpText(
            'after',
            `
Exit codes:
  0  the ledger has the signature
  2  a figure of the closed year is not the one computed here: nothing was signed

Example:
  $ power issuance sign-anchor 2026 --key keys/ops.pem --signer authority-ops`,
        );
}

async function showAnchor(year: number, surface: Surface): Promise<void> {
    const { issuance } = createLedger((await surface.ledger()).transport);
    const anchor = await issuance.describeAnchor({ year });
    const message = anchorMessage(anchor, placeOf(surface));
    const signatures = (await issuance.describeAnchorSignatures({ year })).signatures.map(
        ({ publicKey, signature, ...signed }) => ({
            ...signed,
            ...{ publicKey: hex(publicKey), signature: hex(signature) },
            holds: primitives.verifyEd25519(publicKey, message, signature),
        }),
    );
    if (signatures.some(({ holds }) => !holds)) surface.exitCode = ExitCode.CheckFailed;
    const facts = JSON.parse(encodeResult('Issuance:DescribeAnchor', anchor)) as Readonly<Record<string, Printable>>;
    if (surface.outputFormat !== 'table') {
        surface.print({ ...facts, signatures });
        return;
    }
    surface.print(facts);
    for (const { signerId: id, participantId, role, holds } of signatures) {
        surface.note(`${holds ? 'signed' : 'NOT SIGNED, though it says so,'} by ${participantId} (${role}) as ${id}`);
    }
    if (signatures.length === 0) surface.note('signed by nobody yet');
}

async function signAnchor(year: number, signer: SignerId, keyFile: string, surface: Surface): Promise<void> {
    const { issuance } = createLedger((await surface.ledger()).transport);
    const closing = await issuance.describeYear({ year });
    const wrong = checkClosings([closing], primitives.sha3).filter(({ agrees }) => !agrees);
    if (wrong.length > 0) {
        surface.exitCode = ExitCode.CheckFailed;
        surface.print(wrong.map((check) => ({ ...check })));
        return;
    }
    const signature = readKeyFile(keyFile).sign(anchorMessage(anchorOf(closing), placeOf(surface)));
    // The same signature has the same request id, so that sending it twice is one execution.
    const id = requestId.decode(`anchor-${hex(signature).slice(0, 40)}`, 'request id');
    const { txId, result } = await issuance.signAnchor({ requestId: id, year, signerId: signer, signature });
    const { participantId, role } = result;
    surface.print({ year, merkleRoot: hex(closing.merkleRoot), signerId: signer, participantId, role, txId });
}

function placeOf(surface: Surface): AnchorPlace {
    return { network: founding.network, channel: surface.context().channel };
}
