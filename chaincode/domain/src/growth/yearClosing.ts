// SPDX-License-Identifier: Apache-2.0
import { treeDigest } from '../encoding/byteCodec.js';
import { boolean, type Decoded, integer, list, nullable, object } from '../encoding/codec.js';
import { holderId, participantId } from '../encoding/identifier.js';
import { energyWh, instant } from '../encoding/quantityCodec.js';
import { entityCountMax, entityKind } from '../energy/energyEntity.js';
import { attesterRole, attesterRoles } from '../registry/role.js';
import { year } from '../time/period.js';

/**
 * One entity's production of a closed year: a leaf of the year's tree.
 * - `counts`: whether it had a share when the year was closed; what others produced is in no total.
 * - `grossWh`: what was verified, with what late data changed in years closed before; never below zero.
 * - `netWh`: what its share and votes come from: its gross production, less that of the entities inside it (Q07).
 */
const closedEntity = object({
    entityId: holderId,
    kind: entityKind,
    parentId: nullable(holderId),
    counts: boolean,
    grossWh: energyWh,
    netWh: energyWh,
});
export type ClosedEntity = Decoded<typeof closedEntity>;

/** Everything a year's tree says, in order of the entities' ids. */
const figures = {
    year,
    entities: list(closedEntity, entityCountMax),
    entityCount: integer(0, entityCountMax),
    /** Σ `netWh`. */
    totalWh: energyWh,
    merkleRoot: treeDigest,
} as const;
/** Those of a year that is not closed yet. */
export type YearFigures = Omit<YearClosing, 'confirmedBy' | 'closedAt' | 'previousDigest'>;

/** One member's word, in its attester role, that the figures are those of the year. */
const closingConfirmation = object({ participantId, role: attesterRole });
export type ClosingConfirmation = Decoded<typeof closingConfirmation>;

/** Confirmations of one set of figures, until there are enough of them. */
export const yearConfirmation = object({
    year,
    totalWh: energyWh,
    merkleRoot: treeDigest,
    confirmations: list(closingConfirmation, attesterRoles.length),
});
export type YearConfirmation = Decoded<typeof yearConfirmation>;

/** A closed year, for good: later data about it counts in the next open one. */
export const yearClosing = object({
    ...figures,
    confirmedBy: list(closingConfirmation, attesterRoles.length),
    closedAt: instant,
    /** Of the closing before: none can be changed or left out without the last one showing it. */
    previousDigest: nullable(treeDigest),
});
export type YearClosing = Decoded<typeof yearClosing>;

/** A year as it would be closed now, and who has confirmed just that. */
export const yearPreview = object({
    ...figures,
    confirmations: list(closingConfirmation, attesterRoles.length),
});

/** What a confirmation led to. */
export const closingReceipt = object({
    year,
    totalWh: energyWh,
    merkleRoot: treeDigest,
    confirmations: list(closingConfirmation, attesterRoles.length),
    isClosed: boolean,
});

/** An entity's line of a closed year with what shows that the year's root is over it (RFC 9162, 2.1.3). */
export const entityYearProof = object({
    year,
    entity: closedEntity,
    leafIndex: integer(0, entityCountMax - 1),
    leafCount: integer(1, entityCountMax),
    /** Siblings on the way to the root, the lowest first. */
    path: list(treeDigest, 9),
    merkleRoot: treeDigest,
});
export type EntityYearProof = Decoded<typeof entityYearProof>;
