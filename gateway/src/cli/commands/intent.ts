// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { isTransactionName, type Json, parseJson, requestId, transactions, walletId } from '@power-currency/domain';
import { type Command } from 'commander';
import { Failure } from '../../application/failure.js';
import {
    argumentText,
    decodeDocument,
    encodeDocument,
    type IntentDocument,
    writeIntent,
} from '../../application/intents/intentDocument.js';
import { impliedAsset, intentShape } from '../../application/intents/intentTable.js';
import { nextTurn } from '../../application/intents/spendingPlan.js';
import { createLedger } from '../../application/ledger.js';
import { type Printable } from '../output.js';
import { readInput } from '../readInput.js';
import { type Surface } from '../surface.js';
import { withUnits } from '../verbs/answer.js';
import { assetCodeOf, knownDecimals } from '../verbs/assets.js';
import { requestIdOf } from '../verbs/requestIds.js';
import { sendRequest, signWithFiles } from '../verbs/submission.js';

interface SignOptions {
    readonly key: readonly string[];
    readonly pqKey?: string;
}

/** `power intent`: what a holder signs, written, signed and submitted on different machines. */
export function addIntentCommand(program: Command, surface: Surface): void {
    const intent = program
        .command('intent')
        .description('write, sign and submit intents on different machines: keys stay where they are')
        .addHelpText(
            'after',
            `
Keys and Fabric identities need not be on one machine:
  $ power wallet pay alice bob 12.50 --valid-for 12h --prepare rent.json
  $ power intent sign rent.json --key keys/alice.pem      (offline)
  $ power intent submit rent.json`,
        );
    addPrepare(intent, surface);
    intent
        .command('sign')
        .argument('<file>', 'written by `power intent prepare` or a verb with --prepare')
        .option('--key <file...>', 'Ed25519 key that signs; repeat it for a wallet of several', [])
        .option('--pq-key <file>', 'ML-DSA-65 key, for a wallet that has one')
        .description('show what an intent says, and add signatures to its file; needs no network')
        .action(async (file: string, { key, pqKey }: SignOptions) => {
            if (key.length === 0 && pqKey === undefined) {
                throw new Failure('INPUT_INVALID', { field: '--key', problem: 'give a key to sign with' });
            }
            const document = signWithFiles(readDocument(file), key, pqKey);
            writeFileSync(file, encodeDocument(document));
            surface.print(await described(document, surface));
        })
        .addHelpText('after', '\nExample:\n  $ power intent sign rent.json --key keys/alice.pem --key keys/anna.pem');
    intent
        .command('submit')
        .argument('<file>', 'with the signatures its wallet needs')
        .description('submit a signed intent; the same file again returns the first result')
        .action(async (file: string) => {
            const document = readDocument(file);
            const { transaction, intent: words } = document;
            const asset = assetCodeOf(words.asset, impliedAsset(transaction));
            const id = requestId.decode(words.requestId, 'requestId');
            await sendRequest({ transaction, text: argumentText(document), asset, requestId: id }, surface);
        })
        .addHelpText('after', '\nExample:\n  $ power intent submit rent.json');
}

function addPrepare(intent: Command, surface: Surface): void {
    intent
        .command('prepare')
        .argument('<transaction>', 'Contract:Transaction that takes an intent')
        .argument('<wallet>', 'wallet whose holder is to sign')
        .argument('<json>', "the intent's own facts in the ledger's form, amounts in minor units")
        .option('--request-id <id>', 'names the request (a new UUID)')
        .description('write an intent for signing, with the next nonce and the credits to fold; prints the file')
        .action(async (transaction: string, wallet: string, json: string, options: { requestId?: string }) => {
            const shape = isTransactionName(transaction) ? intentShape(transaction) : undefined;
            if (!isTransactionName(transaction) || shape === undefined) {
                const known = Object.keys(transactions).filter((name) => isIntent(name));
                throw new Failure('INPUT_INVALID', { field: 'transaction', problem: `not one of ${known.join(' ')}` });
            }
            const facts = parseJson(json) as Readonly<Record<string, Json>>;
            const signer = walletId.decode(wallet, 'wallet');
            const { transport } = await surface.ledger();
            const turn = await nextTurn(createLedger(transport), transaction, shape, signer, facts);
            const terms = { wallet: signer, channel: surface.context().channel, now: surface.environment.now() };
            const { id } = requestIdOf(options.requestId, surface);
            surface.printText(encodeDocument(writeIntent(transaction, facts, { ...terms, ...turn, requestId: id })));
        })
        .addHelpText(
            'after',
            `
Example:
  $ power intent prepare Wallet:Close alice '{}' > close.json`,
        );
}

function isIntent(name: string): boolean {
    return isTransactionName(name) && intentShape(name) !== undefined;
}

function readDocument(file: string): IntentDocument {
    return decodeDocument(readInput(file).toString('utf8'), file);
}

/** What is signed, for the one who signs: amounts in units where the asset is one that every ledger has. */
async function described({ transaction, intent, signatures }: IntentDocument, surface: Surface): Promise<Printable> {
    const shape = intentShape(transaction);
    const shown = await withUnits(
        intent,
        { properties: shape?.facts ?? {} },
        {
            asset: impliedAsset(transaction),
            decimalsOf: (code) => Promise.resolve(knownDecimals(code)),
            format: surface.outputFormat,
        },
    );
    return { transaction, ...(shown as object), signatures: signatures.length };
}
