// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../encoding/canonicalJson.js';
import { type Codec, invalid } from '../encoding/codec.js';
import type { Json } from '../encoding/json.js';
import { parseJson } from '../encoding/parseJson.js';
import { type DomainEvent, eventCatalogue, type EventType } from './eventCatalogue.js';

/** The name of the one Fabric event of a transaction: a second one would silently replace the first. */
export const eventName = 'ledger.v1';

/** All that a transaction made happen, in order. */
export interface EventEnvelope {
    /** The transaction's full name, such as `Wallet:Transfer`. */
    readonly transaction: string;
    readonly events: readonly DomainEvent[];
}

/** The payload of the Fabric event. */
export function encodeEventEnvelope(envelope: EventEnvelope): string {
    return canonicalJson({ transaction: envelope.transaction, events: envelope.events.map(encodeEvent) });
}

/** Reads a payload back. Throws INVALID_ARGUMENT or JsonSyntaxError for anything we did not write. */
export function parseEventEnvelope(text: string): EventEnvelope {
    const envelope = parseJson(text) as { readonly transaction?: Json; readonly events?: Json } | null;
    const [transaction, events] = [envelope?.transaction, envelope?.events];
    if (typeof transaction !== 'string') invalid('transaction', 'not a transaction name');
    if (!Array.isArray(events)) invalid('events', 'not a list of events');
    return { transaction, events: (events as readonly Json[]).map(decodeEvent) };
}

function encodeEvent(event: DomainEvent): Json {
    return { ...(codecOf(event.type).encode(event) as object), type: event.type };
}

function decodeEvent(value: Json, index: number): DomainEvent {
    const field = `events[${String(index)}]`;
    const { type, ...facts } = value as Readonly<Record<string, Json>>;
    if (typeof type !== 'string' || !isEventType(type)) return invalid(field, 'not a known event');
    return { ...(codecOf(type).decode(facts, field) as object), type } as DomainEvent;
}

function isEventType(text: string): text is EventType {
    return Object.hasOwn(eventCatalogue, text);
}

function codecOf(type: EventType): Codec<unknown> {
    return eventCatalogue[type];
}
