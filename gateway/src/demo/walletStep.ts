// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    type CreditId,
    type Day,
    money,
    powerCredit,
    requestId,
    walletId,
    type WalletId,
    type WalletType,
} from '@power-currency/domain';
import { type Ledger } from '../application/ledger.js';
import { type Committed } from '../application/ports.js';
import { type IntentSigner, signedRequest } from '../application/intents/intentDocument.js';
import { credits } from './quantities.js';
import { type TransferReport } from './report.js';
import { memberWithRole, type Stage } from './stage.js';

/** A wallet of the demo, the member that keeps it, and the credits on their way to it. */
export interface DemoWallet extends IntentSigner {
    readonly walletId: WalletId;
    readonly custodian: Ledger;
    readonly pending: CreditId[];
    lastNonce: bigint;
}

export type WalletName = 'treasury' | 'alice' | 'solar-coop' | 'bob' | 'city';

/** One wallet at each member, a second at the central bank, and a city's at the authority. */
const CUSTODIAN_ROLES: Readonly<Record<WalletName, string>> = {
    treasury: 'risk',
    alice: 'ops',
    'solar-coop': 'data',
    bob: 'risk',
    city: 'ops',
};

/** These are members' own: the central bank's reserve, and a city under the authority, which may open programmes. */
const OWN_TYPES: Partial<Record<WalletName, WalletType>> = { treasury: 'reserve', city: 'sovereign' };

export async function openWallets(stage: Stage, day: string): Promise<Readonly<Record<WalletName, DemoWallet>>> {
    const names = Object.keys(CUSTODIAN_ROLES) as WalletName[];
    const opened = await Promise.all(names.map(async (name) => [name, await openWallet(stage, name, day)] as const));
    stage.tell(`wallets open: ${names.join(', ')}`);
    return Object.fromEntries(opened) as Record<WalletName, DemoWallet>;
}

/** Ids are never reused, so a second day on the same network gets wallets of its own. */
async function openWallet(stage: Stage, name: WalletName, day: string): Promise<DemoWallet> {
    const member = memberWithRole(stage, CUSTODIAN_ROLES[name]);
    const type = OWN_TYPES[name];
    const prefix = type === undefined ? '' : `${member.organisation.name}.`;
    const id: WalletId = walletId.decode(`${prefix}${name}-${day}`, 'walletId');
    const custodian = member.client;
    const { publicKey, sign } = stage.key(`wallet-${id}`);
    await stage.settle(
        await custodian.wallet.open({
            requestId: requestId.decode(`open-${id}`, 'requestId'),
            walletId: id,
            type: type ?? 'personal',
            keys: { publicKeys: [publicKey], threshold: 1, postQuantumKey: null },
        }),
    );
    return { walletId: id, custodian, publicKey, sign, pending: [], lastNonce: 0n };
}

/** Issues what the attestation suggests, to the treasury wallet. */
export async function mint(stage: Stage, day: Day, amount: bigint, to: DemoWallet): Promise<Committed<unknown>> {
    const issuer = memberWithRole(stage, 'risk').client;
    const id = requestId.decode(`mint-${day}`, 'requestId');
    const committed = await stage.settle(
        await issuer.powerCredit.mint({ requestId: id, day, amount: money(amount), to: to.walletId }),
    );
    to.pending.push(committed.result.creditId);
    stage.tell(
        `issued ${credits(amount)} to ${to.walletId} in block ${committed.blockNumber.toString()} (${committed.txId.slice(0, 12)}…)`,
    );
    return committed;
}

/** Pays, taking in the payer's pending credits on the way. */
export async function pay(stage: Stage, from: DemoWallet, to: DemoWallet, amount: bigint): Promise<TransferReport> {
    const id = `pay-${from.walletId}-${(from.lastNonce + 1n).toString()}`;
    const request = signedPayment(stage, from, { to, amount, id });
    const { result, txId, blockNumber, latencyMs } = await stage.settle(await from.custodian.wallet.transfer(request));
    from.pending.length = 0;
    from.lastNonce += 1n;
    to.pending.push(result.creditId);
    stage.tell(
        `${from.walletId} paid ${credits(amount)} to ${to.walletId} in block ${blockNumber.toString()} ` +
            `after ${latencyMs.toFixed(0)} ms (${txId.slice(0, 12)}…)`,
    );
    return {
        from: from.walletId,
        to: to.walletId,
        amount: amount.toString(),
        txId,
        block: Number(blockNumber),
        latencyMs: Math.round(latencyMs),
    };
}

/** A payment signed by `signer`, which is the payer unless somebody forges. */
export function signedPayment(
    { network }: Stage,
    from: DemoWallet,
    { to, amount, id, signer = from }: { to: DemoWallet; amount: bigint; id: string; signer?: IntentSigner },
): ArgumentsOf<'Wallet:Transfer'> {
    const facts = { asset: powerCredit, to: to.walletId, amount: money(amount), memo: 'demo', travelRule: null };
    return signedRequest('Wallet:Transfer', facts, [signer], {
        ...{ wallet: from.walletId, requestId: requestId.decode(id, 'requestId'), channel: network.channel },
        ...{ nonce: from.lastNonce + 1n, now: new Date(), foldIds: [...from.pending] },
    });
}
