// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto';
import type { Platform } from '../ledger/platform.js';
import { endorserTime } from './endorserTime.js';
import { peerMspId } from './peerMspId.js';
import { verifyEd25519 } from './verifyEd25519.js';
import { verifyMlDsa65 } from './verifyMlDsa65.js';

/** The machine the chaincode runs on. */
export const nodePlatform: Platform = {
    primitives: {
        sha256: (bytes) => hash('sha256', bytes, 'buffer'),
        sha3: (bytes) => hash('sha3-256', bytes, 'buffer'),
        verifyEd25519,
        verifyMlDsa65,
    },
    peerMspId: peerMspId(),
    endorserTime,
};
