// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { type Decoded, integer, nullable, object } from '../encoding/codec.js';
import { holderId, type HolderId, holderOf, participantId, type ParticipantId } from '../encoding/identifier.js';
import { instant } from '../encoding/quantityCodec.js';
import { refuse } from '../error/domainError.js';
import { founding } from '../registry/founding.js';
import type { Instant } from '../time/ledgerClock.js';
import { intentOf } from '../wallet/intent.js';
import type { WalletPolicies, WalletType } from '../wallet/walletPolicy.js';

/** How well somebody is known: 0 not at all, 3 as well as the members know each other. */
const tierMax = 3;
export const tier = integer(0, tierMax);

/** Longest time a verification counts, in seconds: five years (Regulation (EU) 2024/1624, article 26). */
const verificationSecondsMax = 157_680_000n;

/**
 * Whoever has wallets, as an id and nothing else about the person. The digest is of the evidence of identity with a
 * salt that stays off the ledger, so that nobody can find out whose it is by trying names.
 */
export const holder = object({
    holderId,
    custodian: participantId,
    verification: nullable(object({ tier, digest, verifier: holderId, verifiedAt: instant, expiresAt: instant })),
});
export type Holder = Decoded<typeof holder>;

/** What an accredited verifier signs about a holder. */
export const verifyHolderIntent = intentOf('verify-holder', {
    subject: holderId,
    tier,
    digest,
    validUntil: instant,
});
export type VerifyHolderIntent = Decoded<typeof verifyHolderIntent>;

/** The KYC tier that counts now: an expired verification is none. A member was identified when it was founded. */
export function tierOf(known: Holder, now: Instant): number {
    if (isMember(known.holderId)) return tierMax;
    const { verification } = known;
    return verification === null || verification.expiresAt <= now ? 0 : verification.tier;
}

/** The holder of a new wallet: bound to the custodian of its first one. Throws HOLDER_NOT_CUSTODIAN. */
export function holderFor(subject: HolderId, caller: ParticipantId, existing: Holder | undefined): Holder {
    const custodian = isMember(subject) ? (subject as string as ParticipantId) : existing?.custodian;
    if (custodian !== undefined && custodian !== caller) {
        refuse('HOLDER_NOT_CUSTODIAN', { holderId: subject, custodian });
    }
    return existing ?? { holderId: subject, custodian: caller, verification: null };
}

/** Whether the holder is known well enough for a wallet of this type. Throws TIER_TOO_LOW. */
export function checkTier(holder: Holder, type: WalletType, policies: WalletPolicies, now: Instant): void {
    const [tier, { tierMin }] = [tierOf(holder, now), policies[type]];
    if (tier < tierMin) refuse('TIER_TOO_LOW', { holderId: holder.holderId, tier, tierMin });
}

/** The holder as the verifier's word makes it; guards in the documented order. */
export function verifyHolder(intent: VerifyHolderIntent, existing: Holder | undefined, now: Instant): Holder {
    const { wallet, subject, tier: verified, digest: evidence, validUntil: expiresAt } = intent;
    const verifier = holderOf(wallet);
    if (verifier === subject) refuse('VERIFIER_IS_SUBJECT', { holderId: subject });
    const found = existing ?? refuse('HOLDER_NOT_FOUND', { holderId: subject });
    const latest = now + verificationSecondsMax;
    if (expiresAt <= now || expiresAt > latest) {
        refuse('VERIFICATION_EXPIRY_INVALID', { expiresAt: expiresAt.toString(), latest: latest.toString() });
    }
    return { ...found, verification: { tier: verified, digest: evidence, verifier, verifiedAt: now, expiresAt } };
}

/** Whether the id is that of a founding member, whose it is even before its first wallet. */
function isMember(subject: HolderId): boolean {
    return founding.members.some(({ participantId: member }) => member === (subject as string));
}
