// SPDX-License-Identifier: Apache-2.0
import { ordererVersionText } from '../ordering/ordererVersion.js';
import { OrdererConfigurationError } from '../ordering/ordererConfiguration.js';
import { runOrderer } from '../ordering/ordererNode.js';
import { diskAdvice } from '../process/diskAdvice.js';
import { logger } from '../process/logging.js';
import { untilStopped } from '../process/lifetime.js';
import { errorText } from '../wire/errorText.js';

const usage = `usage: orderer [<flags>] <command> [<args> ...]

Hyperledger Fabric orderer node

Commands:
  help [<command>...]
    Show help.

  start*
    Start the orderer node

  version
    Show version information

`;

/** `orderer [start]` runs until SIGTERM; `orderer version` prints what Fabric's prints. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
    const [command = 'start', ...rest] = argv;
    if (command === 'version') {
        process.stdout.write(`${ordererVersionText()}\n`);
        return 0;
    }
    if (command === 'help' || command === '--help' || command === '-h') {
        process.stdout.write(usage);
        return 0;
    }
    if (command !== 'start' || rest.length > 0) {
        const unexpected = command === 'start' ? (rest[0] ?? '') : command;
        process.stderr.write(`orderer: error: unexpected ${unexpected}, try --help\n`);
        return 1;
    }
    return start(env);
}

async function start(env: NodeJS.ProcessEnv): Promise<number> {
    const log = logger('orderer.common.server');
    const stopped = untilStopped('orderer.common.server');
    try {
        const node = await runOrderer(env);
        const signal = await stopped;
        log.info(`Received signal ${signal}, shutting down`);
        await node.close();
        return 0;
    } catch (error) {
        log.panic(`${errorText(error)}${diskAdvice(error)}`);
        return error instanceof OrdererConfigurationError ? error.exitCode : 1;
    }
}
