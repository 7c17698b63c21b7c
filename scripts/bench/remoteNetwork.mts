// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { NetworkBench } from './networkBench.mts';

type Verb = Exclude<keyof NetworkBench, 'down' | 'stopLoad'>;

export interface Call {
    readonly verb: Verb;
    readonly args: readonly unknown[];
}

export type Answer = { readonly value: unknown } | { readonly failure: string };

/** A network in a process of its own, called one measurement at a time. */
export class RemoteNetwork {
    readonly #child: ChildProcess;

    /** `dir` takes all its files; `portOffset` is added to every port. */
    constructor(engine: string, dir: string, portOffset: number) {
        this.#child = fork(join(import.meta.dirname, 'networkProcess.mts'), [engine], {
            execArgv: ['--disable-warning=ExperimentalWarning'],
            env: {
                ...process.env,
                NODE_OPTIONS: '',
                POWER_NETWORK_DIR: dir,
                POWER_PORT_OFFSET: String(portOffset),
            },
        });
    }

    call<V extends Verb>(verb: V, ...args: Parameters<NetworkBench[V]>): ReturnType<NetworkBench[V]> {
        const answer = new Promise((resolve, reject) => {
            const onMessage = (message: Answer): void => {
                this.#child.off('exit', onExit);
                if ('failure' in message) reject(new Error(message.failure));
                else resolve(message.value);
            };
            const onExit = (): void => {
                this.#child.off('message', onMessage);
                reject(new Error('the process that holds the network ended'));
            };
            this.#child.once('message', onMessage).once('exit', onExit);
            this.#child.send({ verb, args } satisfies Call);
        });
        return answer as ReturnType<NetworkBench[V]>;
    }

    /** Takes the network down, also in the middle of a call, and waits until it is gone. */
    async close(): Promise<void> {
        if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
        const gone = once(this.#child, 'exit');
        if (this.#child.connected) this.#child.disconnect();
        await gone;
    }
}
