// SPDX-License-Identifier: Apache-2.0
import { concatenated, lengthPrefixed } from '../encoding/lengthPrefixed.js';
import type { Sha3 } from '../signature/primitives.js';
import type { HolderId } from '../encoding/identifier.js';
import { refuse } from '../error/domainError.js';
import { merkleRoot, proveInclusion, verifyInclusion } from '../proof/merkleTree.js';
import type { ClosedEntity, EntityYearProof, YearClosing } from './yearClosing.js';

/** What is hashed as an entity's leaf of a year's tree. */
function entityLeaf(year: number, entity: ClosedEntity): Uint8Array {
    const { entityId, kind, parentId, counts, grossWh, netWh } = entity;
    return lengthPrefixed(
        'power/entity-year/1',
        ...[year.toString(), entityId, kind, parentId ?? '', counts ? 'counts' : 'does not count'],
        ...[grossWh.toString(), netWh.toString()],
    );
}

/** The root of the tree over a year's entities, in order of their ids. */
export function yearRoot(year: number, entities: readonly ClosedEntity[], sha3: Sha3): Uint8Array {
    return merkleRoot(
        entities.map((entity) => entityLeaf(year, entity)),
        sha3,
    );
}

/** What the closing of the next year names this one by. */
export function closingDigest(closing: YearClosing, sha3: Sha3): Uint8Array {
    const { year, entityCount, totalWh, merkleRoot: root, confirmedBy, closedAt, previousDigest } = closing;
    const confirmations = confirmedBy.map(({ participantId, role }) =>
        lengthPrefixed('power/confirmation/1', participantId, role),
    );
    return sha3(
        lengthPrefixed(
            'power/year-closing/1',
            ...[year.toString(), entityCount.toString(), totalWh.toString(), root],
            ...[concatenated(confirmations), closedAt.toString(), previousDigest ?? ''],
        ),
    );
}

/** How an entity's line is shown to be in a closed year. Throws CLOSING_ENTITY_NOT_FOUND. */
export function proveEntityYear(closing: YearClosing, entityId: HolderId, sha3: Sha3): EntityYearProof {
    const { year, entities, merkleRoot: root } = closing;
    const index = entities.findIndex((entity) => entity.entityId === entityId);
    const entity = entities[index] ?? refuse('CLOSING_ENTITY_NOT_FOUND', { year, entityId });
    const leaves = entities.map((each) => entityLeaf(year, each));
    return { year, entity, ...proveInclusion(leaves, index, sha3), merkleRoot: root };
}

/** Whether the proof holds for its root, which is to be compared with one that is trusted. */
export function verifyEntityYear(proof: EntityYearProof, sha3: Sha3): boolean {
    return verifyInclusion(entityLeaf(proof.year, proof.entity), proof, proof.merkleRoot, sha3);
}
