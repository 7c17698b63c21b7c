// SPDX-License-Identifier: Apache-2.0
import { encodeAttestationFile } from '@power-currency/domain';
import fc from 'fast-check';
import { zone } from '../zone.js';
import { dayOfSequence, type LawStage, lawStep, walletIndex } from './lawStage.js';

async function nextSequence({ scenario }: LawStage): Promise<bigint> {
    const reader = scenario.person('RegulatorMSP');
    return (await scenario.ledger.evaluate(reader, 'Attestation:DescribeBasis', {})).sequence;
}

/** Days are attested, with more energy or less, and Power Credits issued against the last of them. */
export const issuanceSteps = [
    lawStep('mint', 2, fc.record({ to: walletIndex, amount: fc.bigInt(1n, 1_000n) }), async (stage, { to, amount }) => {
        const day = dayOfSequence((await nextSequence(stage)) - 1n);
        const value = { requestId: stage.scenario.requestId(), day, amount, to: stage.wallet(to) };
        return stage.endorse('CentralBankMSP', 'PowerCredit:Mint', value);
    }),
    lawStep('attest', 1, fc.bigInt(0n, 10n ** 6n), async (stage, energyWh) => {
        const { scenario } = stage;
        const day = dayOfSequence(await nextSequence(stage));
        const file = scenario.signDay(await scenario.prepareDay(day, [zone(energyWh)]));
        const value = { requestId: scenario.requestId(), file: encodeAttestationFile(file) };
        return stage.endorse('AuthorityMSP', 'Attestation:Submit', value);
    }),
    lawStep('time passes', 3, fc.oneof(fc.bigInt(1n, 800n), fc.bigInt(600_000n, 2_700_000n)), (stage, seconds) => {
        stage.scenario.ledger.time += seconds;
        return Promise.resolve(undefined);
    }),
];
