// SPDX-License-Identifier: Apache-2.0
import { runningPid, signalGroup } from './processes.mts';

/**
 * Holds processes and what they started (SIGSTOP) while something is done to their files; then those that are still
 * there go on. An interruption of this command lets them go on, too.
 */
export async function whileFrozen(names: readonly string[], work: () => Promise<void>): Promise<void> {
    const pids = names.flatMap((name) => runningPid(name) ?? []);
    const thaw = (): void => {
        for (const pid of pids) signalGroup(pid, 'SIGCONT');
    };
    const leave = (): void => {
        thaw();
        process.exit(130);
    };
    process.once('SIGINT', leave).once('SIGTERM', leave);
    try {
        for (const pid of pids) signalGroup(pid, 'SIGSTOP');
        await work();
    } finally {
        thaw();
        process.off('SIGINT', leave).off('SIGTERM', leave);
    }
}
