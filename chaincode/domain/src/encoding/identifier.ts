// SPDX-License-Identifier: Apache-2.0
import type { Codec } from './codec.js';
import { text } from './codec.js';

declare const kind: unique symbol;

/** An id of a given kind: 1 to 64 characters of a-z, 0-9, '.', '_' and '-', chosen by the caller, never reused. */
export type Identifier<K extends string> = string & { readonly [kind]: { readonly [N in K]: N } };

export type WalletId = Identifier<'wallet'>;
export type ParticipantId = Identifier<'participant'>;
export type SignerId = Identifier<'signer'>;
export type ProposalId = Identifier<'proposal'>;
export type ProgrammeId = Identifier<'programme'>;
export type MilestoneId = Identifier<'milestone'>;
export type RestrictionId = Identifier<'restriction'>;
export type RequestId = Identifier<'request'>;
/** The transaction id under which a credit waits: 64 hexadecimal digits. */
export type CreditId = Identifier<'credit'>;

function identifier<K extends string>(name: K): Codec<Identifier<K>> {
    return text(/^[a-z0-9._-]{1,64}$/, `${name} id`) as Codec<Identifier<K>>;
}

export const walletId = identifier('wallet');
export const participantId = identifier('participant');
export const signerId = identifier('signer');
export const proposalId = identifier('proposal');
export const programmeId = identifier('programme');
export const milestoneId = identifier('milestone');
export const restrictionId = identifier('restriction');
export const requestId = identifier('request');
export const creditId = text(/^[0-9a-f]{64}$/, 'credit id') as Codec<CreditId>;
