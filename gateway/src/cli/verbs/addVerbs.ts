// SPDX-License-Identifier: Apache-2.0
import { type Command, Option } from 'commander';
import { Failure } from '../../application/failure.js';
import { isAmount } from '../../application/intents/spendingPlan.js';
import { propertiesOf } from '../../application/intents/intentTable.js';
import { addCommercialCommands } from '../commands/commercial.js';
import { addAnchorCommands } from '../commands/anchor.js';
import { addIssuanceCommands } from '../commands/issuance.js';
import { addShowMeasurementCommand } from '../commands/measurementShow.js';
import { addSubmitReportCommand } from '../commands/measurementSubmit.js';
import { addOperationCommands } from '../commands/operations.js';
import { addSourceCommands } from '../commands/source.js';
import { addStatementCommand } from '../commands/statement.js';
import { addSweepCommand } from '../commands/sweep.js';
import { addPageOptions } from '../pages.js';
import { type Surface } from '../surface.js';
import { commercialNoun } from './commercialNoun.js';
import { type Field, optionName } from './fields.js';
import { nouns } from './nouns.js';
import { runVerb } from './runVerb.js';
import { type Typed, type TypedOptions, type Verb, verbOf } from './verb.js';

/** `power wallet pay` and all other verbs that are one transaction each; of nouns that no argument names, nothing but the noun. */
export function addVerbs(program: Command, surface: Surface, args: readonly string[]): void {
    for (const { noun, description, verbs } of [...nouns, commercialNoun]) {
        const parent = program.command(noun).description(description);
        if (!args.includes(noun)) continue;
        for (const row of verbs) addVerb(parent, verbOf(noun, row), surface);
        if (noun === 'commercial') addCommercialCommands(parent, surface);
        if (noun === 'source') addSourceCommands(parent, surface);
        if (noun === 'measurement') {
            addShowMeasurementCommand(parent, surface);
            addSubmitReportCommand(parent, surface);
        }
        if (noun === 'compliance') addOperationCommands(parent, surface);
        if (noun === 'issuance') {
            addIssuanceCommands(parent, surface);
            addAnchorCommands(parent, surface);
        }
        if (noun !== 'wallet') continue;
        addSweepCommand(parent, surface);
        addStatementCommand(parent, surface);
    }
}

function addVerb(parent: Command, verb: Verb, surface: Surface): void {
    const command = parent.command(verb.verb).description(uncapitalized(verb.summary));
    for (const name of verb.positionals) command.argument(...argumentOf(name, verb));
    for (const field of verb.fields) if (!verb.positionals.includes(field.name)) command.addOption(optionOf(field));
    addCommonOptions(command, verb);
    command.action(async (...given: readonly unknown[]) => {
        await runVerb(verb, typed(verb, given), surface);
    });
    command.addHelpText('after', `\nExample:\n  $ power ${verb.noun} ${verb.verb} ${verb.example}`);
}

function addCommonOptions(command: Command, { kind, isPaged, fields }: Verb): void {
    if (fields.some(hasAmount)) command.option('--minor', 'amounts are in minor units');
    if (isPaged) addPageOptions(command);
    if (kind === 'evaluate') return;
    command.option('--request-id <id>', 'names the request: the same id again returns the first result (a new UUID)');
    if (kind === 'submit') return;
    command
        .option('--key <file...>', 'Ed25519 key that signs; repeat it for a wallet of several')
        .option('--pq-key <file>', 'ML-DSA-65 key, for a wallet that has one')
        .option('--valid-for <time>', 'how long the signature is good, at most 24h', '10m')
        .option('--prepare <file>', 'only write the intent to a file, for `power intent sign`');
}

/** The positionals in their order, then the options by their names. */
function typed(verb: Verb, given: readonly unknown[]): Typed {
    const options = given[verb.positionals.length] as TypedOptions & Readonly<Record<string, unknown>>;
    const fields = new Map<Field, unknown>();
    for (const field of verb.fields) {
        const at = verb.positionals.indexOf(field.name);
        const value = at < 0 ? options[camelCase(optionName(field))] : given[at];
        if (value !== undefined) fields.set(field, value);
    }
    const at = verb.positionals.indexOf('wallet');
    return { wallet: at < 0 ? '' : String(given[at]), fields, options };
}

function argumentOf(name: string, { fields, shape }: Verb): [string, string] {
    if (name === 'wallet' && shape !== undefined) return ['<wallet>', 'wallet whose holder signs'];
    const field = fields.find((one) => one.name === name);
    if (field === undefined) {
        throw new Failure('INPUT_INVALID', {
            field: name,
            problem: 'the table of verbs names no field of the request',
        });
    }
    const choices = (field.schema.enum as readonly string[] | undefined)?.join(' or ');
    const word = choices ?? optionName(field).replaceAll('-', ' ');
    return [`<${optionName(field)}${field.shape === 'words' ? '...' : ''}>`, meaningOf(field) || word];
}

function optionOf(field: Field): Option {
    const name = optionName(field);
    if (field.shape === 'flag') return new Option(`--${name}`);
    const value = { word: 'value', words: 'value...', rows: 'file.csv', json: 'json' }[field.shape];
    const meaning = `${meaningOf(field)}${field.fallback === undefined ? ' (required)' : ''}`.trim();
    const option = new Option(`--${name} <${value}>`, meaning);
    const words = field.schema.enum as readonly string[] | undefined;
    if (words !== undefined && words.length > 1) option.choices(words);
    if (typeof field.fallback === 'string' && field.fallback !== '') option.default(field.fallback);
    return field.fallback === undefined ? option.makeOptionMandatory() : option;
}

function meaningOf({ schema, shape, name }: Field): string {
    if (shape === 'rows') return `CSV file with the columns ${Object.keys(propertiesOf(schema)).join(', ')}`;
    if (isAmount(schema)) return 'amount in units of the asset, such as 12.50';
    if (name === 'threshold') return 'how many of them have to agree (all)';
    const { description } = schema;
    return typeof description === 'string' ? (hints[description] ?? description) : '';
}

/** What the command line takes beside the ledger's own form. */
const hints: Readonly<Record<string, string>> = {
    'a time in seconds since 1970 as a decimal string': 'time such as 2026-01-31T12:00:00Z, or +48h from now',
    'an Ed25519 public key of 64 hexadecimal digits': 'Ed25519 public key in hexadecimal, or its key file',
    'an ML-DSA-65 public key of 3904 hexadecimal digits': 'ML-DSA-65 public key in hexadecimal, or its key file',
    'a SHA-256 digest of 64 hexadecimal digits': 'SHA-256 digest in hexadecimal, or the file to digest',
};

function hasAmount({ schema, shape }: Field): boolean {
    return isAmount(schema) || (shape === 'rows' && Object.values(propertiesOf(schema)).some(isAmount));
}

function camelCase(name: string): string {
    return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function uncapitalized(text: string): string {
    return `${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.$/, '')}`;
}
