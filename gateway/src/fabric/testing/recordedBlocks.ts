// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BlockView } from '../../application/blockView.js';
import { decodeBlock } from '../blockDecoding.js';

const folder = resolve(__dirname, '../../../../network/engine/fixtures/fabric-3.1.5/blocks');

/** The chain that a real Fabric network recorded, from its genesis block. */
export function recordedChain(): readonly BlockView[] {
    return recordedFiles().map(decodeBlock);
}

/** Its files, as `peer channel fetch` wrote them. */
export function recordedFiles(): readonly Buffer[] {
    const files = readdirSync(folder).filter((file) => file.endsWith('.pb'));
    return files.sort().map((file) => readFileSync(join(folder, file)));
}
