// SPDX-License-Identifier: Apache-2.0
import { holderOf, type WalletId } from '../encoding/identifier.js';
import type { Facility } from '../energy/facility.js';
import { refuse } from '../error/domainError.js';

/** Whether the wallet is the facility's entity's. Throws FACILITY_NOT_YOURS. */
export function checkFacilityOf({ facilityId, entityId }: Facility, by: WalletId): void {
    if (entityId !== holderOf(by)) refuse('FACILITY_NOT_YOURS', { facilityId, walletId: by });
}

/** Throws FACILITY_TYPE_MISMATCH. */
export function checkType({ facilityId, type }: Facility, expected: Facility['type']): void {
    if (type !== expected) refuse('FACILITY_TYPE_MISMATCH', { facilityId, type, expected });
}
