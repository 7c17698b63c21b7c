// SPDX-License-Identifier: Apache-2.0
import {
    allowWalletsIntent,
    type Asset,
    type AssetCode,
    assetOf,
    checkCap,
    checkHasList,
    checkNoNonce,
    disallowWalletsIntent,
    explainSupply,
    issueAssetIntent,
    privateAsset,
    refuse,
    registerAsset,
    registerAssetIntent,
    resumeAsset,
    retireAssetIntent,
    reviewAsset,
    suspendAsset,
    type WalletId,
} from '@power-currency/domain';
import { Returns, Transaction } from 'fabric-contract-api';
import { countPage, countSupply } from '../ledger/audit.js';
import { participantOf } from '../ledger/caller.js';
import { checkCredentialOf, credentialRef } from '../ledger/credentials.js';
import { checkCreditable, creditWallet, payeeRefs } from '../ledger/crediting.js';
import { authorised, requestOfIntent } from '../ledger/intents.js';
import { evaluate, LedgerContract, submit } from '../ledger/ledgerContract.js';
import { LedgerContext } from '../ledger/ledgerContext.js';
import type { LedgerSession } from '../ledger/ledgerSession.js';
import { allRows, pageOfValues } from '../ledger/pages.js';
import type { Platform } from '../ledger/platform.js';
import { assetDecisionOf, changeState, issuedAsset, issuerRefs } from '../ledger/privateAssets.js';
import { spendFromPocket, spendingRefs } from '../ledger/spending.js';
import { issue, redeem, supplyOf } from '../ledger/supplies.js';
import { supplyRef, tables } from '../ledger/tables.js';
import { allowanceRef, assetRef, walletRef } from '../ledger/walletRefs.js';

/** Most changes of supply one query explains. */
const supplyChangeCountMax = 100_000;

/** The assets of the ledger, how much there is of each, and why. */
export class AssetContract extends LedgerContract {
    constructor(platform: Platform) {
        super('Asset', platform);
    }

