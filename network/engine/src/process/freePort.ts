// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:net';

const firstPort = 20_000;
const lastPort = 32_000;

const given = new Set<number>();

/** A loopback port that nobody listens on, below those that the system gives to outgoing connections; each time another one. */
export async function freePort(): Promise<number> {
    for (;;) {
        const port = firstPort + Math.floor(Math.random() * (lastPort - firstPort));
        if (given.has(port)) continue;
        given.add(port);
        if (await isFree(port)) return port;
    }
}

function isFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const server = createServer();
        server.once('error', () => {
            resolve(false);
        });
        server.listen(port, '127.0.0.1', () => {
            server.close(() => {
                resolve(true);
            });
        });
    });
}
