// SPDX-License-Identifier: Apache-2.0
import { coverageRatioText } from '../../credit/creditRecords.js';
import { object, text } from '../../encoding/codec.js';
import { amount, count, energyWh } from '../../encoding/quantityCodec.js';
import { day } from '../../time/day.js';

export const attestationEvents = {
    DayAttested: object({
        day,
        sequence: count,
        whDcRaw: energyWh,
        whDcCommit: energyWh,
        coverageRatio: coverageRatioText,
        mintSuggested: amount,
        digestSigned: text(/^0x[0-9a-f]{64}$/, 'digest'),
    }),
    CoverageFrozen: object({ day, coverageRatio: coverageRatioText }),
    CoverageRecovered: object({ day, coverageRatio: coverageRatioText }),
    CoverageAboveBand: object({ day, coverageRatio: coverageRatioText }),
} as const;
