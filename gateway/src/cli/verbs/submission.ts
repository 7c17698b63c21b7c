// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    canonicalJson,
    decodeArguments,
    decodeResult,
    encodeArguments,
    isDomainError,
    type Json,
    type RequestId,
    transactionDefinition,
    type TransactionName,
} from '@power-currency/domain';
import { Failure } from '../../application/failure.js';
import { argumentText, type IntentDocument, signDocument } from '../../application/intents/intentDocument.js';
import { readKeyFile, readPostQuantumKeyFile } from '../../keys/keyFile.js';
import { type Printable } from '../output.js';
import { type Surface } from '../surface.js';
import { shortened, withUnits } from './answer.js';
import { assetCodeOf, decimalsOf } from './assets.js';
import { requestIdOf } from './requestIds.js';
import { RequestJournal } from './requestJournal.js';
import { type TypedOptions, type Verb } from './verb.js';

interface Sending {
    readonly transaction: TransactionName;
    /** Its argument. */
    readonly text: string;
    /** Of amounts in the answer whose record names none. */
    readonly asset: AssetCode;
    readonly requestId: RequestId;
}

/** Submits a request, waits for its commit and prints the answer. */
export async function sendRequest({ transaction, text, asset, requestId }: Sending, surface: Surface): Promise<void> {
    const request = encodeArguments(transaction, decodeArguments(transaction, text));
    const { transport } = await surface.ledger();
    const { result, txId, blockNumber, attempts } = await transport.submit(transaction, request);
    decodeResult(transaction, result);
    const format = surface.outputFormat;
    const shown = await withUnits(JSON.parse(result) as Printable, transactionDefinition(transaction).result.schema, {
        ...{ asset, format },
        decimalsOf: (code) => decimalsOf(code, surface),
    });
    const answer = { requestId, txId, blockNumber: blockNumber.toString(), attempts };
    if (format === 'table') surface.print({ ...answer, ...shortened(shown as Readonly<Record<string, Printable>>) });
    else surface.print({ ...answer, result: shown });
}

/** Adds the signatures of these key files. @throws Failure KEY_FILE_INVALID, FILE_NOT_FOUND */
export function signWithFiles(document: IntentDocument, keys: readonly string[], pqKey?: string): IntentDocument {
    const postQuantum = pqKey === undefined ? undefined : readPostQuantumKeyFile(pqKey);
    return signDocument(document, keys.map(readKeyFile), postQuantum);
}

interface SignedVerb {
    readonly verb: Verb;
    readonly wallet: string;
    readonly facts: Readonly<Record<string, Json>>;
    readonly write: (id: RequestId) => Promise<IntentDocument>;
    readonly options: TypedOptions;
}

/**
 * Writes, signs and submits an intent. It is kept in a file until its outcome is known, and longer where the caller
 * chose the request id: the same command again then sends the same signed words, which the ledger executes once.
 */
export async function signAndSend(
    { verb, wallet, facts, write, options }: SignedVerb,
    surface: Surface,
): Promise<void> {
    const { id, isGiven } = requestIdOf(options.requestId, surface);
    const journal = new RequestJournal(surface.contexts().file, wallet, id);
    const earlier = journal.read();
    if (earlier !== undefined) checkSame(earlier, verb, facts);
    const document = earlier ?? signWithFiles(await write(id), options.key ?? [], options.pqKey);
    const text = argumentText(document);
    if (earlier === undefined) journal.write(document);
    try {
        const asset = assetCodeOf(facts.asset, verb.asset);
        await sendRequest({ transaction: verb.transaction, text, asset, requestId: id }, surface);
        if (!isGiven) journal.remove();
    } catch (error) {
        // A refusal is an outcome: nothing was executed, and the id can be used again.
        if (isDomainError(error)) journal.remove();
        throw error;
    }
}

function checkSame({ transaction, intent }: IntentDocument, verb: Verb, facts: Readonly<Record<string, Json>>): void {
    const before = Object.fromEntries(Object.keys(facts).map((name) => [name, intent[name] ?? null]));
    if (transaction !== verb.transaction || canonicalJson(before) !== canonicalJson(facts)) {
        const problem = `it was used for another ${transaction}; repeat that, or leave the id out`;
        throw new Failure('INPUT_INVALID', { field: '--request-id', problem });
    }
}
