// SPDX-License-Identifier: Apache-2.0
import { type VerbRow } from './verb.js';

const balance: VerbRow = {
    verb: 'balance',
    transaction: 'Commercial:BalanceOf',
    positionals: ['walletId'],
    example: 'shop',
};

const parcels: VerbRow = {
    verb: 'parcels',
    transaction: 'Commercial:ListParcels',
    positionals: ['walletId'],
    columns: ['parcelId', 'parcel.amount', 'parcel.from', 'parcel.memo'],
    example: 'shop --all',
};

const pool: VerbRow = { verb: 'pool', transaction: 'Commercial:DescribePool', positionals: ['asset'], example: 'PC' };

const shares: VerbRow = {
    verb: 'shares',
    transaction: 'Commercial:ListPool',
    positionals: ['asset'],
    columns: ['shareId', 'share.amount'],
    example: 'PC --all',
};

/** What is asked about private balances; what moves them takes more than one transaction's fields. */
export const commercialNoun = {
    noun: 'commercial',
    description: 'private balances of commercial wallets',
    verbs: [balance, parcels, pool, shares],
} as const;
