// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';
import { help } from '../network/commandLine.mts';
import { generatedFrom } from './markdown.mts';

/** docs/reference/cli.md: what `test-network.sh -h` and every level of `power --help` print. */
export async function commandReference(): Promise<string> {
    const commands = await commandHelp([]);
    return [
        generatedFrom('`scripts/network/commandLine.mts` and `gateway/src/cli`'),
        '# Commands\n',
        '## test-network.sh\n',
        fenced(help),
        ...commands.map(([words, text]) => `\n## ${['power', ...words].join(' ')}\n\n${fenced(text)}`),
    ].join('\n');
}

function fenced(text: string): string {
    return `\`\`\`text\n${text.trim()}\n\`\`\`\n`;
}

interface Cli {
    readonly runCli: (words: readonly string[], environment: object) => Promise<number>;
}

/** The command itself, in this process: there are a hundred of them to ask. */
const { runCli } = createRequire(import.meta.url)('../../gateway/dist/cli/runCli.js') as Cli;

/** A command's own help, then that of each command below it. */
async function commandHelp(words: readonly string[]): Promise<readonly (readonly [readonly string[], string])[]> {
    const text = await helpText(words);
    const below = [];
    for (const name of subcommands(text)) below.push(...(await commandHelp([...words, name])));
    return [[words, text] as const, ...below];
}

async function helpText(words: readonly string[]): Promise<string> {
    let text = '';
    const write = (more: string): void => void (text += more);
    const environment = { variables: {}, write, writeError: write, isTerminal: false, isOutputTerminal: false };
    if ((await runCli([...words, '--help'], environment)) !== 0) {
        throw new Error(`power ${words.join(' ')} --help failed: ${text}`);
    }
    return text;
}

/** The names under the heading "Commands:" in commander's help. */
function subcommands(text: string): string[] {
    const section = /\nCommands:\n((?: {2}.*\n)+)/.exec(text)?.[1] ?? '';
    const listed = section.split('\n').map((line) => /^ {2}([a-z][\w-]*)/.exec(line)?.[1]);
    return listed.filter((name): name is string => name !== undefined && name !== 'help');
}
