// SPDX-License-Identifier: Apache-2.0
import { type Parameters, parametersAsOf, day as dayCodec } from '@power-currency/domain';
import { basename } from 'node:path';
import { Failure, isFailure } from '../../application/failure.js';
import { energyFiles, readIfPresent, writeWhole } from '../../cli/energyFiles.js';
import { encodeGridByZone, encodeGridSummary, gridTotals, updateGridLoad } from '../../energy/gridFiles.js';
import { type LoadedDay, loadDay, type NamedDocument } from '../../energy/loadDay.js';
import { EUROPEAN_ZONES, type Zone, zoneNamed } from '../../energy/zones.js';
import { readPlanned } from '../exchange.js';
import { type Machine, type StepResult } from '../machine.js';
import { daysBefore } from '../schedule.js';
import { keepReading, newestReading } from '../vintages.js';

/**
 * Adds up the day per zone, and reads the days before again for late data. Fewer zones than the minimum is an alarm;
 * below the floor the day cannot be attested (AI-30).
 */
export async function loadStep(machine: Machine, day: string): Promise<StepResult> {
    const { settings, ledger } = machine;
    const basis = await ledger.attestation.describeBasis({});
    const parameters = parametersAsOf(basis, dayCodec.decode(day, 'day'));
    const known = newestReading(settings.data, day)?.length ?? 0;
    const isSettled = known > 0 && readPlanned(settings, day) !== undefined;
    if (isSettled || BigInt(known) >= parameters.zonesMinimum) {
        return { ...judged(known, parameters, ['loaded already']), isRepeated: true };
    }
    const loaded = await readDay(machine, day);
    keepFiles(machine, loaded, parameters);
    const late = await readAgain(machine, day);
    const missing = loaded.missing.map(({ name, problem }) => `without ${name}: ${problem.code}`);
    return judged(loaded.readings.length, parameters, [...missing, ...late.map((file) => `late data: ${file}`)]);
}

function judged(zonesOk: number, { zonesMinimum, zonesFloor }: Parameters, notes: readonly string[]): StepResult {
    const zones = `${String(zonesOk)} zones`;
    const tell = (text: string): string => [text, ...notes].join('; ');
    if (BigInt(zonesOk) < zonesFloor) {
        return { outcome: 'lacking', detail: tell(`${zones}, below the floor of ${zonesFloor.toString()}`) };
    }
    if (BigInt(zonesOk) < zonesMinimum) {
        return { outcome: 'alarm', detail: tell(`${zones}, below the minimum of ${zonesMinimum.toString()}`) };
    }
    return { outcome: 'done', detail: tell(zones) };
}

async function readDay({ settings, fetchDay }: Machine, day: string): Promise<LoadedDay> {
    const documents: NamedDocument[] = [];
    const missing: { name: string; eic: string; problem: Failure }[] = [];
    for (const name of settings.zones) {
        const zone: Zone = zoneNamed(EUROPEAN_ZONES, name);
        try {
            documents.push(await fetchDay(zone, day));
        } catch (error) {
            if (!isFailure(error, 'FILE_NOT_FOUND')) {
                throw error;
            }
            missing.push({ name: zone.name, eic: zone.eic, problem: error });
        }
    }
    const [first] = missing;
    if (documents.length === 0 && first !== undefined) {
        throw first.problem;
    }
    const loaded = loadDay(documents, EUROPEAN_ZONES, day);
    const [forecast] = loaded.forecasts;
    if (forecast !== undefined) {
        const problem = 'it forecasts the day (process A01); without people, only measured values (A16) are attested';
        throw new Failure('ENERGY_DOCUMENT_INVALID', { where: forecast, problem });
    }
    return { ...loaded, missing: [...loaded.missing, ...missing] };
}

function keepFiles({ settings }: Machine, loaded: LoadedDay, parameters: Parameters): void {
    const files = energyFiles(settings.data, loaded.day);
    const totals = gridTotals(loaded, parameters);
    writeWhole(files.summary, encodeGridSummary(loaded, totals));
    writeWhole(files.load, updateGridLoad(readIfPresent(files.load), loaded.day, totals, files.load));
    // The last, for a day that was read is not loaded again.
    keepReading(settings.data, loaded.day, encodeGridByZone(loaded));
}

/** Days that were read before; what cannot be read again stays as it is. Returns the files with something new. */
async function readAgain(machine: Machine, day: string): Promise<readonly string[]> {
    const { data, revisionDays } = machine.settings;
    const written: string[] = [];
    for (const earlier of daysBefore(day, revisionDays)) {
        if (newestReading(data, earlier) === undefined) {
            continue;
        }
        try {
            const file = keepReading(data, earlier, encodeGridByZone(await readDay(machine, earlier)));
            written.push(...(file === undefined ? [] : [basename(file)]));
        } catch (error) {
            if (!(error instanceof Failure)) {
                throw error;
            }
        }
    }
    return written;
}
