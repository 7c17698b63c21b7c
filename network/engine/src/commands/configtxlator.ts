// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { computeUpdate } from '../channel/update/computeUpdate.js';
import { printJson } from '../channel/protolator/configJson.js';
import { messageTypes, type MessageType } from '../channel/protolator/messageTypes.js';
import type { Json } from '../channel/protolator/shape.js';
import { engineVersion } from '../version.js';
import { decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common } from '../wire/protobuf.js';

const usage = `usage: configtxlator <command> [<args> ...]

Utility for generating Hyperledger Fabric channel configurations

Flags:
  --help  Show help.

Commands:
  proto_encode   --type=TYPE [--input=FILE] [--output=FILE]
                 Converts a JSON document to protobuf.
  proto_decode   --type=TYPE [--input=FILE] [--output=FILE]
                 Converts a proto message to JSON.
  compute_update --channel_id=ID --original=FILE --updated=FILE [--output=FILE]
                 Takes two marshaled common.Config messages and computes the config update which transitions between the two.
  version        Show version information

Types: ${[...messageTypes.keys()].join(', ')}
`;

/** A command line or a file that configtxlator refuses; the text follows `configtxlator: error: `. */
class TranslationError extends Error {}

type Flags = Readonly<Partial<Record<string, string>>>;

const options = {
    type: { type: 'string' },
    input: { type: 'string' },
    output: { type: 'string' },
    channel_id: { type: 'string' },
    original: { type: 'string' },
    updated: { type: 'string' },
    help: { type: 'boolean' },
} as const;
const flagsOf: Readonly<Record<string, readonly string[]>> = {
    proto_encode: ['type', 'input', 'output'],
    proto_decode: ['type', 'input', 'output'],
    compute_update: ['channel_id', 'original', 'updated', 'output'],
    version: [],
};

/** Fabric's configtxlator: configuration messages as JSON and back, and the update between two. Returns the exit code. */
export function main(argv: readonly string[]): Promise<number> {
    try {
        run(argv);
        return Promise.resolve(0);
    } catch (error) {
        if (error instanceof TranslationError) {
            process.stderr.write(`configtxlator: error: ${error.message}\n`);
            return Promise.resolve(1);
        }
        throw error;
    }
}

function run(argv: readonly string[]): void {
    const { command, flags } = readCommand(argv);
    switch (command) {
        case 'proto_encode':
            write(flags, encodeJson(required(flags, 'type'), read(flags.input)));
            return;
        case 'proto_decode':
            write(flags, Buffer.from(decodeMessage(required(flags, 'type'), read(flags.input))));
            return;
        case 'compute_update':
            write(flags, updateBetween(flags));
            return;
        case 'version':
            process.stdout.write(versionText());
            return;
        default:
            process.stdout.write(usage);
    }
}

function readCommand(argv: readonly string[]): { command: string; flags: Flags } {
    if (argv[0] === 'start') {
        throw new TranslationError("the embedded engine has no REST server; use configtxlator's other commands");
    }
    const { values, positionals } = refusedAs(commandLineHint, () =>
        parseArgs({ args: [...argv], options, allowPositionals: true }),
    );
    const { help, ...flags } = values;
    const [command, extra] = positionals;
    if (help === true || command === undefined) {
        return { command: 'help', flags: {} };
    }
    const known = flagsOf[command];
    if (known === undefined || extra !== undefined) {
        throw new TranslationError(`expected command but got "${extra ?? command}", try --help`);
    }
    const foreign = Object.keys(flags).find((name) => !known.includes(name));
    if (foreign !== undefined) {
        throw new TranslationError(`unknown long flag '--${foreign}', try --help`);
    }
    return { command, flags };
}

function commandLineHint(reason: string): string {
    const [, unknown] = /Unknown option '(--?[^']+)'/.exec(reason) ?? [];
    return `${unknown === undefined ? reason : `unknown long flag '${unknown}'`}, try --help`;
}

function encodeJson(name: string, input: Buffer): Buffer {
    const { type, shape } = messageType(name);
    return refusedAs(
        (reason) => `Error decoding: error decoding input: *${name}: ${reason}`,
        () => encode(type, shape.fromJson(JSON.parse(input.toString()) as Json) as never),
    );
}

function decodeMessage(name: string, input: Buffer): string {
    const { type, shape } = messageType(name);
    const message = refusedAs(
        () => 'Error decoding: error unmarshalling: proto: cannot parse invalid wire-format data',
        () => decode(type, input, name),
    );
    return refusedAs(
        (reason) => `Error decoding: error encoding output: *${name}: ${reason}`,
        () => printJson(shape.toJson(message)),
    );
}

function updateBetween(flags: Flags): Buffer {
    const channelId = required(flags, 'channel_id');
    const config = (which: 'original' | 'updated'): common.Config =>
        refusedAs(
            () =>
                `Error computing update: error unmarshalling ${which} config: proto: cannot parse invalid wire-format data`,
            () => decode(common.Config, read(required(flags, which)), 'Config'),
        );
    const [original, updated] = [config('original'), config('updated')];
    return refusedAs(
        (reason) => `Error computing update: error computing config update: ${reason}`,
        () => encode(common.ConfigUpdate, computeUpdate(channelId, original, updated)),
    );
}

function messageType(name: string): MessageType {
    const found = messageTypes.get(name);
    if (found === undefined) {
        throw new TranslationError(
            `Error decoding: error encode input: the embedded engine does not translate ${name}; configtxlator --help names what it does`,
        );
    }
    return found;
}

function required(flags: Flags, name: string): string {
    const value = flags[name];
    if (value === undefined) {
        throw new TranslationError(`required flag --${name} not provided, try --help`);
    }
    return value;
}

/** The file, or standard input. */
function read(path: string | undefined): Buffer {
    return refusedAs(fileHint(path), () => readFileSync(path ?? process.stdin.fd));
}

function write({ output }: Flags, content: Buffer): void {
    if (output === undefined) {
        process.stdout.write(content);
        return;
    }
    refusedAs(fileHint(output), () => {
        writeFileSync(output, content, { mode: 0o600 });
    });
}

function fileHint(path: string | undefined): (reason: string) => string {
    return (reason) =>
        `${reason.startsWith('ENOENT') ? `open ${path ?? ''}: no such file or directory` : reason}, try --help`;
}

/** Runs a step; what it throws is told in the words that `text` makes of it. */
function refusedAs<T>(text: (reason: string) => string, step: () => T): T {
    try {
        return step();
    } catch (error) {
        throw error instanceof TranslationError ? error : new TranslationError(text(errorText(error)));
    }
}

function versionText(): string {
    return `configtxlator:\n Version: ${engineVersion}\n Commit SHA: development build\n Node version: ${process.version}\n OS/Arch: ${process.platform}/${process.arch}\n`;
}
