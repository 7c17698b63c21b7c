// SPDX-License-Identifier: Apache-2.0
import {
    type Day,
    type EnergyWh,
    type FacilityId,
    issueCertificatesIntent,
    type OpenFlag,
    type Period,
    type ResultOf,
    type WalletId,
} from '@power-currency/domain';
import { activeEntity, facilityOf } from './energySteps.js';
import { Measuring } from './measuring.js';
import { Scenario } from './scenario.js';

/** A record as it is on the ledger. */
type Stored = Readonly<Record<string, string>>;

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const facilityId = 'mill' as FacilityId;

/** A wind turbine of 10 MW that a cooperative owns, one source of each kind, and what the ledger has of its energy. */
export class WindMill {
    readonly scenario: Scenario;
    readonly wind: Measuring;

    private constructor(scenario: Scenario, wind: Measuring) {
        this.scenario = scenario;
        this.wind = wind;
    }

    /** On a ledger of its own. */
    static async founded(): Promise<WindMill> {
        const scenario = await Scenario.founded();
        const entityId = await activeEntity(scenario, 'windmill', 'cooperative');
        const facility = await facilityOf(scenario, entityId, facilityId, { carrier: 'B19', nameplateW: 10_000_000n });
        return new WindMill(scenario, await Measuring.of(scenario, facility));
    }

    async recordOf(...parts: readonly string[]): Promise<Stored | undefined> {
        const text = (await this.scenario.ledger.state()).get(parts.join('~'));
        return text === undefined ? undefined : (JSON.parse(text) as Stored);
    }

    async entityYear(year = '2026'): Promise<Stored | undefined> {
        return this.recordOf('entity-year', 'windmill', year);
    }

    async withheld(): Promise<string> {
        return (await this.recordOf('withheld', facilityId))?.withheldWh ?? '0';
    }

    /** What can be certified of each hour in Wh, certificates there are included; nothing where nobody knows. */
    async certifiable(day: string): Promise<readonly string[]> {
        const state = await this.scenario.ledger.state();
        return hours.map((hour) => {
            const text = state.get(`energy~${facilityId}~${day}T${hour}:00Z`);
            return text === undefined ? '' : ((JSON.parse(text) as Stored).verifiedWh ?? '');
        });
    }

    /** The entity certifies so much of each hour. */
    async certify(perHour: bigint, day: string): Promise<void> {
        const wish = { facilityId, day: day as Day, starts: [], energyWh: perHour as EnergyWh };
        const fields = this.scenario.intentFields('windmill' as WalletId, 0n);
        const intent = { ...fields, type: 'power/issue-certificates', ...wish } as const;
        const signed = this.scenario.signed(issueCertificatesIntent, intent);
        await this.scenario.ledger.submit(this.scenario.person('CooperativeMSP'), 'Certificate:Issue', signed);
    }

    async describe(day: string): Promise<ResultOf<'Measurement:Describe'>> {
        const of = { facilityId, period: day as Period };
        return this.scenario.ledger.evaluate(this.scenario.person('RegulatorMSP'), 'Measurement:Describe', of);
    }

    async vintages(day: string): Promise<ResultOf<'Measurement:ListVintages'>['rows']> {
        const of = { facilityId, period: day as Period, pageSize: 100, bookmark: '' };
        const reader = this.scenario.person('RegulatorMSP');
        return (await this.scenario.ledger.evaluate(reader, 'Measurement:ListVintages', of)).rows;
    }

    async flagged(): Promise<readonly OpenFlag[]> {
        const reader = this.scenario.person('RegulatorMSP');
        const page = { pageSize: 10, bookmark: '' };
        return (await this.scenario.ledger.evaluate(reader, 'Measurement:ListFlagged', page)).rows;
    }
}

/** Wh of all hours. */
export const totalOf = (texts: readonly string[]): bigint => texts.reduce((sum, text) => sum + BigInt(text), 0n);
