// SPDX-License-Identifier: Apache-2.0
import type { Command } from './commandLine.js';

/** A verb of Fabric's that the embedded engine does not have: it says so, and what to use instead. */
export function refusedCommand(path: string, summary: string, instead = "use Fabric's own peer"): Command {
    return {
        name: path.split(' ').at(-1) ?? path,
        summary,
        run: () => Promise.reject(new Error(`'peer ${path}' is not part of the embedded engine: ${instead}`)),
    };
}
