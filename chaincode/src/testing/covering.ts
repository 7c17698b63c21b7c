// SPDX-License-Identifier: Apache-2.0
import {
    type Correction,
    type DomainEvent,
    encodeArguments,
    encodeAttestationFile,
    type ParameterName,
    type ResultOf,
    type WalletId,
} from '@power-currency/domain';
import { Scenario } from './scenario.js';
import { zone } from './zone.js';

/** One Power Credit. */
export const pc = 1_000_000n;
export const daySeconds = 86_400n;
/** Energy that covers exactly 1080 credits at CR 1.10: 1080 · 1.5 € · 1.1 = 110 MWh · 0.18 · 90 €/MWh. */
export const energyFor1080 = 110_000_000n;

/** A ledger on which Power Credits are issued to one wallet, against days of one zone. Its own day is 2027-01-15. */
export class Covering {
    readonly scenario: Scenario;
    readonly anna: WalletId;

    private constructor(scenario: Scenario, anna: WalletId) {
        this.scenario = scenario;
        this.anna = anna;
    }

    static async founded(): Promise<Covering> {
        const scenario = await Scenario.founded();
        return new Covering(scenario, await scenario.openWallet('anna'));
    }

    async mint(day: string, amount: bigint): Promise<ResultOf<'PowerCredit:Mint'>> {
        return this.scenario.mint(day, amount, this.anna);
    }

    async coverage(): Promise<ResultOf<'PowerCredit:DescribeCoverage'>> {
        const reader = this.scenario.person('RegulatorMSP');
        return this.scenario.ledger.evaluate(reader, 'PowerCredit:DescribeCoverage', {});
    }

    /** Votes for another value of a parameter. */
    async change(name: ParameterName, value: string): Promise<void> {
        const id = `change-${name}-${value.replace('.', '-')}`.toLowerCase();
        await this.scenario.mandate(id, { kind: 'parameter', name, value });
    }

    /** The events an attestation of the day would have. */
    async eventsOf(
        day: string,
        energyWh: bigint,
        corrections: readonly Correction[] = [],
    ): Promise<readonly DomainEvent[]> {
        const { scenario } = this;
        const file = scenario.signDay(await scenario.prepareDay(day, [zone(energyWh)], corrections));
        const command = { requestId: scenario.requestId(), file: encodeAttestationFile(file) };
        const argument = encodeArguments('Attestation:Submit', command);
        const identity = scenario.person('AuthorityMSP');
        const { envelope } = await scenario.ledger.endorse({ identity, transaction: 'Attestation:Submit', argument });
        return envelope?.events ?? [];
    }
}
