// SPDX-License-Identifier: Apache-2.0
import type { Codec } from './codec.js';
import { text } from './codec.js';

declare const kind: unique symbol;

/** An id of a given kind: 1 to 64 characters of a-z, 0-9, '.', '_' and '-', chosen by the caller, never reused. */
export type Identifier<K extends string> = string & { readonly [kind]: { readonly [N in K]: N } };

export type WalletId = Identifier<'wallet'>;
/** Whose wallet it is: the part of a wallet's id before its first '.'. */
export type HolderId = Identifier<'holder'>;
export type ParticipantId = Identifier<'participant'>;
export type SignerId = Identifier<'signer'>;
export type ProposalId = Identifier<'proposal'>;
export type ProgrammeId = Identifier<'programme'>;
export type MilestoneId = Identifier<'milestone'>;
export type RestrictionId = Identifier<'restriction'>;
export type RecoveryId = Identifier<'recovery'>;
export type HoldId = Identifier<'hold'>;
export type RedemptionId = Identifier<'redemption'>;
/** The provider's own number of a voucher, no secret: what is presented to the provider is not for a ledger. */
export type VoucherId = Identifier<'voucher'>;
export type FacilityId = Identifier<'facility'>;
/** A device or provider that reports energy. */
export type SourceId = Identifier<'source'>;
/** A charge or discharge of a facility that stores energy. */
export type StorageRecordId = Identifier<'storage record'>;
export type RequestId = Identifier<'request'>;
/** Under which a credit waits: the id of the paying transaction, and '-' with the payee's number if it pays many. */
export type CreditId = Identifier<'credit'>;

function identifier<K extends string>(name: K): Codec<Identifier<K>> {
    return text(/^[a-z0-9._-]{1,64}$/, `${name} id`) as Codec<Identifier<K>>;
}

/** `holder` or `holder.name`: whose wallet it is can be told from its id, without reading it. */
export const walletId = text(/^[a-z0-9_-][a-z0-9._-]{0,63}$/, 'wallet id') as Codec<WalletId>;
export const holderId = text(/^[a-z0-9_-]{1,64}$/, 'holder id') as Codec<HolderId>;
export const participantId = identifier('participant');
export const signerId = identifier('signer');
export const proposalId = identifier('proposal');
export const programmeId = identifier('programme');
export const milestoneId = identifier('milestone');
export const restrictionId = identifier('restriction');
export const recoveryId = identifier('recovery');
export const holdId = identifier('hold');
export const redemptionId = identifier('redemption');
export const voucherId = identifier('voucher');
export const facilityId = identifier('facility');
export const sourceId = identifier('source');
export const storageRecordId = identifier('storage record');
export const requestId = identifier('request');
export const creditId = text(/^[0-9a-f]{64}(-[0-9]{1,3})?$/, 'credit id') as Codec<CreditId>;

/** Of a transaction of the channel, in hexadecimal. */
export const transactionId = text(/^[0-9a-f]{64}$/, 'transaction id');

/** A reference of the world outside, such as a bank's end-to-end id. */
export type ExternalReference = string & { readonly [kind]: 'external reference' };
export const externalReference = text(/^[A-Za-z0-9._:/-]{1,64}$/, 'external reference') as Codec<ExternalReference>;

/** The holder of a wallet. */
export function holderOf(wallet: WalletId): HolderId {
    return (wallet.split('.')[0] ?? '') as HolderId;
}
