// SPDX-License-Identifier: Apache-2.0
import {
    checkpointName,
    listCheckpoints,
    removeCheckpoint,
    restoreCheckpoint,
    saveCheckpoint,
} from './checkpoints.mts';
import { UsageError, type CommandLine } from './commandLine.mts';
import { networkExists, noNetwork } from './networkFolder.mts';
import { step } from './progress.mts';

const checkpointActions: Readonly<Record<string, (line: CommandLine) => Promise<void>>> = {
    save: ({ words }) => {
        const name = checkpointName(words[1]);
        return step(`checkpoint ${name}`, async (note) => {
            note(`${((await saveCheckpoint(name)) / 1024 / 1024).toFixed(1)} MiB kept`);
        });
    },
    restore: ({ words }) => {
        const name = checkpointName(words[1]);
        return step(`back to checkpoint ${name}`, async (note) => {
            note(`${String((await restoreCheckpoint(name)).length)} processes started`);
        });
    },
    remove: ({ words }) =>
        step('checkpoint forgotten', () => {
            removeCheckpoint(checkpointName(words[1]));
            return Promise.resolve();
        }),
    list: ({ options }) => {
        listCheckpoints(options.json);
        return Promise.resolve();
    },
};

/** `checkpoint save|restore|remove NAME`, `checkpoint list`. */
export async function keepCheckpoint(line: CommandLine): Promise<void> {
    const action = checkpointActions[line.words[0] ?? ''];
    if (!action) throw new UsageError('checkpoint takes save NAME, restore NAME, remove NAME or list.');
    if (!networkExists()) throw noNetwork();
    await action(line);
}
