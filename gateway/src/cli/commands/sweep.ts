// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { assetCode, requestId, walletId } from '@power-currency/domain';
import { type Command } from 'commander';
import { formatUnits } from '../../application/decimalAmount.js';
import { Failure } from '../../application/failure.js';
import { createLedger } from '../../application/ledger.js';
import { sweep, type Swept } from '../../application/wallets/sweep.js';
import { type Surface } from '../surface.js';
import { decimalsOf } from '../verbs/assets.js';

interface SweepOptions {
    readonly asset: string;
    readonly watch?: number;
}

/** `power wallet sweep`: a custodian's job. */
export function addSweepCommand(wallet: Command, surface: Surface): void {
    wallet
        .command('sweep')
        .argument('<wallet>', 'wallet that the own organisation keeps')
        .option('--asset <code>', 'asset code', 'PC')
        .option('--watch <seconds>', 'go on, looking for new credits every so many seconds', parseSeconds)
        .description('fold all credits that wait for a wallet, up to a thousand per transaction')
        .action(async (wallet: string, options: SweepOptions) => {
            await run(wallet, options, surface);
        })
        .addHelpText('after', '\nExamples:\n  $ power wallet sweep shop\n  $ power wallet sweep shop --watch 60');
}

async function run(wallet: string, { asset: code, watch }: SweepOptions, surface: Surface): Promise<void> {
    const { transport } = await surface.ledger();
    const asset = assetCode.decode(code, 'asset');
    const decimals = await decimalsOf(asset, surface);
    const told = ({ creditCount, amount, transactions }: Swept): string =>
        `${String(creditCount)} credits, ${formatUnits(amount, decimals)} ${asset}, ${String(transactions)} transactions`;
    for (;;) {
        const swept = await sweep(createLedger(transport), {
            walletId: walletId.decode(wallet, 'wallet'),
            asset,
            newRequestId: () => requestId.decode(randomUUID(), 'requestId'),
            onFold: (soFar) => {
                surface.note(`folded ${told(soFar)}`);
            },
        });
        const { creditCount, amount, transactions } = swept;
        if (watch === undefined || creditCount > 0) {
            const amounts = { folded: amount.toString(), foldedInUnits: formatUnits(amount, decimals) };
            surface.print({ walletId: wallet, asset, creditCount, transactions, ...amounts });
        }
        if (watch === undefined) return;
        await sleep(watch * 1000);
    }
}

function parseSeconds(text: string): number {
    if (!/^[1-9]\d{0,4}$/.test(text)) {
        throw new Failure('INPUT_INVALID', { field: '--watch', problem: `"${text}" is no number of seconds from 1` });
    }
    return Number(text);
}
