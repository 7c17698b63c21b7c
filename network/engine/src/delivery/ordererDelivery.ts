// SPDX-License-Identifier: Apache-2.0
import type { ServiceTable } from '../process/serviceTable.js';
import { deliverMethod, type DeliverOptions } from './deliverService.js';
import { blockOf, ResponseCache } from './responseCache.js';

/** orderer.AtomicBroadcast/Deliver. */
export function ordererDeliverServices(options: Omit<DeliverOptions, 'respond'>): ServiceTable {
    const cache = new ResponseCache();
    return {
        '/orderer.AtomicBroadcast/Deliver': deliverMethod({ ...options, respond: (block) => blockOf(cache, block) }),
    };
}
