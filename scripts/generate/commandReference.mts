// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { help } from '../network/commandLine.mts';
import { projectDir } from '../network/consortium.mts';
import { generatedFrom } from './markdown.mts';

/** docs/reference/cli.md: what `test-network.sh -h` and every level of `power --help` print. */
export function commandReference(): string {
    return [
        generatedFrom('`scripts/network/commandLine.mts` and `gateway/src/cli`'),
        '# Commands\n',
        '## test-network.sh\n',
        fenced(help),
        ...commandHelp([]).map(([words, text]) => `\n## ${['power', ...words].join(' ')}\n\n${fenced(text)}`),
    ].join('\n');
}

function fenced(text: string): string {
    return `\`\`\`text\n${text.trim()}\n\`\`\`\n`;
}

/** A command's own help, then that of each command below it. */
function commandHelp(words: readonly string[]): readonly (readonly [readonly string[], string])[] {
    const text = helpText(words);
    return [[words, text] as const, ...subcommands(text).flatMap((name) => commandHelp([...words, name]))];
}

function helpText(words: readonly string[]): string {
    const power = join(projectDir, 'gateway/bin/power');
    const { stdout, stderr, status } = spawnSync(power, [...words, '--help'], {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', COLUMNS: '100' },
    });
    if (status !== 0) throw new Error(`power ${words.join(' ')} --help failed: ${stderr}`);
    return stdout;
}

/** The names under the heading "Commands:" in commander's help. */
function subcommands(text: string): string[] {
    const section = /\nCommands:\n((?: {2}.*\n)+)/.exec(text)?.[1] ?? '';
    const listed = section.split('\n').map((line) => /^ {2}([a-z][\w-]*)/.exec(line)?.[1]);
    return listed.filter((name): name is string => name !== undefined && name !== 'help');
}
