// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { assetCode, money, type TransactionName, walletId } from '@power-currency/domain';
import { type Command } from 'commander';
import {
    type CommercialMove,
    depositText,
    paymentText,
    withdrawalText,
} from '../../application/commercial/commercialRequests.js';
import { parseUnits } from '../../application/decimalAmount.js';
import { Failure } from '../../application/failure.js';
import { createLedger, type Ledger } from '../../application/ledger.js';
import { readKeyFile } from '../../keys/keyFile.js';
import { type Surface } from '../surface.js';
import { decimalsOf } from '../verbs/assets.js';
import { requestIdOf } from '../verbs/requestIds.js';
import { sendRequest } from '../verbs/submission.js';

interface MoveOptions {
    readonly asset: string;
    readonly key: readonly string[];
    readonly requestId?: string;
    readonly memo?: string;
}

/** What the holder of a commercial wallet does: parcels, shares and salts are found for it. */
export function addCommercialCommands(commercial: Command, surface: Surface): void {
    addMove(
        commercial.command('deposit').argument('<wallet>', 'whose pocket it leaves').argument('<amount>', 'in units'),
    )
        .description('move money from the pocket of a commercial wallet into the private data collection')
        .action(async (wallet: string, amount: string, options: MoveOptions) => {
            await send('Commercial:Deposit', { wallet, amount, options }, depositText, surface);
        })
        .addHelpText('after', '\nExample:\n  $ power commercial deposit shop 500 --key keys/shop.pem');
    addMove(
        commercial
            .command('pay')
            .argument('<wallet>', 'that pays')
            .argument('<to>', 'wallet that is paid')
            .argument('<amount>', 'in units'),
    )
        .option('--memo <text>', 'for the payee, up to 140 characters', '')
        .description('pay another commercial wallet in private')
        .action(async (wallet: string, payee: string, amount: string, options: MoveOptions) => {
            const payment = { to: walletId.decode(payee, 'to'), memo: options.memo ?? '' };
            const write = (ledger: Ledger, move: CommercialMove): Promise<string> => paymentText(ledger, move, payment);
            await send('Commercial:Transfer', { wallet, amount, options }, write, surface);
        })
        .addHelpText('after', '\nExample:\n  $ power commercial pay shop mill 12.50 --memo flour --key keys/shop.pem');
    addMove(commercial.command('withdraw').argument('<wallet>', 'it goes back to').argument('<amount>', 'in units'))
        .description('move money from the collection back to its wallet, as a pending credit')
        .action(async (wallet: string, amount: string, options: MoveOptions) => {
            await send('Commercial:Withdraw', { wallet, amount, options }, withdrawalText, surface);
        })
        .addHelpText('after', '\nExample:\n  $ power commercial withdraw mill 10 --key keys/mill.pem');
}

function addMove(command: Command): Command {
    return command
        .requiredOption('--key <file...>', 'Ed25519 key that signs; repeat it for a wallet of several')
        .option('--asset <code>', 'asset code', 'PC')
        .option('--request-id <id>', 'names the request in public, so let it be random (a new UUID)');
}

async function send(
    transaction: TransactionName,
    { wallet, amount, options }: { wallet: string; amount: string; options: MoveOptions },
    write: (ledger: Ledger, move: CommercialMove) => Promise<string>,
    surface: Surface,
): Promise<void> {
    const asset = assetCode.decode(options.asset, 'asset');
    const minorUnits = parseUnits(amount, await decimalsOf(asset, surface));
    if (minorUnits === undefined || minorUnits === 0n) {
        throw new Failure('INPUT_INVALID', { field: 'amount', problem: `"${amount}" is no amount of ${asset}` });
    }
    const { id } = requestIdOf(options.requestId, surface);
    const { transport } = await surface.ledger();
    const text = await write(createLedger(transport), {
        ...{ wallet: walletId.decode(wallet, 'wallet'), asset, amount: money(minorUnits), requestId: id },
        ...{ channel: surface.context().channel, now: surface.environment.now() },
        signers: options.key.map(readKeyFile),
        newSalt: () => randomBytes(32),
    });
    await sendRequest({ transaction, text, asset, requestId: id }, surface);
}
