// SPDX-License-Identifier: Apache-2.0
import { statSync } from 'node:fs';
import { loadLocalMsp } from '../../identity/localMsp.js';
import { logger } from '../../process/logging.js';
import { Settings, SettingsError } from '../../process/settings.js';
import type { Signer } from '../../wire/envelope.js';
import { errorText } from '../../wire/errorText.js';
import { LoggedFailure } from './commandLine.js';

/** What a verb works with: core.yaml with its environment, and the identity it signs with. */
export interface PeerEnvironment {
    readonly settings: Settings;
    readonly signer: Signer;
}

const log = logger('main');

/** Reads core.yaml. @throws LoggedFailure when there is none (internal/peer/common/common.go, InitCmd). */
export function loadPeerSettings(env: NodeJS.ProcessEnv): Settings {
    try {
        return Settings.load({ name: 'core', prefix: 'CORE', env });
    } catch (error) {
        if (!(error instanceof SettingsError)) {
            throw error;
        }
        log.error(`Fatal error when initializing core config : error when reading core config file: ${error.message}`);
        throw new LoggedFailure(error.message);
    }
}

/** Reads core.yaml and the MSP folder it names. @throws LoggedFailure when either is missing or unusable. */
export function loadPeerEnvironment(env: NodeJS.ProcessEnv): PeerEnvironment {
    const settings = loadPeerSettings(env);
    const folder = settings.path('peer.mspConfigPath');
    const mspId = settings.string('peer.localMspId');
    try {
        requireFolder(folder);
        if (mspId === '') {
            throw new Error('the local MSP must have an ID');
        }
        return { settings, signer: loadSigner(folder, mspId) };
    } catch (error) {
        const message = errorText(error);
        log.error(`Cannot run peer because ${message}`);
        throw new LoggedFailure(message);
    }
}

function loadSigner(folder: string, mspId: string): Signer {
    try {
        return loadLocalMsp(folder, mspId).signer;
    } catch (error) {
        const message = errorText(error);
        throw new Error(`error when setting up MSP of type bccsp from directory ${folder}: ${message}`, {
            cause: error,
        });
    }
}

function requireFolder(folder: string): void {
    const status = statSync(folder, { throwIfNoEntry: false });
    const prefix = `cannot init crypto, specified path "${folder}"`;
    if (status === undefined) {
        throw new Error(`${prefix} does not exist or cannot be accessed: stat ${folder}: no such file or directory`);
    }
    if (!status.isDirectory()) {
        throw new Error(`${prefix} is not a directory`);
    }
}
