// SPDX-License-Identifier: Apache-2.0
import { logger } from './logging.js';

/** How long a node may take to close before it is ended anyway. */
const closingTimeMs = 5_000;

/**
 * Resolves when the process is told to stop (SIGTERM, SIGINT). An error nobody caught is logged with its stack and
 * ends the process with code 2, as a panic ends Fabric's: a node in an unknown state must not go on.
 */
export function untilStopped(module: string): Promise<NodeJS.Signals> {
    const log = logger(module);
    const fatal = (error: unknown): void => {
        log.panic(`uncaught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        process.exit(2);
    };
    process.on('uncaughtException', fatal);
    process.on('unhandledRejection', fatal);
    return new Promise((resolve) => {
        for (const signal of ['SIGTERM', 'SIGINT'] as const) {
            process.once(signal, () => {
                setTimeout(() => process.exit(1), closingTimeMs).unref();
                resolve(signal);
            });
        }
    });
}
