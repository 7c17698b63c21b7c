// SPDX-License-Identifier: Apache-2.0
import { styleText } from 'node:util';
import { errorCatalogue, isDomainError } from '@power-currency/domain';
import { Command, CommanderError, Option } from 'commander';
import { Failure } from '../application/failure.js';
import { fileFailureOf } from '../application/fileFailure.js';
import { addAuditCommand } from './commands/audit.js';
import { addBlockCommand } from './commands/block.js';
import { addBlocksCommand } from './commands/blocks.js';
import { addCertsCommand } from './commands/certs.js';
import { addContextCommand } from './commands/context.js';
import { addEnergyCommand } from './commands/energy.js';
import { addInvokeCommands } from './commands/invoke.js';
import { addIntentCommand } from './commands/intent.js';
import { addJobsCommand } from './commands/jobs.js';
import { addKeysCommand } from './commands/keys.js';
import { addReadCommands } from './commands/read.js';
import { addTraceCommand } from './commands/trace.js';
import { type CliEnvironment } from './environment.js';
import { ExitCode, exitCodeHelp, exitCodeOf } from './exitCodes.js';
import { outputFormats } from './output.js';
import { Surface } from './surface.js';
import { addVerbs } from './verbs/addVerbs.js';

/** Runs one `power` command. Never throws: every failure is told and becomes an exit code. */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<ExitCode> {
    const surface = new Surface(environment);
    const program = createProgram(args, surface, environment);
    try {
        await program.parseAsync([...args], { from: 'user' });
        return surface.exitCode;
    } catch (thrown) {
        if (thrown instanceof CommanderError) {
            return thrown.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
        }
        const error = fileFailureOf(thrown);
        environment.writeError(describeError(error, environment, program.opts<{ color?: boolean }>().color !== false));
        return exitCodeOf(error);
    } finally {
        surface.close();
    }
}

/** The command tree, as far as these arguments can reach. */
function createProgram(
    args: readonly string[],
    surface: Surface,
    { write, writeError, columns = 80 }: CliEnvironment,
): Command {
    const output = {
        ...{ writeOut: write, writeErr: writeError },
        ...{ getOutHelpWidth: () => columns, getErrHelpWidth: () => columns },
    };
    const program = new Command('power')
        .description('Power Currency: an energy-backed currency on Hyperledger Fabric')
        .addOption(new Option('-o, --output <format>', 'how to print answers').choices(outputFormats).default('table'))
        .option('-c, --context <name>', 'who asks, and whom (see `power context`); also POWER_CONTEXT')
        .option('--no-color', 'no colours; also NO_COLOR')
        .configureOutput(output)
        .showHelpAfterError('(add --help for examples)')
        .exitOverride()
        .addHelpText(
            'after',
            `
Examples:
  $ power context list
  $ power get wallets
  $ power describe attestation 2025-11-19 -o json
  $ power wallet pay alice bob 12.50 --key keys/alice.pem
  $ power energy load --day 2025-11-19 --file gateway/samples/NL_2025-11-19_A65.xml

Environment:
  POWER_CONFIG       file of contexts (default: power.yaml in the network's folder)
  POWER_NETWORK_DIR  the network's folder (default ./.network)
  POWER_CONTEXT      context to use
  ENTSOE_TOKEN       token of the ENTSO-E Transparency Platform
  ENTSOE_URL         another address of its API
${exitCodeHelp}`,
        );
    surface.readOptionsFrom(program);
    addContextCommand(program, surface);
    addReadCommands(program, surface);
    addVerbs(program, surface, args);
    addIntentCommand(program, surface);
    addInvokeCommands(program, surface);
    addBlockCommand(program, surface);
    addBlocksCommand(program, surface);
    addAuditCommand(program, surface);
    addTraceCommand(program, surface);
    addEnergyCommand(program, surface);
    addJobsCommand(program, surface);
    addCertsCommand(program, surface);
    addKeysCommand(program, surface);
    for (const command of descendants(program)) {
        command.exitOverride().configureOutput(output);
    }
    return program;
}

function descendants(command: Command): readonly Command[] {
    return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

/** What happened, the facts, what to do. A defect is told without its stack. */
function describeError(error: unknown, { isTerminal, variables }: CliEnvironment, wantsColor: boolean): string {
    const isColored = isTerminal && wantsColor && (variables.NO_COLOR ?? '') === '';
    const label = isColored ? styleText('red', 'error') : 'error';
    if (error instanceof Failure) {
        return `${label}: ${error.message}\n  ${(error as Failure).advice}\n`;
    }
    if (isDomainError(error)) {
        const facts = Object.entries(error.details).map(
            ([name, value]) => `${name}: ${String(value).replace(/\p{Cc}/gu, '�')}`,
        );
        return `${label}: ${error.code} (${facts.join(', ')})\n  ${errorCatalogue[error.code]}\n`;
    }
    return `${label}: this is a fault of power: ${error instanceof Error ? error.message : String(error)}\n`;
}
