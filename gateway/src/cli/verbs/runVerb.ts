// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { canonicalJson, type Json, type RequestId, transactionDefinition, walletId } from '@power-currency/domain';
import { Failure } from '../../application/failure.js';
import { encodeDocument, type IntentDocument, writeIntent } from '../../application/intents/intentDocument.js';
import { type IntentShape } from '../../application/intents/intentTable.js';
import { isAmount, nextTurn } from '../../application/intents/spendingPlan.js';
import { createLedger } from '../../application/ledger.js';
import { type Printable } from '../output.js';
import { printPages } from '../pages.js';
import { type Surface } from '../surface.js';
import { withUnits } from './answer.js';
import { assetCodeOf, decimalsOf } from './assets.js';
import { assemble } from './fields.js';
import { readField } from './fieldText.js';
import { requestIdOf } from './requestIds.js';
import { sendRequest, signAndSend } from './submission.js';
import { parseDuration } from './time.js';
import { requestProperties, type Typed, type Verb } from './verb.js';

type Request = Readonly<Record<string, Json>>;

/** Does what was typed, and prints the answer. */
export async function runVerb(verb: Verb, typed: Typed, surface: Surface): Promise<void> {
    const request = await readRequest(verb, typed, surface);
    if (verb.shape !== undefined) await runIntent(verb, verb.shape, typed, request, surface);
    else if (verb.kind === 'evaluate') await ask(verb, typed, request, surface);
    else {
        const { id } = requestIdOf(typed.options.requestId, surface);
        const text = canonicalJson({ ...request, requestId: id });
        const asset = assetCodeOf(request.asset, verb.asset);
        await sendRequest({ transaction: verb.transaction, text, asset, requestId: id }, surface);
    }
}

async function ask(verb: Verb, { options }: Typed, request: Request, surface: Surface): Promise<void> {
    const { transaction, columns, isPaged } = verb;
    const { schema } = transactionDefinition(transaction).result;
    const asset = assetCodeOf(request.asset, verb.asset);
    const show = (answer: Printable): Promise<Printable> =>
        withUnits(answer, schema, {
            asset,
            decimalsOf: (code) => decimalsOf(code, surface),
            format: surface.outputFormat,
        });
    if (isPaged) await printPages({ transaction, request, columns, show }, options, surface);
    else surface.print(await show(await surface.ask(transaction, request)));
}

async function runIntent(
    verb: Verb,
    shape: IntentShape,
    { wallet, options }: Typed,
    facts: Request,
    surface: Surface,
): Promise<void> {
    const lifetimeSeconds = parseDuration(options.validFor);
    if (lifetimeSeconds === undefined) {
        throw new Failure('INPUT_INVALID', {
            field: '--valid-for',
            problem: `"${options.validFor}" is no time such as 10m`,
        });
    }
    if (options.prepare === undefined && options.key === undefined) {
        throw new Failure('INPUT_INVALID', {
            field: '--key',
            problem: 'an intent is signed with a key, or only prepared',
        });
    }
    const write = async (requestId: RequestId): Promise<IntentDocument> => {
        const { transport } = await surface.ledger();
        const signer = walletId.decode(wallet, 'wallet');
        const turn = await nextTurn(createLedger(transport), verb.transaction, shape, signer, facts);
        const terms = { wallet: signer, requestId, channel: surface.context().channel, now: surface.environment.now() };
        return writeIntent(verb.transaction, facts, { ...terms, ...turn, lifetimeSeconds });
    };
    if (options.prepare === undefined) {
        await signAndSend({ verb, wallet, facts, write, options }, surface);
        return;
    }
    const { id } = requestIdOf(options.requestId, surface);
    writeFileSync(options.prepare, encodeDocument(await write(id)), { flag: 'wx' });
    surface.print({ file: options.prepare, requestId: id, next: `power intent sign ${options.prepare} --key FILE` });
}

/** The fields that were typed in wire form, with what the others are by default. */
async function readRequest(verb: Verb, { fields, options }: Typed, surface: Surface): Promise<Request> {
    const given = (name: string): unknown => [...fields].find(([field]) => field.name === name)?.[1];
    const reading = {
        decimals: options.minor === true ? undefined : await decimalsFor(verb, given, surface),
        now: surface.environment.now(),
    };
    const values = new Map<string, Json>();
    for (const field of verb.fields) {
        const typed = fields.get(field);
        const value = typed === undefined ? field.fallback : readField(field, typed, reading);
        if (value !== undefined) values.set(field.path.join('.'), value);
    }
    return assemble(requestProperties(verb), values);
}

/** Offline and quick where no amount is typed. */
async function decimalsFor(
    verb: Verb,
    given: (name: string) => unknown,
    surface: Surface,
): Promise<number | undefined> {
    const [asset, own] = [given('asset'), given('decimals')];
    // An asset that is applied for says itself how many it has.
    if (typeof own === 'string') return Number(own);
    const hasAmount = verb.fields.some(({ schema, shape }) => shape === 'rows' || isAmount(schema));
    if (!hasAmount) return undefined;
    return decimalsOf(typeof asset === 'string' ? assetCodeOf(asset, verb.asset) : verb.asset, surface);
}
