// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises';
import { SeededRandom } from '../scenarios/hostile/seededRandom';
import { damaged } from './hostileBytes';
import { Flaw, type Service } from './service';
import { shrunk } from './shrink';

/** Something a message did that no message may. */
export interface Finding {
    readonly service: string;
    readonly index: number;
    readonly layer: string;
    readonly reason: string;
    /** What the layer's bytes were replaced by, and the smallest that does it too. */
    readonly bytes: Buffer;
    readonly smallest: Buffer;
}

/** Errors that reached nobody: a promise without a reader, an exception outside of any call. */
export class StrayErrors {
    readonly #errors: unknown[] = [];

    constructor() {
        for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
            process.on(event, (error: unknown) => this.#errors.push(error));
        }
    }

    add(error: unknown): void {
        this.#errors.push(error);
    }

    take(): unknown {
        return this.#errors.splice(0)[0];
    }
}

/** Sends message `index` of a service. All of it follows from the seed, but for keys and times. */
export class Attempts {
    readonly #seed: number;
    readonly #strays: StrayErrors;

    constructor(seed: number, strays: StrayErrors) {
        this.#seed = seed;
        this.#strays = strays;
    }

    /** The answer's name, or what was wrong with it. */
    async run(service: Service, index: number): Promise<string | Finding> {
        const layer = new SeededRandom(this.#seedOf(service, index)).pick(service.layers);
        let bytes: Buffer | undefined;
        try {
            return await this.#send(service, index, layer, (original, random) => (bytes ??= damaged(original, random)));
        } catch (error) {
            const hostile = bytes ?? Buffer.alloc(0);
            return { service: service.name, index, layer, reason: reasonOf(error), bytes: hostile, smallest: hostile };
        }
    }

    /** The finding with the smallest bytes that have the same effect when sent alone. */
    async shrink(service: Service, finding: Finding): Promise<Finding> {
        const kind = kindOf(finding.reason);
        const fails = async (candidate: Buffer): Promise<boolean> => {
            try {
                await this.#send(service, finding.index, finding.layer, () => candidate);
                return false;
            } catch (error) {
                return kindOf(reasonOf(error)) === kind;
            }
        };
        return { ...finding, smallest: await shrunk(finding.bytes, fails) };
    }

    async #send(
        service: Service,
        index: number,
        layer: string,
        replace: (original: Buffer, random: SeededRandom) => Buffer,
    ): Promise<string> {
        const seed = this.#seedOf(service, index);
        let replaced = false;
        const change = (at: string, original: Buffer): Buffer => {
            if (at !== layer || replaced) return original;
            replaced = true;
            return replace(original, new SeededRandom(seed ^ 0x5bd1e995));
        };
        const answer = await service.attempt(change, new SeededRandom(seed + 1));
        const stray = this.#strays.take();
        if (stray !== undefined) throw new Flaw(`an error that nobody caught: ${reasonOf(stray)}`);
        return answer;
    }

    #seedOf({ name }: Service, index: number): number {
        let hash = this.#seed;
        for (const character of `${name}/${String(index)}`)
            hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
        return hash >>> 0;
    }
}

/** Lets what was thrown away by the last messages come to light. */
export const settled = async (): Promise<void> => {
    await setImmediate();
    await setImmediate();
};

const reasonOf = (error: unknown): string =>
    error instanceof Flaw ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
/** Numbers and identifiers differ from one message to the next. */
const kindOf = (reason: string): string =>
    reason
        .replaceAll(/\n.*/gs, '')
        .replaceAll(/[0-9a-f]{6,}|\d+/g, '#')
        .slice(0, 80);
