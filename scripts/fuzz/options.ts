// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';

export interface FuzzOptions {
    readonly messages: number;
    readonly seed: number;
    /** Name of the only service, or the beginning of several. */
    readonly service: string | undefined;
    /** Number of the only message of that service. */
    readonly only: number | undefined;
    /** Processes that share the messages, each with nodes of its own. */
    readonly processes: number;
    /** Which of them this one is. */
    readonly part: number | undefined;
    readonly verbose: boolean;
}

export const usage = `Sends damaged messages to every service of the engine and checks every answer.

  npm run fuzz -- [--messages N] [--seed S] [--service NAME] [--only I] [--processes P] [--verbose]

  --messages  how many in all (default 100000)
  --seed      the same seed sends the same damage (default: chosen and printed)
  --service   only services whose name begins so
  --only      only the message of that number, which a finding names
  --processes how many processes share the messages (default 2)
  --verbose   prints how often each service gave each answer
`;

/** Throws an Error with a text for the user. */
export function readOptions(args: readonly string[]): FuzzOptions {
    const { values } = parseArgs({
        args: [...args],
        options: {
            messages: { type: 'string', default: '100000' },
            seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
            service: { type: 'string' },
            only: { type: 'string' },
            processes: { type: 'string', default: '2' },
            part: { type: 'string' },
            verbose: { type: 'boolean', default: false },
        },
    });
    return {
        messages: wholeNumber('messages', values.messages),
        seed: wholeNumber('seed', values.seed),
        service: values.service,
        only: values.only === undefined ? undefined : wholeNumber('only', values.only),
        processes: Math.max(1, wholeNumber('processes', values.processes)),
        part: values.part === undefined ? undefined : wholeNumber('part', values.part),
        verbose: values.verbose,
    };
}

function wholeNumber(name: string, text: string): number {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Error(`--${name} ${text} is not a whole number`);
    return value;
}
