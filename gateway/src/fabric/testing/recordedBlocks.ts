// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BlockView } from '../../application/blockView.js';
import { decodeBlock } from '../blockDecoding.js';

const folder = resolve(__dirname, '../../../../network/engine/fixtures/fabric-3.1.5/blocks');

/** The chain that a real Fabric network recorded, from its genesis block. */
export function recordedChain(): readonly BlockView[] {
    const files = readdirSync(folder).filter((file) => file.endsWith('.pb'));
    return files.sort().map((file) => decodeBlock(readFileSync(join(folder, file))));
}
