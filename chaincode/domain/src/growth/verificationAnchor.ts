// SPDX-License-Identifier: Apache-2.0
import { treeDigest } from '../encoding/byteCodec.js';
import { type Decoded, integer, object, text } from '../encoding/codec.js';
import { energyWh } from '../encoding/quantityCodec.js';
import { entityCountMax } from '../energy/energyEntity.js';
import { dayOf } from '../time/day.js';
import type { Instant } from '../time/ledgerClock.js';
import { period, periodOfYear } from '../time/period.js';
import type { YearClosing } from './yearClosing.js';

/** What a closed year is anchored by outside the ledger (KD-084); attesters sign it. */
export const verificationAnchor = object({
    /** When the year was closed (ISO 8601, UTC). */
    timestamp: text(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/, 'time in UTC (ISO 8601)'),
    period,
    merkleRoot: treeDigest,
    entityCount: integer(0, entityCountMax),
    totalVerifiedWh: energyWh,
    /** The same in terawatt-hours, with all twelve decimals. */
    totalVerifiedTwh: text(/^[0-9]{1,7}\.[0-9]{12}$/, 'energy in TWh with twelve decimals'),
});
export type VerificationAnchor = Decoded<typeof verificationAnchor>;

export function anchorOf({ year, merkleRoot, entityCount, totalWh, closedAt }: YearClosing): VerificationAnchor {
    const digits = totalWh.toString().padStart(13, '0');
    return {
        timestamp: isoTime(closedAt),
        period: periodOfYear(year),
        merkleRoot,
        entityCount,
        totalVerifiedWh: totalWh,
        totalVerifiedTwh: `${digits.slice(0, -12)}.${digits.slice(-12)}`,
    };
}

function isoTime(at: Instant): string {
    const second = at % 86_400n;
    const parts = [second / 3_600n, (second / 60n) % 60n, second % 60n];
    return `${dayOf(at)}T${parts.map((part) => part.toString().padStart(2, '0')).join(':')}Z`;
}
