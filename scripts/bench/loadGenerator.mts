// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Fill, Filled, Load, LoadSample } from './figures.mts';

type Moment = 'begun' | 'ended';

/** The load process of one network; it keeps its connection from run to run. */
export class LoadGenerator {
    readonly #child: ChildProcess;

    constructor(networkDir: string) {
        this.#child = fork(join(import.meta.dirname, 'loadProcess.mts'), [networkDir], {
            execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16'],
        });
    }

    get pid(): number {
        return this.#child.pid ?? 0;
    }

    /** Writes every key once. @returns transactions it took */
    async fill(keys: number): Promise<number> {
        return (await this.#ask<Filled>({ fill: keys }, {})).filledBy;
    }

    /** Offers one load to its end; `moments` are called as the measured time begins and ends. */
    run(load: Load, moments: Partial<Record<Moment, () => void>> = {}): Promise<LoadSample> {
        return this.#ask<LoadSample>(load, moments);
    }

    #ask<Answer extends LoadSample | Filled>(
        order: Load | Fill,
        moments: Partial<Record<Moment, () => void>>,
    ): Promise<Answer> {
        return new Promise((resolve, reject) => {
            const onMessage = (message: Moment | Answer): void => {
                if (typeof message === 'string') {
                    moments[message]?.();
                    return;
                }
                this.#child.off('message', onMessage).off('exit', onExit);
                resolve(message);
            };
            const onExit = (): void => reject(new Error('the load process ended before its run did'));
            this.#child.on('message', onMessage).on('exit', onExit);
            this.#child.send(order);
        });
    }

    stop(): void {
        this.#child.kill();
    }
}
