// SPDX-License-Identifier: Apache-2.0
import { object } from '../encoding/codec.js';
import { asset, assetCode } from '../money/asset.js';
import { supplyAccount, supplyChange } from '../money/supply.js';
import { evaluate } from './definition.js';
import { pageOf, pageRequest } from './page.js';

export const assetTransactions = {
    'Asset:Describe': evaluate({
        summary: 'One asset: its class, its issuer, its rules and its state.',
        arguments: object({ asset: assetCode }),
        result: asset,
        errors: ['ASSET_NOT_FOUND'],
    }),
    'Asset:DescribeSupply': evaluate({
        summary: 'Issued and redeemed totals, beside a count of every record that holds money at the same height.',
        arguments: object({ asset: assetCode }),
        result: supplyAccount,
        errors: ['ASSET_NOT_FOUND', 'QUERY_TOO_LARGE'],
    }),
    'Asset:ListSupplyChanges': evaluate({
        summary: 'A page of what made units of an asset or ended them, in order of time: every change with its cause.',
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: pageOf(supplyChange),
        errors: ['ASSET_NOT_FOUND'],
    }),
    'Asset:AuditSupply': evaluate({
        summary: 'Counts a page of the records that hold money; the pages of one height add up to the whole supply.',
        arguments: object({ asset: assetCode, ...pageRequest }),
        result: object({
            account: supplyAccount,
            bookmark: pageRequest.bookmark,
        }),
        errors: ['ASSET_NOT_FOUND'],
    }),
} as const;
