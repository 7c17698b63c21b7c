// SPDX-License-Identifier: Apache-2.0
import { type Asset, type AssetCode, assetOf } from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { countPage, countSupply } from '../ledger/audit.js';
import { evaluate, LedgerContract } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import type { Platform } from '../ledger/platform.js';
import { tables } from '../ledger/tables.js';
import { assetRef } from '../ledger/walletRefs.js';

/** The assets of the ledger, how much there is of each, and why. */
export class AssetContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Asset', platform);
    }

    @Transaction(false)
    @Returns('string')
    async Describe(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Asset:Describe', request, ({ asset }) => existingAsset(context.session, asset));
    }

    @Transaction(false)
    @Returns('string')
    async DescribeSupply(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Asset:DescribeSupply', request, async ({ asset }) => {
            await existingAsset(session, asset);
            return countSupply(session, asset);
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListSupplyChanges(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Asset:ListSupplyChanges', request, async ({ asset, ...paging }) => {
            await existingAsset(session, asset);
            const { rows, bookmark } = await session.page(tables.supplyChange, [asset], paging);
            return { rows: rows.map(({ value }) => value), bookmark };
        });
    }

    @Transaction(false)
    @Returns('string')
    async AuditSupply(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Asset:AuditSupply', request, async ({ asset, ...paging }) => {
            await existingAsset(session, asset);
            return countPage(session, asset, paging);
        });
    }
}

async function existingAsset(session: LedgerSession, code: AssetCode): Promise<Asset> {
    return assetOf(code, await session.read(assetRef(code)));
}
