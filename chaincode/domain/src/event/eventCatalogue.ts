// SPDX-License-Identifier: Apache-2.0
import type { Decoded } from '../encoding/codec.js';
import { assetEvents } from './catalogue/assetEvents.js';
import { attestationEvents } from './catalogue/attestationEvents.js';
import { certificateEvents } from './catalogue/certificateEvents.js';
import { commercialEvents } from './catalogue/commercialEvents.js';
import { complianceEvents } from './catalogue/complianceEvents.js';
import { energyRegistryEvents } from './catalogue/energyRegistryEvents.js';
import { governanceEvents } from './catalogue/governanceEvents.js';
import { growthEvents } from './catalogue/growthEvents.js';
import { holdEvents } from './catalogue/holdEvents.js';
import { measurementEvents } from './catalogue/measurementEvents.js';
import { noteEvents } from './catalogue/noteEvents.js';
import { issuanceEvents } from './catalogue/issuanceEvents.js';
import { programmeEvents } from './catalogue/programmeEvents.js';
import { redemptionEvents } from './catalogue/redemptionEvents.js';
import { registryEvents } from './catalogue/registryEvents.js';
import { walletEvents } from './catalogue/walletEvents.js';

/** Everything that can have happened, in the past tense. Read models are built from these alone. */
export const eventCatalogue = {
    ...registryEvents,
    ...assetEvents,
    ...walletEvents,
    ...holdEvents,
    ...noteEvents,
    ...complianceEvents,
    ...issuanceEvents,
    ...attestationEvents,
    ...commercialEvents,
    ...governanceEvents,
    ...redemptionEvents,
    ...programmeEvents,
    ...measurementEvents,
    ...energyRegistryEvents,
    ...growthEvents,
    ...certificateEvents,
} as const;

export type EventType = keyof typeof eventCatalogue;

/** One thing that happened, with its facts. */
export type DomainEvent = {
    [T in EventType]: { readonly type: T } & Decoded<(typeof eventCatalogue)[T]>;
}[EventType];
