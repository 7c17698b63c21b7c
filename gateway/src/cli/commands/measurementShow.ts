// SPDX-License-Identifier: Apache-2.0
import { facilityId, period } from '@power-currency/domain';
import { type Command } from 'commander';
import { measurementText } from '../measurementText.js';
import { type Surface } from '../surface.js';

/** `power measurement show`: for people in lines, for programs as the ledger answers. */
export function addShowMeasurementCommand(measurement: Command, surface: Surface): void {
    measurement
        .command('show')
        .argument('<facility-id>', 'facility id')
        .argument('<period>', 'day, month or year')
        .description("a facility's period: its state, its last vintage with what was found, and the review of that")
        .action(async (facility: string, of: string) => {
            const ids = { facilityId: facilityId.decode(facility, 'facilityId'), period: period.decode(of, 'period') };
            await surface.show('Measurement:Describe', ids, measurementText);
        })
        .addHelpText('after', '\nExample:\n  $ power measurement show roof-1 2026-11-20');
}
