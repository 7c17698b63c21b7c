// SPDX-License-Identifier: Apache-2.0
import { coverageRatioText } from '../../credit/creditRecords.js';
import { reserveGate } from '../../credit/reserve.js';
import { zoneCode } from '../../attestation/correction.js';
import { object, text } from '../../encoding/codec.js';
import { amount, count, energyWh } from '../../encoding/quantityCodec.js';
import { day } from '../../time/day.js';

/** The ratio is that of the reserve which gates issuance. */
const coverage = object({ day, gate: reserveGate, coverageRatio: coverageRatioText });

export const attestationEvents = {
    DayAttested: object({
        day,
        sequence: count,
        whDcRaw: energyWh,
        whDcCommit: energyWh,
        whReserve: energyWh,
        whContracted: energyWh,
        gate: reserveGate,
        coverageRatio: coverageRatioText,
        coverageRatioContracted: coverageRatioText,
        mintSuggested: amount,
        digestSigned: text(/^0x[0-9a-f]{64}$/, 'digest'),
    }),
    CoverageFrozen: coverage,
    CoverageRecovered: coverage,
    CoverageAboveBand: coverage,
    CoverageDefence: coverage,
    EnergyCorrected: object({ day, correctedDay: day, eic: zoneCode, whBefore: energyWh, whAfter: energyWh }),
} as const;
