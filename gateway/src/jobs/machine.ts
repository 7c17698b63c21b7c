// SPDX-License-Identifier: Apache-2.0
import { type Primitives } from '@power-currency/domain';
import { type Ledger } from '../application/ledger.js';
import { type NamedDocument } from '../energy/loadDay.js';
import { type Zone } from '../energy/zones.js';
import { type JobSettings } from './jobSettings.js';
import { type Outcome } from './jobState.js';

/** What the steps of one machine work with. */
export interface Machine {
    readonly settings: JobSettings;
    readonly ledger: Ledger;
    readonly primitives: Primitives;
    /** The published document of a zone's day. @throws Failure where there is none */
    readonly fetchDay: (zone: Zone, day: string) => Promise<NamedDocument>;
}

/** How a step ended, in a line for its log. */
export interface StepResult {
    readonly outcome: Outcome;
    readonly detail: string;
    /** It had been done before: there was nothing to do. */
    readonly isRepeated?: true;
}

/** One step for one day. Running it again changes nothing. @throws Failure, DomainError */
export type StepRun = (machine: Machine, day: string) => Promise<StepResult>;

export const attestedAlready: StepResult = { outcome: 'done', detail: 'attested already', isRepeated: true };

/** Whether the ledger has the day or a later one. */
export async function isAttested(ledger: Ledger, day: string): Promise<boolean> {
    const { lastDay } = await ledger.attestation.describeBasis({});
    return lastDay !== null && lastDay >= day;
}
