// SPDX-License-Identifier: Apache-2.0
import {
    type ChainName,
    decodeResult,
    encodeArguments,
    parseAttestationFile,
    requestId as requestIdCodec,
    type Signer,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { verifyAttestation } from '../../application/attestation.js';
import { Failure } from '../../application/failure.js';
import { primitives } from '../../keys/ed25519.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

interface VerifyOptions {
    readonly registered?: boolean;
    readonly chain: readonly string[];
}

/** `power energy verify`: signatures_ok = N, required = 2. */
export function addVerifyCommand(energy: Command, surface: Surface): void {
    energy
        .command('verify')
        .argument('<file>', 'attestation file of ours or of AIpowerCoin')
        .description('check digest and signatures; exit code 2 with fewer than two')
        .option('--registered', 'count only signers registered on the ledger (otherwise the keys in the file count)')
        .option('--chain <name...>', 'chains the signed message may name, such as EVM:137', [])
        .action(async (path: string, options: VerifyOptions) => {
            await verify(path, options, surface);
        })
        .addHelpText(
            'after',
            `
Examples:
  $ power energy verify data/attestation_2025-11-19.json --registered
  $ power energy verify attestation_2025-09-01.json --chain EVM:137`,
        );
}

async function verify(path: string, { registered, chain }: VerifyOptions, surface: Surface): Promise<void> {
    const signers = registered === true ? await registeredSigners(surface) : undefined;
    const text = readInput(path).toString('utf8');
    const found = verifyAttestation(text, path, { primitives, registered: signers, chains: chain.map(parseChain) });
    surface.print({
        day: found.day,
        digest: found.digestForm === undefined ? 'mismatch' : 'ok',
        canonical: found.digestForm?.canonicalisation ?? null,
        keys: signers === undefined ? 'those in the file' : 'those registered on the ledger',
        roles: found.roles,
        signatures_ok: found.signaturesOk,
        required: found.required,
    });
    surface.note(`signatures_ok = ${String(found.signaturesOk)}, required = ${String(found.required)}`);
    if (!found.isOk) {
        const problems =
            found.digestForm === undefined ? 'the digest is not that of the file' : 'too few valid signatures';
        throw new Failure('ATTESTATION_NOT_VERIFIED', {
            signaturesOk: found.signaturesOk,
            required: found.required,
            problems,
        });
    }
}

function parseChain(text: string): ChainName {
    if (!/^(EVM|FABRIC):[A-Za-z0-9._-]{1,249}$/.test(text)) {
        throw new Failure('INPUT_INVALID', {
            field: '--chain',
            problem: `"${text}" is neither EVM:ID nor FABRIC:CHANNEL`,
        });
    }
    return text as ChainName;
}

async function registeredSigners(surface: Surface): Promise<readonly Signer[]> {
    const { transport } = await surface.ledger();
    const text = await transport.evaluate('Registry:ListSigners', encodeArguments('Registry:ListSigners', {}));
    return decodeResult('Registry:ListSigners', text);
}

/** `power energy submit`: the signed file to the ledger, which computes every figure again. */
export function addSubmitCommand(energy: Command, surface: Surface): void {
    energy
        .command('submit')
        .argument('<file>', 'attestation file with two signatures or more')
        .description('record the signed day on the ledger')
        .option('--request-id <id>', 'id that makes sending twice harmless (default: attest-DAY)')
        .action(async (path: string, { requestId }: { requestId?: string }) => {
            const file = readInput(path).toString('utf8');
            const { day } = parseAttestationFile(file);
            const { transport } = await surface.ledger();
            const id = requestIdCodec.decode(requestId ?? `attest-${day}`, 'request id');
            const request = encodeArguments('Attestation:Submit', { requestId: id, file });
            const { result, txId, blockNumber } = await transport.submit('Attestation:Submit', request);
            surface.print({
                txId,
                blockNumber: blockNumber.toString(),
                ...(JSON.parse(result) as Record<string, Printable>),
            });
        })
        .addHelpText('after', '\nExample:\n  $ power energy submit data/attestation_2025-11-19.json');
}
