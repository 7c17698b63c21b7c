// SPDX-License-Identifier: Apache-2.0
import type * as PromClient from 'prom-client';

type Labels = Readonly<Record<string, string>>;
export interface Counter {
    add(labels?: Labels, amount?: number): void;
}
interface Gauge {
    set(labels: Labels, value: number): void;
}
interface Histogram {
    observe(labels: Labels, value: number): void;
}

interface Declared {
    bind(client: typeof PromClient): void;
}

/**
 * Instruments are declared where they are used, at module load. They do nothing until a node turns metrics on, and only
 * then is prom-client loaded: a node with Fabric's default (`metrics.provider: disabled`) starts without it.
 */
const declared: Declared[] = [];
let enabled: typeof PromClient | undefined;

/** Turns every instrument on (`metrics.provider: prometheus`). */
export async function enableMetrics(): Promise<void> {
    if (enabled === undefined) {
        const client = await import('prom-client');
        enabled = client;
        for (const instrument of declared) {
            instrument.bind(client);
        }
    }
}

export function metricsEnabled(): boolean {
    return enabled !== undefined;
}

/** The instruments in Prometheus' text format; empty while metrics are off. */
export async function metricsText(): Promise<{ contentType: string; text: string }> {
    return enabled === undefined
        ? { contentType: 'text/plain', text: '' }
        : { contentType: enabled.register.contentType, text: await enabled.register.metrics() };
}

/** A number that only grows. */
export function counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    let target: PromClient.Counter | undefined;
    declare((client) => {
        target = new client.Counter({ name, help, labelNames: [...labelNames] });
    });
    return {
        add: (labels = {}, amount = 1) => {
            target?.inc({ ...labels }, amount);
        },
    };
}

/** A number that goes up and down. */
export function gauge(name: string, help: string, labelNames: readonly string[] = []): Gauge {
    let target: PromClient.Gauge | undefined;
    declare((client) => {
        target = new client.Gauge({ name, help, labelNames: [...labelNames] });
    });
    return {
        set: (labels, value) => {
            target?.set({ ...labels }, value);
        },
    };
}

/** A distribution, in seconds where it is a duration. */
export function histogram(
    name: string,
    help: string,
    labelNames: readonly string[] = [],
    buckets?: readonly number[],
): Histogram {
    let target: PromClient.Histogram | undefined;
    declare((client) => {
        target = new client.Histogram({
            name,
            help,
            labelNames: [...labelNames],
            ...(buckets !== undefined && { buckets: [...buckets] }),
        });
    });
    return {
        observe: (labels, value) => {
            target?.observe({ ...labels }, value);
        },
    };
}

function declare(bind: Declared['bind']): void {
    declared.push({ bind });
    if (enabled !== undefined) {
        bind(enabled);
    }
}
