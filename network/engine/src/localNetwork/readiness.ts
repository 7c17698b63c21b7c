// SPDX-License-Identifier: Apache-2.0
import { get } from 'node:http';
import { connect } from 'node:net';

interface Listeners {
    /** Ports of 127.0.0.1 that the process listens on. */
    readonly ports: readonly number[];
    /** An operations port whose /healthz must say OK before the process counts as ready. */
    readonly healthPort?: number;
}

export async function isReady({ ports, healthPort }: Listeners): Promise<boolean> {
    const listening = await Promise.all(ports.map(isListening));
    if (!listening.every(Boolean)) return false;
    return healthPort === undefined || (await isHealthy(healthPort));
}

export function isListening(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect({ host: '127.0.0.1', port });
        const answer = (open: boolean) => (): void => {
            socket.destroy();
            resolve(open);
        };
        socket.once('connect', answer(true)).once('error', answer(false)).setTimeout(1000, answer(false));
    });
}

function isHealthy(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: 1000 }, (response) => {
            response.resume();
            resolve(response.statusCode === 200);
        });
        request.on('error', () => {
            resolve(false);
        });
        request.on('timeout', () => request.destroy());
    });
}
