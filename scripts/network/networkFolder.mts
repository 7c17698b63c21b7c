// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { networkDir, ownNetworkDir } from './consortium.mts';
import { StepFailure } from './progress.mts';

/** Engine and ordering of the network in the folder: written before anything else, removed after everything else. */
export const choiceFile = join(networkDir, 'choice.json');
/** Says that the demonstration made the network, and may make it afresh. */
export const demonstrationMark = join(networkDir, 'made-by-demo');

export function networkExists(): boolean {
    return existsSync(choiceFile);
}

/** What a command that needs a network fails with when there is none. */
export function noNetwork(): StepFailure {
    return new StepFailure('There is no network here.', 'Run ./test-network.sh demo, or up, first.');
}

/** Whether a network may be made here: never among files that are somebody's. */
export function prepareNetworkFolder(): void {
    if (!isOurs() && existsSync(networkDir) && !isEmptyFolder()) {
        throw new StepFailure(
            `${networkDir} holds other files and no network.`,
            'Name an empty or a new folder with POWER_NETWORK_DIR.',
        );
    }
    mkdirSync(networkDir, { recursive: true });
}

/** Removes the folder with everything in it if it is a network's. @returns whether it was */
export function removeNetworkFolder(): boolean {
    if (!isOurs()) return false;
    const marks = [choiceFile, demonstrationMark];
    for (const name of existsSync(networkDir) ? readdirSync(networkDir) : []) {
        const path = join(networkDir, name);
        if (!marks.includes(path)) rmSync(path, { recursive: true, force: true });
    }
    rmSync(networkDir, { recursive: true, force: true });
    return true;
}

/** The project's own .network is a network's whatever is left in it; any other folder has to say so. */
function isOurs(): boolean {
    return networkDir === ownNetworkDir || [choiceFile, demonstrationMark].some((mark) => existsSync(mark));
}

function isEmptyFolder(): boolean {
    return statSync(networkDir).isDirectory() && readdirSync(networkDir).length === 0;
}
