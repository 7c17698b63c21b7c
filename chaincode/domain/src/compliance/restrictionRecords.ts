// SPDX-License-Identifier: Apache-2.0
import { type Decoded, list, nullable, object, oneOf } from '../encoding/codec.js';
import { holderId, type HolderId, holderOf, participantId, restrictionId, walletId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { union } from '../encoding/union.js';
import { person } from './person.js';

/** Why money may not move; who wants to know more asks the organisations named. */
const freezeReason = oneOf(['court-order', 'fraud-suspected', 'key-compromise', 'aml-review']);
const sanctionReason = oneOf(['sanctions-list', 'court-order']);

/**
 * What a restriction stops. A freeze stops payments out of one wallet or of all wallets of a holder; a sanction stops
 * payments to the holder as well. None of them moves money, or lets anybody else move it.
 */
export const measure = union({
    'freeze-wallet': object({ walletId, reason: freezeReason }),
    'freeze-holder': object({ holderId, reason: freezeReason }),
    sanction: object({ holderId, reason: sanctionReason }),
});
export type Measure = Decoded<typeof measure>;

/** The holder a measure is about. */
export function holderOfMeasure(what: Measure): HolderId {
    return what.kind === 'freeze-wallet' ? holderOf(what.walletId) : what.holderId;
}

/** The facts of a restriction, kept for ever. */
export const restriction = object({
    restrictionId,
    measure,
    proposedBy: person,
    proposedAt: instant,
    confirmedBy: nullable(person),
    expiresAt: instant,
    ended: nullable(object({ cause: oneOf(['withdrawn', 'lifted', 'appeal']), by: participantId, at: instant })),
});
export type Restriction = Decoded<typeof restriction>;

/** Derived from the facts and the time, never stored. */
export const restrictionState = oneOf(['proposed', 'lapsed', 'active', 'expired', 'withdrawn', 'lifted', 'appeal']);
export type RestrictionState = Decoded<typeof restrictionState>;

/** Most restrictions of one holder at a time. */
export const activeCountMax = 16;

const activeRestriction = object({ restrictionId, measure, expiresAt: instant });
export type ActiveRestriction = Decoded<typeof activeRestriction>;

/** What every payment of a holder looks at: the confirmed restrictions, those that have expired since included. */
export const activeRestrictions = list(activeRestriction, activeCountMax);
