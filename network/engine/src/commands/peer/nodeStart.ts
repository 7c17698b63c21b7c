// SPDX-License-Identifier: Apache-2.0
import { untilStopped } from '../../process/lifetime.js';
import { logger } from '../../process/logging.js';
import { runPeer } from './node/peerNode.js';

/** `peer node start`: runs until SIGTERM and returns the exit code. */
export async function startNode(env: NodeJS.ProcessEnv): Promise<number> {
    const log = logger('nodeCmd');
    const stopped = untilStopped('nodeCmd');
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => undefined);
    try {
        const node = await runPeer(env, failed.reject);
        const signal = await Promise.race([stopped, failed.promise]);
        log.info(`Received signal: ${signal}`);
        await node.close();
        return 0;
    } catch (error) {
        log.fatal(error instanceof Error ? error.message : String(error));
        return 1;
    }
}
