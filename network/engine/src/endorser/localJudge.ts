// SPDX-License-Identifier: Apache-2.0
import type { Msp } from '../identity/msp.js';
import { MspManager } from '../identity/mspManager.js';
import type { IdentityJudge } from './proposalValidation.js';

const judges = new WeakMap<Msp, IdentityJudge>();

/** Proposals without a channel are judged by the peer's own organisation alone. */
export function localJudge(localMsp: Msp): IdentityJudge {
    let judge = judges.get(localMsp);
    if (judge === undefined) {
        judge = new MspManager([localMsp]);
        judges.set(localMsp, judge);
    }
    return judge;
}
