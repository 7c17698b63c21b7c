// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    canonicalJson,
    decodeArguments,
    decodeResult,
    encodeArguments,
    type Json,
    type ResultOf,
    type TransactionName,
} from '@power-currency/domain';
import { type Command } from 'commander';
import { type Context, type ContextFile, contextFileOf, contextNamed, loadContexts } from '../config/contextFile.js';
import { type CliEnvironment, type LedgerConnection } from './environment.js';
import { ExitCode } from './exitCodes.js';
import { format, type OutputFormat, type Printable } from './output.js';

/** What every command works with: its context, the ledger behind it, and the way answers are printed. */
export class Surface {
    readonly environment: CliEnvironment;
    exitCode: ExitCode = ExitCode.Ok;
    #options: () => { output: OutputFormat; context?: string; color?: boolean } = () => ({ output: 'table' });
    #isOutputChosen: () => boolean = () => false;
    readonly #connections = new Map<string, LedgerConnection>();

    constructor(environment: CliEnvironment) {
        this.environment = environment;
    }

    readOptionsFrom(program: Command): void {
        this.#options = () => program.opts();
        this.#isOutputChosen = () => program.getOptionValueSource('output') !== 'default';
    }

    get outputFormat(): OutputFormat {
        return this.#options().output;
    }

    /** For answers that people read on a terminal and programs otherwise. */
    get formatForReader(): OutputFormat {
        const { isOutputTerminal } = this.environment;
        return this.#isOutputChosen() || isOutputTerminal ? this.outputFormat : 'json';
    }

    /** Whether answers may be coloured: on a terminal, unless NO_COLOR or --no-color says otherwise. */
    get isColored(): boolean {
        const { isOutputTerminal, variables } = this.environment;
        return isOutputTerminal && this.#options().color !== false && (variables.NO_COLOR ?? '') === '';
    }

    contexts(): ContextFile {
        return loadContexts(contextFileOf(this.environment.variables));
    }

    context(): Context {
        return contextNamed(this.contexts(), this.#options().context ?? this.environment.variables.POWER_CONTEXT);
    }

    ledger(): Promise<LedgerConnection> {
        return this.ledgerOf(this.context());
    }

    /** The way of another context to the ledger. @throws Failure CONTEXT_UNKNOWN */
    ledgerNamed(name: string): Promise<LedgerConnection> {
        return this.ledgerOf(contextNamed(this.contexts(), name));
    }

    async ledgerOf(context: Context): Promise<LedgerConnection> {
        const open = this.#connections.get(context.name) ?? (await this.environment.connect(context));
        this.#connections.set(context.name, open);
        return open;
    }

    /** Asks the ledger and gives the answer as it came, after checking that it is what the table says. */
    async query<N extends TransactionName>(name: N, request: ArgumentsOf<N>): Promise<Printable> {
        return this.#answer(name, encodeArguments(name, request));
    }

    /** The same for a request in wire form, which is checked first. */
    async ask(name: TransactionName, request: Readonly<Record<string, Json>>): Promise<Printable> {
        return this.#answer(name, encodeArguments(name, decodeArguments(name, canonicalJson(request))));
    }

    async #answer(name: TransactionName, request: string): Promise<Printable> {
        const { transport } = await this.ledger();
        const text = await transport.evaluate(name, request);
        decodeResult(name, text);
        return JSON.parse(text) as Printable;
    }

    print(value: Printable, as: OutputFormat = this.outputFormat): void {
        this.environment.write(format(value, as));
    }

    /** Asks the ledger and prints its answer: for people in lines, for programs as the ledger gives it. */
    async show<N extends TransactionName>(
        name: N,
        request: ArgumentsOf<N>,
        text: (result: ResultOf<N>) => string | Promise<string>,
    ): Promise<void> {
        const answer = await this.query(name, request);
        if (this.outputFormat === 'table') {
            this.printText(await text(decodeResult(name, canonicalJson(answer))));
        } else {
            this.print(answer);
        }
    }

    /** Prints lines made for people. */
    printText(text: string): void {
        this.environment.write(text);
    }

    /** Tells people something beside the answer; programs that read the answer do not see it. */
    note(text: string): void {
        this.environment.writeError(`${text}\n`);
    }

    close(): void {
        for (const connection of this.#connections.values()) connection.close();
    }
}
