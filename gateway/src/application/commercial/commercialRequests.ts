// SPDX-License-Identifier: Apache-2.0
import {
    type AssetCode,
    canonicalJson,
    decodeArguments,
    encodeArguments,
    hex,
    type Json,
    type Money,
    type RequestId,
    type WalletId,
} from '@power-currency/domain';
import { Failure } from '../failure.js';
import { type IntentDocument, type IntentSigner, signDocument, writeIntent } from '../intents/intentDocument.js';
import { intentShape } from '../intents/intentTable.js';
import { nextTurn } from '../intents/spendingPlan.js';
import { type Ledger } from '../ledger.js';
import { chooseRecords } from './chooseRecords.js';

/** What moves, and on whose word. */
export interface CommercialMove {
    readonly wallet: WalletId;
    readonly asset: AssetCode;
    readonly amount: Money;
    readonly requestId: RequestId;
    readonly channel: string;
    readonly now: Date;
    readonly signers: readonly IntentSigner[];
    /** 32 random bytes. */
    readonly newSalt: () => Uint8Array;
}

type Name = 'Commercial:Deposit' | 'Commercial:Transfer' | 'Commercial:Withdraw';
type Facts = Readonly<Record<string, Json>>;

/** The argument of a deposit; takes in waiting credits where the pocket holds too little. */
export async function depositText(ledger: Ledger, move: CommercialMove): Promise<string> {
    const name = 'Commercial:Deposit';
    const shape = intentShape(name);
    if (shape === undefined) throw new Error(`${name} carries no intent`);
    const facts = { ...factsOf(move), salt: hex(move.newSalt()) };
    const { nonce, foldIds } = await nextTurn(ledger, name, shape, move.wallet, facts);
    return textOf(name, move, facts, { nonce, extra: { foldIds } });
}

/** The argument of a private payment, out of the parcels of the payer that it takes. */
export async function paymentText(
    ledger: Ledger,
    move: CommercialMove,
    { to, memo }: { readonly to: WalletId; readonly memo: string },
): Promise<string> {
    const parcelIds = await parcelsFor(ledger, move);
    const salts = { salt: hex(move.newSalt()), changeSalt: hex(move.newSalt()) };
    return textOf('Commercial:Transfer', move, { ...factsOf(move), to, memo, parcelIds, ...salts });
}

/** The argument of a withdrawal, with shares of the pool drawn by lot: others draw on it at the same time. */
export async function withdrawalText(ledger: Ledger, move: CommercialMove): Promise<string> {
    const parcelIds = await parcelsFor(ledger, move);
    const { rows } = await ledger.commercial.listPool({ asset: move.asset, pageSize: 1000, bookmark: '' });
    const shares = rows.map(({ shareId, share }) => ({ id: shareId, amount: share.amount, lot: hex(move.newSalt()) }));
    const drawn = shares.toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
    const shareIds = chooseRecords(drawn, move.amount) ?? refuseAmount('the shares of the pool on its first page');
    const facts = { ...factsOf(move), parcelIds, changeSalt: hex(move.newSalt()) };
    return textOf('Commercial:Withdraw', move, facts, { extra: { shareIds } });
}

async function parcelsFor(ledger: Ledger, { wallet, asset, amount }: CommercialMove): Promise<readonly string[]> {
    const list = { walletId: wallet, asset, pageSize: 1000, bookmark: '' };
    const { rows } = await ledger.commercial.listParcels(list);
    const parcels = rows.map(({ parcelId, parcel }) => ({ id: parcelId, amount: parcel.amount }));
    return chooseRecords(parcels, amount) ?? refuseAmount('64 parcels of the wallet');
}

function refuseAmount(what: string): never {
    throw new Failure('INPUT_INVALID', { field: 'amount', problem: `it is more than ${what} hold` });
}

function factsOf({ asset, amount }: CommercialMove): Facts {
    return { asset, amount: amount.toString() };
}

function textOf(
    name: Name,
    move: CommercialMove,
    facts: Facts,
    { nonce = 0n, extra = {} }: { readonly nonce?: bigint; readonly extra?: Facts } = {},
): string {
    const { wallet, requestId, channel, now, signers } = move;
    const unsigned = writeIntent(name, facts, { wallet, requestId, channel, now, nonce });
    const { intent, signatures, postQuantum }: IntentDocument = signDocument(unsigned, signers);
    const text = canonicalJson({ intent, authorisation: { signatures, postQuantum }, ...extra });
    return encodeArguments(name, decodeArguments(name, text));
}
