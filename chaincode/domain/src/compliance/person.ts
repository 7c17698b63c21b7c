// SPDX-License-Identifier: Apache-2.0
import { digest } from '../encoding/byteCodec.js';
import { hex } from '../encoding/bytes.js';
import { type Decoded, object } from '../encoding/codec.js';
import { participantId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';

/**
 * Who took part in a decision that takes two: the organisation, and the SHA-256 of the public key in the certificate,
 * so that one key under two certificates is one person.
 */
export const person = object({ participantId, keyDigest: digest });
export type Person = Decoded<typeof person>;

/** Another person of another organisation. Throws SECOND_ORGANISATION_NEEDED or SECOND_PERSON_NEEDED. */
export function checkSecondPerson(first: Person, second: Person): void {
    const { participantId: organisation } = first;
    if (second.participantId === organisation) refuse('SECOND_ORGANISATION_NEEDED', { participantId: organisation });
    if (hex(second.keyDigest) === hex(first.keyDigest)) {
        refuse('SECOND_PERSON_NEEDED', { participantId: organisation });
    }
}
