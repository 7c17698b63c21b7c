// SPDX-License-Identifier: Apache-2.0
import { styleText } from 'node:util';

/** A failure whose message says what went wrong and what to do; shown without a stack trace. */
export class StepFailure extends Error {
    readonly detail: string | undefined;

    constructor(message: string, detail?: string) {
        super(message);
        this.detail = detail;
    }
}

const startedAt = performance.now();
const onTerminal = process.stdout.isTTY;

function paint(format: 'green' | 'red' | 'dim' | 'bold', text: string): string {
    return onTerminal && process.env.NO_COLOR === undefined ? styleText(format, text) : text;
}

function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Runs one named step and prints it with its time; a failure is printed with its cause and thrown on. */
export async function step<T>(name: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
    const begun = performance.now();
    let latest = '';
    const draw = (): void => {
        if (onTerminal) process.stdout.write(`\r\x1b[K  … ${name} ${paint('dim', latest)}`);
    };
    const timer = onTerminal ? setInterval(draw, 500) : undefined;
    draw();
    try {
        const result = await work((text) => {
            latest = text;
            draw();
        });
        finish(paint('green', '✓'), name, performance.now() - begun, latest);
        return result;
    } catch (error) {
        finish(paint('red', '✗'), name, performance.now() - begun, '');
        throw error;
    } finally {
        clearInterval(timer);
    }
}

function finish(mark: string, name: string, milliseconds: number, note: string): void {
    const clear = onTerminal ? '\r\x1b[K' : '';
    const shownNote = note === '' ? '' : ` ${paint('dim', `(${note})`)}`;
    process.stdout.write(`${clear}  ${mark} ${name.padEnd(46)} ${seconds(milliseconds).padStart(7)}${shownNote}\n`);
}

export function heading(text: string): void {
    process.stdout.write(`${paint('bold', text)}\n`);
}

export function say(text: string): void {
    process.stdout.write(`${text}\n`);
}

export function elapsedMs(): number {
    return Math.round(performance.now() - startedAt);
}

/** Prints a failure as an operator wants it: what, why, and the lines of the log that show it. */
export function reportFailure(error: unknown, verbose: boolean): void {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${paint('red', 'Failed:')} ${message}\n`);
    if (error instanceof StepFailure && error.detail !== undefined) process.stderr.write(`${error.detail}\n`);
    if (verbose && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
}
