// SPDX-License-Identifier: Apache-2.0
import { type IClientOptions, type MqttClient } from 'mqtt';
import { Failure } from '../application/failure.js';
import { readInput } from './readInput.js';

/** Where messages are published, and how this machine proves who it is. Files are PEM, but for the password's. */
export interface Broker {
    /** `mqtt://` or `mqtts://` with host and port. */
    readonly url: string;
    /** Topic filter, with `+` and `#` as wildcards. */
    readonly topic: string;
    /** The name under which the broker keeps what arrives while nobody listens. */
    readonly clientId: string;
    readonly username?: string;
    readonly passwordFile?: string;
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
}

interface Subscriber {
    /** Takes one message. The broker is told so when this returns, and sends it again if that never happens. */
    readonly take: (message: string) => void;
    readonly note: (what: string) => void;
    readonly stop: AbortSignal;
}

/**
 * Takes the messages of an MQTT topic, each at least once (QoS 1 in a session that outlives the connection: MQTT 3.1.1
 * §4.1, §4.3.2), over lost connections until it is stopped.
 *
 * @throws Failure BROKER_UNREACHABLE for a first connection that fails; whatever `take` throws
 */
export async function followBroker(broker: Broker, { take, note, stop }: Subscriber): Promise<void> {
    // A large library that one option of one command needs.
    const { connect } = await import('mqtt');
    const client = connect(broker.url, { ...settingsOf(broker), manualConnect: true });
    try {
        await new Promise<void>((resolve, reject) => {
            // Set before the connection: what the broker has kept comes right after it.
            client.handleMessage = ({ payload }, acknowledge) => {
                try {
                    take(payload.toString());
                    acknowledge();
                } catch (error) {
                    reject(error instanceof Error ? error : new Error(String(error)));
                }
            };
            stop.addEventListener('abort', () => {
                resolve();
            });
            subscribe(client, broker, note).catch(reject);
            if (stop.aborted) resolve();
        });
    } finally {
        await client.endAsync(true);
    }
}

async function subscribe(client: MqttClient, { url, topic }: Broker, note: (what: string) => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        const fail = (error?: Error): void => {
            reject(new Failure('BROKER_UNREACHABLE', { url, problem: error?.message ?? 'connection closed' }));
        };
        client.once('connect', () => {
            client.off('error', fail).off('close', fail);
            resolve();
        });
        client.once('error', fail).once('close', fail).connect();
    });
    client.on('error', (error) => {
        note(error.message);
    });
    client.on('offline', () => {
        note(`${url} is lost; trying again`);
    });
    client.on('connect', () => {
        note(`connected to ${url} again`);
    });
    await client.subscribeAsync(topic, { qos: 1 });
    note(`listening to ${topic} at ${url}`);
}

function settingsOf({ clientId, username, passwordFile, caFile, certFile, keyFile }: Broker): IClientOptions {
    return {
        ...{ clientId, clean: false },
        ...(username !== undefined && { username }),
        ...(passwordFile !== undefined && { password: readInput(passwordFile).toString('utf8').trimEnd() }),
        ...(caFile !== undefined && { ca: readInput(caFile) }),
        ...(certFile !== undefined && { cert: readInput(certFile) }),
        ...(keyFile !== undefined && { key: readInput(keyFile) }),
    };
}
