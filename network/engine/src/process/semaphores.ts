// SPDX-License-Identifier: Apache-2.0
import { GrpcCode, GrpcStatus } from './grpcStatus.js';
import { logger } from './logging.js';

const log = logger('nodeCmd');

/** Calls in progress by service. What is over the limit is refused at once, never queued (internal/peer/node/grpc_limiters.go). */
export class Semaphores {
    readonly #limits: Readonly<Record<string, number>>;
    readonly #held = new Map<string, number>();

    constructor(limits: Readonly<Record<string, number>>) {
        this.#limits = limits;
    }

    /** Runs `work` holding a slot of the path's service. Throws UNKNOWN with Fabric's text when there is none. */
    async hold<T>(path: string, work: () => Promise<T>): Promise<T> {
        const service = path.slice(0, path.lastIndexOf('/'));
        const limit = this.#limits[service] ?? 0;
        if (limit <= 0) {
            return work();
        }
        const held = this.#held.get(service) ?? 0;
        if (held >= limit) {
            const text = `requests for ${service}, exceeding concurrency limit (${String(limit)})`;
            log.error(`Too many ${text}`);
            throw new GrpcStatus(GrpcCode.UNKNOWN, `too many ${text}`);
        }
        this.#held.set(service, held + 1);
        try {
            return await work();
        } finally {
            this.#held.set(service, (this.#held.get(service) ?? 1) - 1);
        }
    }
}
