// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import { ExitCode } from '../exitCodes.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';

/** Days before its end at which a certificate is reported: long enough to renew it by hand. */
const DAYS_LEFT_MIN = 30;
const DAY_MS = 86_400_000;

/** `power certs`: how long the certificates of all contexts last. */
export function addCertsCommand(program: Command, surface: Surface): void {
    program
        .command('certs')
        .description(
            `show how many days certificates last; exit code 2 when one has fewer than ${String(DAYS_LEFT_MIN)}`,
        )
        .option('--file <pem...>', 'certificates to look at instead of those of the contexts')
        .action(({ file }: { file?: readonly string[] }) => {
            const rows = (file ?? contextFiles(surface)).map((path) => row(path, surface.environment.now()));
            surface.print(rows);
            if (rows.some(({ daysLeft }) => daysLeft < DAYS_LEFT_MIN)) {
                surface.exitCode = ExitCode.CheckFailed;
                surface.note(`a certificate has fewer than ${String(DAYS_LEFT_MIN)} days left; enrol its owner again`);
            }
        })
        .addHelpText('after', '\nExamples:\n  $ power certs\n  $ power certs --file peer/tls/server.crt -o json');
}

function contextFiles(surface: Surface): readonly string[] {
    const files = surface
        .contexts()
        .contexts.flatMap(({ mspDir, tlsCaFile }) => [...certificatesIn(mspDir), tlsCaFile]);
    return [...new Set(files)];
}

function certificatesIn(mspDir: string): readonly string[] {
    const folder = join(mspDir, 'signcerts');
    try {
        return readdirSync(folder).map((name) => join(folder, name));
    } catch (error) {
        throw new Failure(
            'IDENTITY_INVALID',
            { folder: mspDir, problem: 'signcerts/ cannot be read' },
            { cause: error },
        );
    }
}

function row(file: string, now: Date): { daysLeft: number; ends: string; subject: string; file: string } {
    const certificate = parseCertificate(file);
    const endsMs = Date.parse(certificate.validTo);
    return {
        daysLeft: Math.floor((endsMs - now.getTime()) / DAY_MS),
        ends: new Date(endsMs).toISOString().slice(0, 10),
        subject: certificate.subject.replaceAll('\n', ', '),
        file,
    };
}

function parseCertificate(file: string): X509Certificate {
    const pem = readInput(file);
    try {
        return new X509Certificate(pem);
    } catch (error) {
        throw new Failure('CONFIG_INVALID', { file, problem: 'it holds no certificate' }, { cause: error });
    }
}
