// SPDX-License-Identifier: Apache-2.0
import { oneOf } from '../encoding/codec.js';

/** Who signs an attestation for what: the measured data, the risk figures, the operation (AI-16). */
export const attesterRoles = ['data', 'risk', 'ops'] as const;
export type AttesterRole = (typeof attesterRoles)[number];
export const attesterRole = oneOf(attesterRoles);

/**
 * What a caller may be on the ledger.
 * - `reader`: any identity of the channel, the regulator's included; queries only.
 * - `registrar`: an admin of a founding member, or an identity of it with attribute `power.role=registrar`.
 * - `member`: any client or admin of a registered member.
 * - `delegate`: an admin of a registered member, or an identity with attribute `power.role=delegate`; speaks for it.
 * - `compliance`: an admin of a registered member, or an identity with attribute `power.role=compliance`; restricts
 *   holders and approves large operations, with another organisation.
 * - `issuer`: any client or admin of the registered member that issues Power Credits.
 * - `treasury`: any client or admin of the registered member that issues Treasury Notes.
 */
const callerRoles = ['reader', 'registrar', 'member', 'delegate', 'compliance', 'issuer', 'treasury'] as const;
export type CallerRole = (typeof callerRoles)[number];
export const callerRole = oneOf(callerRoles);
