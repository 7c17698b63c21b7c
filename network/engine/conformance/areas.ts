// SPDX-License-Identifier: Apache-2.0
import type { Checks } from './checks.js';
import type { Recordings } from './recordings.js';
import { replayBroadcast } from './areas/broadcast.js';
import { replayCertificateAuthority } from './areas/certificateAuthority.js';
import { replayChain } from './areas/chain.js';
import { replayCommandLine } from './areas/commandLine.js';
import { replayDeliver } from './areas/deliver.js';
import { replayEndorser } from './areas/endorser.js';
import { replayGateway } from './areas/gateway.js';
import { replayGenesisBlock } from './areas/genesisBlock.js';
import { replayHttp } from './areas/http.js';
import { replayLifecycle } from './areas/lifecycle.js';
import { replayShim } from './areas/shim.js';
import { replaySigning } from './areas/signing.js';
import { replaySimulations } from './areas/simulations.js';
import { replayWorldState } from './areas/worldState.js';

/** Replays one kind of recording and compares the engine's outcome with it. */
type Replay = (recordings: Recordings, checks: Checks) => Promise<void>;

/** By the name that `--only` takes, in the order of the report. */
export const areas: Readonly<Record<string, Replay>> = {
    genesis: replayGenesisBlock,
    blocks: replayChain,
    state: replayWorldState,
    simulations: replaySimulations,
    lifecycle: replayLifecycle,
    broadcast: replayBroadcast,
    deliver: replayDeliver,
    signing: replaySigning,
    endorser: replayEndorser,
    gateway: replayGateway,
    shim: replayShim,
    http: replayHttp,
    cli: replayCommandLine,
    ca: replayCertificateAuthority,
};
