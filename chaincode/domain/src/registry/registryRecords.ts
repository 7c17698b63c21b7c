// SPDX-License-Identifier: Apache-2.0
import { publicKey } from '../encoding/byteCodec.js';
import { boolean, type Decoded, freeText, nullable, object, text } from '../encoding/codec.js';
import { participantId, signerId } from '../encoding/identifier.js';
import { count, instant } from '../encoding/quantityCodec.js';
import { attesterRole } from './role.js';

/** A member of the consortium as the ledger knows it. */
export const participant = object({
    participantId,
    mspId: text(/^[A-Za-z0-9._-]{1,64}$/, 'MSP id'),
    displayName: freeText(80),
    attesterRole: nullable(attesterRole),
    isIssuer: boolean,
    isTreasury: boolean,
    votingWeight: count,
    registeredAt: instant,
});
export type Participant = Decoded<typeof participant>;

/** A key that signs attestations in one role for one participant. */
export const signer = object({
    signerId,
    participantId,
    role: attesterRole,
    publicKey,
    registeredAt: instant,
    revokedAt: nullable(instant),
});
export type Signer = Decoded<typeof signer>;
