// SPDX-License-Identifier: Apache-2.0
import { diskAdvice } from '../../process/diskAdvice.js';
import { untilStopped } from '../../process/lifetime.js';
import { logger } from '../../process/logging.js';
import { errorText } from '../../wire/errorText.js';
import { LoggedFailure } from './commandLine.js';
import { runPeer, type PeerNode } from './node/peerNode.js';

/** `peer node start`: runs until SIGTERM. Throws LoggedFailure when the peer cannot start or go on. */
export async function startNode(env: NodeJS.ProcessEnv): Promise<void> {
    const log = logger('nodeCmd');
    const stopped = untilStopped('nodeCmd');
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => undefined);
    let node: PeerNode | undefined;
    try {
        node = await runPeer(env, failed.reject);
        const signal = await Promise.race([stopped, failed.promise]);
        log.info(`Received signal: ${signal}`);
    } catch (error) {
        log.fatal(`${errorText(error)}${diskAdvice(error)}`);
        throw new LoggedFailure('peer node start failed', { cause: error });
    } finally {
        await node?.close();
    }
}
