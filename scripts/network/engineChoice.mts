// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { projectDir } from './consortium.mts';
import { StepFailure } from './progress.mts';

export interface Engine {
    readonly kind: 'embedded' | 'fabric';
    readonly version: string;
    readonly binDir: string;
    /** Folder of core.yaml and orderer.yaml: Fabric's own, or ours for the embedded engine. */
    readonly configDir: string;
}

/** What was looked at and why it was not taken, for `prereq`. */
interface PassedOver {
    readonly binDir: string;
    readonly reason: string;
}

interface EngineSearch {
    readonly fabric: Engine | undefined;
    readonly passedOver: readonly PassedOver[];
}

/** What a network is made of. */
export const executables = ['peer', 'orderer', 'osnadmin', 'configtxgen', 'fabric-ca-server'];
const oldestVersion = [3, 1, 5] as const;
const embeddedBinDir = join(projectDir, 'network/engine/bin');

export function chooseEngine(wanted: string): Engine {
    if (wanted === 'embedded') return embeddedEngine();
    const search = findFabric();
    if (search.fabric) return search.fabric;
    if (wanted === 'fabric') {
        const reasons = search.passedOver.map(({ binDir, reason }) => `    ${binDir}: ${reason}`).join('\n');
        throw new StepFailure(
            'Fabric 3.1.5 or newer was not found in POWER_FABRIC_BIN, in ./fabric/bin or on PATH.',
            `${reasons}\nRun ./test-network.sh prereq to see how to install it.`,
        );
    }
    return embeddedEngine();
}

export function embeddedEngine(): Engine {
    return {
        kind: 'embedded',
        version: versionOf(join(embeddedBinDir, 'peer')) ?? 'not built',
        binDir: embeddedBinDir,
        configDir: join(projectDir, 'network/engine/config'),
    };
}

/** Looks for Fabric's own executables where a user may have put them. */
export function findFabric(): EngineSearch {
    const passedOver: PassedOver[] = [];
    for (const binDir of candidateDirs()) {
        const found = inspect(binDir);
        if (typeof found !== 'string') return { fabric: found, passedOver };
        passedOver.push({ binDir, reason: found });
    }
    return { fabric: undefined, passedOver };
}

function candidateDirs(): string[] {
    const onPath = (process.env.PATH ?? '')
        .split(delimiter)
        .filter((dir) => dir !== '' && existsSync(join(dir, 'peer')) && existsSync(join(dir, 'orderer')));
    const named = [process.env.POWER_FABRIC_BIN, join(projectDir, 'fabric/bin')];
    const present = named.filter((dir): dir is string => dir !== undefined && existsSync(dir));
    return [...present, ...onPath].filter((dir) => realpathSync(dir) !== realpathSync(embeddedBinDir));
}

function inspect(binDir: string): Engine | string {
    const missing = executables.filter((name) => !existsSync(join(binDir, name)));
    if (missing.length > 0) return `lacks ${missing.join(', ')}`;
    const version = versionOf(join(binDir, 'peer'));
    if (version === undefined) return 'its peer does not run';
    if (!isNewEnough(version)) return `is version ${version}; 3.1.5 or newer is needed`;
    const configDir = [process.env.FABRIC_CFG_PATH, join(dirname(binDir), 'config'), join(binDir, 'config')].find(
        (dir) => dir !== undefined && existsSync(join(dir, 'core.yaml')),
    );
    if (configDir === undefined) return 'has no config folder with core.yaml beside it (set FABRIC_CFG_PATH)';
    return { kind: 'fabric', version, binDir, configDir };
}

function versionOf(peer: string): string | undefined {
    const { stdout, status } = spawnSync(peer, ['version'], { encoding: 'utf8', timeout: 10_000 });
    if (status !== 0) return undefined;
    return /^\s*Version:\s*(\S+)/m.exec(stdout)?.[1];
}

/** A development build of Fabric calls itself "latest": taken at its word. */
function isNewEnough(version: string): boolean {
    if (version === 'latest') return true;
    const parts = version.replace(/^v/, '').split(/[.-]/).map(Number);
    for (const [index, least] of oldestVersion.entries()) {
        const part = parts[index] ?? 0;
        if (part !== least) return part > least;
    }
    return true;
}
