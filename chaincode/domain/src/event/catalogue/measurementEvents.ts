// SPDX-License-Identifier: Apache-2.0
import { digest } from '../../encoding/byteCodec.js';
import { integer, list, object } from '../../encoding/codec.js';
import { facilityId, holderId, participantId, sourceId } from '../../encoding/identifier.js';
import { count, energyDelta, energyWh, instant, ratio } from '../../encoding/quantityCodec.js';
import { sourceKind } from '../../energy/energySource.js';
import { reviewEnd, verdictWord } from '../../reconciliation/measurementRecords.js';
import { reconciliationStatus, sourceCountMax } from '../../reconciliation/reconciliationRecords.js';
import { attesterRole } from '../../registry/role.js';
import { period } from '../../time/period.js';

const vintage = integer(1, 2 ** 31);

/** What happens to the measured energy of a facility's period. */
export const measurementEvents = {
    ReportAccepted: object({
        ...{ sourceId, kind: sourceKind, facilityId, period, sequence: count, digest, energyWh },
        relayedBy: participantId,
    }),
    MeasurementReconciled: object({
        ...{ facilityId, period, vintage, status: reconciliationStatus, estimateWh: energyWh },
        ...{ cv: ratio, confidence: ratio, suspects: list(sourceId, sourceCountMax) },
    }),
    ReviewOpened: object({ facilityId, period, vintage, openedBy: participantId, deadline: instant }),
    VerdictGiven: object({
        ...{ facilityId, period, vintage, role: attesterRole, participantId },
        ...{ verdict: verdictWord, evidence: digest, withoutSources: list(sourceId, sourceCountMax) },
    }),
    ReviewEnded: object({ facilityId, period, vintage, outcome: reviewEnd, estimateWh: energyWh }),
    /** What of the period counts in an entity's year changed; `year` is the first open one, at or after the period's. */
    EnergyCounted: object({
        ...{ facilityId, entityId: holderId, period, vintage, year: integer(2000, 2199) },
        ...{ countedWh: energyWh, deltaWh: energyDelta },
    }),
} as const;