    @Transaction()
    @Returns('string')
    async Register(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Asset:Register', request, {
            requestOf: requestOfIntent(registerAssetIntent),
            load: ({ intent: { wallet, asset } }) => [
                ...[walletRef(wallet), credentialRef('asset-issuer', wallet), assetRef(asset)],
            ],
            decide: (command) => {
                const { intent } = command;
                authorised(context, registerAssetIntent, command);
                checkNoNonce(intent);
                checkCredentialOf(context, 'asset-issuer', intent.wallet);
                const registered = registerAsset(intent, session.get(assetRef(intent.asset)), context.now);
                session.put(assetRef(intent.asset), registered);
                const { wallet: issuer, asset, name, decimals, rules } = intent;
                return {
                    result: registered,
                    events: [{ type: 'AssetRegistered', asset, issuer, name, decimals, rules }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Review(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Asset:Review', request, {
            load: ({ asset }) => [assetRef(asset)],
            decide: async ({ asset, isAccepted, reason }, caller) => {
                const decision = await assetDecisionOf(context, asset, participantOf(caller).participantId, reason);
                return changeState(context, reviewAsset(decision, isAccepted), decision.by);
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Suspend(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Asset:Suspend', request, {
            load: ({ asset }) => [assetRef(asset)],
            decide: ({ asset, reason }, caller) => {
                const found = privateAsset(asset, context.session.get(assetRef(asset)));
                return changeState(context, suspendAsset(found, reason), participantOf(caller).participantId);
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Resume(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Asset:Resume', request, {
            load: ({ asset }) => [assetRef(asset)],
            decide: async ({ asset, reason }, caller) => {
                const decision = await assetDecisionOf(context, asset, participantOf(caller).participantId, reason);
                return changeState(context, resumeAsset(decision), decision.by);
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Allow(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Asset:Allow', request, {
            requestOf: requestOfIntent(allowWalletsIntent),
            load: ({ intent: { wallet, asset, walletIds } }) => [
                ...issuerRefs(asset, wallet),
                ...walletIds.flatMap((walletId) => [walletRef(walletId), allowanceRef(asset, walletId)]),
            ],
            decide: (command) => {
                const { asset, walletIds } = command.intent;
                checkHasList(issuedAsset(context, allowWalletsIntent, command));
                for (const walletId of walletIds) {
                    if (session.get(walletRef(walletId)) === undefined) refuse('WALLET_NOT_FOUND', { walletId });
                    session.put(allowanceRef(asset, walletId), { allowedAt: context.now });
                }
                return { result: { asset }, events: [{ type: 'AssetListChanged', asset, isAllowed: true, walletIds }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Disallow(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return submit(context, 'Asset:Disallow', request, {
            requestOf: requestOfIntent(disallowWalletsIntent),
            load: ({ intent: { wallet, asset, walletIds } }) => [
                ...issuerRefs(asset, wallet),
                ...walletIds.map((walletId) => allowanceRef(asset, walletId)),
            ],
            decide: (command) => {
                const { asset, walletIds } = command.intent;
                checkHasList(issuedAsset(context, disallowWalletsIntent, command));
                for (const walletId of walletIds) {
                    const ref = allowanceRef(asset, walletId);
                    if (session.get(ref) === undefined) refuse('ASSET_NOT_ALLOWED', { asset, walletId });
                    session.delete(ref);
                }
                return {
                    result: { asset },
                    events: [{ type: 'AssetListChanged', asset, isAllowed: false, walletIds }],
                };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Issue(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Asset:Issue', request, {
            requestOf: requestOfIntent(issueAssetIntent),
            load: ({ intent: { wallet, asset, to } }) => [
                ...issuerRefs(asset, wallet),
                ...payeeRefs(asset, to),
                supplyRef(asset),
            ],
            decide: (command) => {
                const { wallet: walletId, requestId, asset, to, amount } = command.intent;
                const known = issuedAsset(context, issueAssetIntent, command);
                checkCreditable(context, { asset, from: null, to });
                checkCap(known, supplyOf(context.session, asset), amount);
                const { issued } = issue(context, asset, amount, { kind: 'issuer', walletId, requestId });
                const creditId = creditWallet(context, asset, to, { amount, origin: 'issuance', from: null });
                const facts = { asset, to, amount, creditId };
                return { result: facts, events: [{ type: 'AssetIssued', ...facts, issued }] };
            },
        });
    }

    @Transaction()
    @Returns('string')
    async Retire(context: LedgerContext, request: string): Promise<string> {
        return submit(context, 'Asset:Retire', request, {
            requestOf: requestOfIntent(retireAssetIntent),
            load: ({ intent: { wallet, asset }, foldIds }) => [
                ...spendingRefs(asset, wallet, foldIds),
                supplyRef(asset),
            ],
            decide: (command) => {
                const { intent, foldIds } = command;
                const { wallet: walletId, requestId, asset, amount, nonce } = intent;
                authorised(context, retireAssetIntent, command);
                privateAsset(asset, context.session.get(assetRef(asset)));
                const { available, events } = spendFromPocket(context, { intent, asset, amount, foldIds });
                const { redeemed } = redeem(context, asset, amount, { kind: 'retirement', walletId, requestId });
                const facts = { asset, walletId, amount, nonce };
                return {
                    result: { ...facts, available },
                    events: [...events, { type: 'AssetRetired', ...facts, redeemed }],
                };
            },
        });
    }

    @Transaction(false)
    @Returns('string')
    async List(context: LedgerContext, request: string): Promise<string> {
        return evaluate('Asset:List', request, (paging) => pageOfValues(context.session, tables.asset, [], paging));
    }

    @Transaction(false)
    @Returns('string')
    async ListAllowed(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Asset:ListAllowed', request, async ({ asset, ...paging }) => {
            await existingAsset(session, asset);
            const { rows, bookmark } = await session.page(tables.allowance, [asset], paging);
            return {
                rows: rows.map(({ parts, value }) => ({ walletId: parts[1] as WalletId, ...value })),
                bookmark,
            };
        });
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
            const account = await countSupply(session, asset);
            const changes = await allRows(session, tables.supplyChange, [asset], supplyChangeCountMax);
            return { ...account, causes: explainSupply(changes.map(({ value }) => value)) };
        });
    }

    @Transaction(false)
    @Returns('string')
    async ListSupplyChanges(context: LedgerContext, request: string): Promise<string> {
        const { session } = context;
        return evaluate('Asset:ListSupplyChanges', request, async ({ asset, ...paging }) => {
            await existingAsset(session, asset);
            return pageOfValues(session, tables.supplyChange, [asset], paging);
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
