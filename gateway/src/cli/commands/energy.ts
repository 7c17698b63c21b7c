// SPDX-License-Identifier: Apache-2.0
import { type Command } from 'commander';
import { EUROPEAN_ZONES } from '../../energy/zones.js';
import { type Surface } from '../surface.js';
import { addLifeCommand } from './energyLife.js';
import { addLoadCommand } from './energyLoad.js';
import { addPlanCommand } from './energyPlan.js';
import { addPricesCommand } from './energyPrices.js';
import { addSignCommand } from './energySign.js';
import { addSubmitCommand, addVerifyCommand } from './energyVerify.js';

/** `power energy`: the energy day, from documents of the grid to a signed attestation on the ledger. */
export function addEnergyCommand(program: Command, surface: Surface): void {
    const energy = program
        .command('energy')
        .description('the energy day: load, plan, sign, verify, submit; the life of an hour of energy')
        .addHelpText(
            'after',
            `
A day, step by step:
  $ power energy load --day 2025-11-19 --file gateway/samples/*_A65.xml
  $ power energy plan --day 2025-11-19
  $ power energy sign data/attestation_2025-11-19.json --key keys/data.pem --role data --signer cooperative-data
  $ power energy sign data/attestation_2025-11-19.json --key keys/risk.pem --role risk --signer centralbank-risk
  $ power energy verify data/attestation_2025-11-19.json --registered
  $ power energy submit data/attestation_2025-11-19.json`,
        );
    addLoadCommand(energy, surface);
    addPlanCommand(energy, surface);
    addSignCommand(energy, surface);
    addVerifyCommand(energy, surface);
    addSubmitCommand(energy, surface);
    addPricesCommand(energy, surface);
    addLifeCommand(energy, surface);
    energy
        .command('zones')
        .description('list the bidding zones known, with their codes and clocks')
        .action(() => {
            surface.print(
                [...EUROPEAN_ZONES.values()].map(({ name, eic, timeZone }) => ({ name, eic, timezone: timeZone })),
            );
        })
        .addHelpText('after', '\nExample:\n  $ power energy zones -o json');
}
