// SPDX-License-Identifier: Apache-2.0
import { decodeResult, encodeArguments, type ArgumentsOf, type TransactionName } from '@power-currency/domain';
import { type Command } from 'commander';
import { type Context, contextNamed, type ContextFile, loadContexts } from '../config/contextFile.js';
import { type CliEnvironment, type LedgerConnection } from './environment.js';
import { ExitCode } from './exitCodes.js';
import { format, type OutputFormat, type Printable } from './output.js';

/** What every command works with: its context, the ledger behind it, and the way answers are printed. */
export class Surface {
    readonly environment: CliEnvironment;
    exitCode: ExitCode = ExitCode.Ok;
    #options: () => { output: OutputFormat; context?: string } = () => ({ output: 'table' });
    #connection: LedgerConnection | undefined;

    constructor(environment: CliEnvironment) {
        this.environment = environment;
    }

    readOptionsFrom(program: Command): void {
        this.#options = () => program.opts();
    }

    get outputFormat(): OutputFormat {
        return this.#options().output;
    }

    contexts(): ContextFile {
        return loadContexts(this.environment.variables.POWER_CONFIG);
    }

    context(): Context {
        return contextNamed(this.contexts(), this.#options().context ?? this.environment.variables.POWER_CONTEXT);
    }

    async ledger(): Promise<LedgerConnection> {
        this.#connection ??= await this.environment.connect(this.context());
        return this.#connection;
    }

    /** Asks the ledger and gives the answer as it came, after checking that it is what the table says. */
    async query<N extends TransactionName>(name: N, request: ArgumentsOf<N>): Promise<Printable> {
        const { transport } = await this.ledger();
        const text = await transport.evaluate(name, encodeArguments(name, request));
        decodeResult(name, text);
        return JSON.parse(text) as Printable;
    }

    print(value: Printable): void {
        this.environment.write(format(value, this.outputFormat));
    }

    /** Tells people something beside the answer; programs that read the answer do not see it. */
    note(text: string): void {
        this.environment.writeError(`${text}\n`);
    }

    close(): void {
        this.#connection?.close();
    }
}
