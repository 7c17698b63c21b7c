// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ClientTls } from '../../process/tls.js';
import { decode } from '../../wire/decode.js';
import { errorText } from '../../wire/errorText.js';
import { common } from '../../wire/protobuf.js';

/** A command line that osnadmin refuses; the text stands in `parsing arguments: …. Try --help`. */
export class ArgumentError extends Error {
    override readonly name = 'ArgumentError';
}

/** What to ask of which orderer. */
export interface OsnadminCommand {
    /** `host:port` */
    readonly orderer: string;
    readonly tls: ClientTls | undefined;
    readonly showStatus: boolean;
    readonly action:
        | { readonly kind: 'list'; readonly channelId: string | undefined }
        | { readonly kind: 'remove'; readonly channelId: string }
        | { readonly kind: 'join'; readonly block: Buffer }
        | { readonly kind: 'update'; readonly envelope: Buffer }
        | { readonly kind: 'fetch'; readonly channelId: string; readonly blockId: string; readonly outputFile: string };
}

const options = {
    'orderer-address': { type: 'string', short: 'o' },
    'ca-file': { type: 'string' },
    'client-cert': { type: 'string' },
    'client-key': { type: 'string' },
    'no-status': { type: 'boolean' },
    channelID: { type: 'string', short: 'c' },
    'config-block': { type: 'string' },
    blockID: { type: 'string' },
    'config-update-envelope': { type: 'string', short: 'e' },
    outputfile: { type: 'string', short: 'f' },
    help: { type: 'boolean' },
} as const;
type Flags = Partial<Record<string, string | boolean>>;

/** Reads the command line and the files it names. Undefined asks for help. Throws ArgumentError with osnadmin's text. */
export function parseArguments(argv: readonly string[]): OsnadminCommand | undefined {
    const { values, positionals } = parseFlags(argv);
    if (values.help === true || positionals.length === 0) {
        return undefined;
    }
    const [group, verb, extra] = positionals;
    if (group !== 'channel' || verb === undefined || extra !== undefined) {
        throw new ArgumentError(`expected command but got "${extra ?? (group === 'channel' ? '' : (group ?? ''))}"`);
    }
    const orderer = required(values, 'orderer-address');
    const tls = clientTls(values);
    return { orderer, tls, showStatus: values['no-status'] !== true, action: actionOf(verb, values) };
}

function parseFlags(argv: readonly string[]): { values: Flags; positionals: readonly string[] } {
    // -b is the config block of `join` and the block id of `fetch`.
    const short = argv.includes('fetch') ? 'blockID' : 'config-block';
    try {
        return parseArgs({
            args: [...argv],
            options: { ...options, [short]: { type: 'string', short: 'b' } },
            allowPositionals: true,
        });
    } catch (error) {
        throw new ArgumentError(flagErrorText(error));
    }
}

/** In kingpin's words. */
function flagErrorText(error: unknown): string {
    const message = errorText(error);
    const unknown = /Unknown option '(--?)([^']+)'/.exec(message);
    if (unknown !== null) {
        return `unknown ${unknown[1] === '--' ? 'long' : 'short'} flag '${unknown[1] ?? ''}${unknown[2] ?? ''}'`;
    }
    const missing = /'(?:-\w, )?(--\w[\w-]*)[^']*' argument missing/.exec(message);
    return missing === null ? message : `expected argument for flag '${missing[1] ?? ''}'`;
}

function actionOf(verb: string, values: Flags): OsnadminCommand['action'] {
    const channelId = values.channelID;
    switch (verb) {
        case 'list':
            return {
                kind: 'list',
                channelId: typeof channelId === 'string' && channelId !== '' ? channelId : undefined,
            };
        case 'remove':
            return { kind: 'remove', channelId: required(values, 'channelID') };
        case 'join':
            return {
                kind: 'join',
                block: configBlock(required(values, 'channelID'), required(values, 'config-block')),
            };
        case 'update':
            return {
                kind: 'update',
                envelope: updateEnvelope(required(values, 'channelID'), required(values, 'config-update-envelope')),
            };
        case 'fetch':
            return {
                kind: 'fetch',
                channelId: required(values, 'channelID'),
                blockId: checkedBlockId(required(values, 'blockID')),
                outputFile: required(values, 'outputfile'),
            };
        default:
            throw new ArgumentError(`expected command but got "${verb}"`);
    }
}

function required(values: Flags, name: string): string {
    const value = values[name];
    if (typeof value !== 'string') {
        throw new ArgumentError(`required flag --${name} not provided`);
    }
    return value;
}

/** TLS is used if and only if there is a CA file, and then the client's own pair is needed too. */
function clientTls(values: Flags): ClientTls | undefined {
    const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
    if (text('ca-file') === '') {
        return undefined;
    }
    const roots = [readFile('reading orderer CA certificate', text('ca-file'))];
    const [certificate, key] = [text('client-cert'), text('client-key')].map((file) =>
        readFile('loading client cert/key pair', file),
    );
    return { roots, ...(certificate && key && { certificate, key }) };
}

function configBlock(channelId: string, file: string): Buffer {
    const bytes = readFile('reading config block', file);
    const envelopeBytes = parse('block', () => decode(common.Block, bytes, '').data?.data?.[0]);
    if (envelopeBytes === undefined) {
        throw new ArgumentError('block is missing data: failed to retrieve channel id - block is empty');
    }
    const actual = parse('block', () => channelOf(decode(common.Envelope, envelopeBytes, '')));
    assertChannel(channelId, actual, 'config block');
    return bytes;
}

function updateEnvelope(channelId: string, file: string): Buffer {
    const bytes = readFile('reading config updated envelope', file);
    const actual = parse('envelope', () => channelOf(decode(common.Envelope, bytes, '')));
    assertChannel(channelId, actual, 'config updated envelope');
    return bytes;
}

function channelOf(envelope: common.Envelope): string {
    const { header } = decode(common.Payload, envelope.payload, '');
    return decode(common.ChannelHeader, header?.channelHeader ?? Buffer.alloc(0), '').channelId;
}

function assertChannel(specified: string, actual: string, where: string): void {
    if (specified !== actual) {
        throw new ArgumentError(`specified --channelID ${specified} does not match channel ID ${actual} in ${where}`);
    }
}

function parse<T>(what: string, read: () => T): T {
    try {
        return read();
    } catch {
        throw new ArgumentError(`unmarshalling ${what}: proto: cannot parse invalid wire-format data`);
    }
}

function checkedBlockId(blockId: string): string {
    if (!/^(newest|oldest|config|\d+)$/.test(blockId)) {
        throw new ArgumentError(`'${blockId}' not equal <newest|oldest|config|(number)>`);
    }
    return blockId;
}

function readFile(what: string, file: string): Buffer {
    try {
        return readFileSync(file);
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        throw new ArgumentError(`${what}: open ${file}: ${code === 'ENOENT' ? 'no such file or directory' : message}`);
    }
}
