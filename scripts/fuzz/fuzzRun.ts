// SPDX-License-Identifier: Apache-2.0
import { Attempts, settled, type Finding, type StrayErrors } from './attempt';
import type { Service } from './service';

const parallel = 16;
const findingsMax = 5;

export interface RunReport {
    readonly sent: number;
    readonly findings: readonly Finding[];
    /** How often each service gave each answer. */
    readonly answers: ReadonlyMap<string, ReadonlyMap<string, number>>;
    /** Bytes of the heap in use after collection, at each quarter of the run. */
    readonly heap: readonly number[];
}

interface RunOptions {
    readonly services: readonly Service[];
    readonly messages: number;
    readonly seed: number;
    /** Of `parts` runs that share the messages, which this is, from 0. */
    readonly part: number;
    readonly parts: number;
    readonly strays: StrayErrors;
    readonly onProgress: (sent: number) => void;
}

/** Sends the messages to the services by their shares, several at a time; stops when there are several findings. */
export async function runFuzz({
    services,
    messages,
    seed,
    part,
    parts,
    strays,
    onProgress,
}: RunOptions): Promise<RunReport> {
    const attempts = new Attempts(seed, strays);
    const answers = new Map(services.map(({ name }) => [name, new Map<string, number>()]));
    const findings: Finding[] = [];
    const heap: number[] = [];
    const own = interleaved(services, messages).filter((_, place) => place % parts === part);
    let sent = 0;
    for (let quarter = 1; quarter <= 4; quarter++) {
        const until = Math.floor((own.length * quarter) / 4);
        const worker = async (): Promise<void> => {
            while (sent < until && findings.length < findingsMax) {
                const next = own[sent++];
                if (next === undefined) return;
                const [service, index] = next;
                const outcome = await attempts.run(service, index);
                if (typeof outcome !== 'string') findings.push(outcome);
                else count(answers.get(service.name), outcome);
                if (sent % 1_000 === 0) onProgress(sent);
            }
        };
        await Promise.all(Array.from({ length: parallel }, worker));
        await settled();
        heap.push(await collectedHeapBytes());
    }
    const byName = new Map(services.map((service) => [service.name, service]));
    const shrunkFindings = [];
    for (const finding of findings) {
        const service = byName.get(finding.service);
        shrunkFindings.push(service === undefined ? finding : await attempts.shrink(service, finding));
    }
    return { sent, findings: shrunkFindings, answers, heap };
}

/** Which service's which message comes when; each service gets its share of any stretch of the run. */
function interleaved(services: readonly Service[], messages: number): readonly (readonly [Service, number])[] {
    const total = services.reduce((sum, { share }) => sum + share, 0);
    const order: (readonly [Service, number])[] = [];
    const given = new Map<Service, number>();
    for (let place = 0; place < messages; place++) {
        // Whoever is furthest behind its share is next.
        const behind = (service: Service): number => ((place + 1) * service.share) / total - (given.get(service) ?? 0);
        const next = services.reduce((first, other) => (behind(other) > behind(first) ? other : first));
        const index = given.get(next) ?? 0;
        given.set(next, index + 1);
        order.push([next, index]);
    }
    return order;
}

async function collectedHeapBytes(): Promise<number> {
    // Twice: what has a finalizer goes in the second round.
    for (let round = 0; round < 2; round++) {
        globalThis.gc?.();
        await settled();
    }
    return process.memoryUsage().heapUsed + process.memoryUsage().external;
}

function count(counts: Map<string, number> | undefined, answer: string): void {
    counts?.set(answer, (counts.get(answer) ?? 0) + 1);
}
