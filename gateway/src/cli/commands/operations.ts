// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { canonicalJson, powerCredit } from '@power-currency/domain';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import { type Surface } from '../surface.js';
import { requestIdOf } from '../verbs/requestIds.js';
import { sendRequest } from '../verbs/submission.js';
import { parseTime } from '../verbs/time.js';
import { parseCall } from './parseCall.js';

interface Options {
    readonly requestId?: string;
}

const mint = `PowerCredit:Mint '{"requestId":"mint-7","day":"2025-11-19","amount":"5000000000","to":"alice"}'`;

/** `power compliance propose-operation` and `approve-operation`: both name one request by its digest. */
export function addOperationCommands(compliance: Command, surface: Surface): void {
    operationCommand(compliance, 'propose-operation', `${mint} --expires-at +48h`)
        .description('propose one request above the four-eyes limit, as it will be submitted')
        .requiredOption('--expires-at <time>', 'until when it may be submitted, at most a week: +48h, or a time in UTC')
        .action(async (transaction: string, json: string, options: Options & { readonly expiresAt: string }) => {
            const expiresAt = parseTime(options.expiresAt, surface.environment.now());
            if (expiresAt === undefined) {
                const problem = `"${options.expiresAt}" is no time such as +48h or 2026-01-31T12:00:00Z`;
                throw new Failure('INPUT_INVALID', { field: '--expires-at', problem });
            }
            const { name, commandDigest } = digestOf(transaction, json);
            const { id: requestId } = requestIdOf(options.requestId, surface);
            const text = canonicalJson({ requestId, transaction: name, commandDigest, expiresAt });
            const proposing = 'Compliance:ProposeOperation';
            await sendRequest({ transaction: proposing, text, asset: powerCredit, requestId }, surface);
        });
    operationCommand(compliance, 'approve-operation', mint)
        .description("approve one request of another organisation's, which you have read and give here")
        .action(async (transaction: string, json: string, options: Options) => {
            const { commandDigest } = digestOf(transaction, json);
            const { id: requestId } = requestIdOf(options.requestId, surface);
            const text = canonicalJson({ requestId, commandDigest });
            const approving = 'Compliance:ApproveOperation';
            await sendRequest({ transaction: approving, text, asset: powerCredit, requestId }, surface);
        });
}

function operationCommand(compliance: Command, verb: string, example: string): Command {
    return compliance
        .command(verb)
        .argument('<transaction>', 'Contract:Transaction')
        .argument('<json>', 'its argument with its request id, or - to read it from standard input')
        .option('--request-id <id>', 'names this step, not the operation (a new UUID)')
        .addHelpText('after', `\nExample:\n  $ power compliance ${verb} ${example}`);
}

/** SHA-256 of the transaction's name, a space and its canonical argument: what the ledger compares when it is carried out. */
function digestOf(transaction: string, json: string): { readonly name: string; readonly commandDigest: string } {
    const { name, request } = parseCall(transaction, json, 'submit');
    return { name, commandDigest: createHash('sha256').update(`${name} ${request}`).digest('hex') };
}
