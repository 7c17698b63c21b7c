// SPDX-License-Identifier: Apache-2.0
import { type ErrorCode, isDomainError } from '@power-currency/domain';
import { Failure } from '../application/failure.js';
import { type Stage } from './stage.js';
import { type DemoWallet, signedPayment } from './walletStep.js';

/** Tries what must not work, and shows that the ledger refuses it and why. */
export async function tryForbidden(
    stage: Stage,
    { payer, payee, balance }: { payer: DemoWallet; payee: DemoWallet; balance: bigint },
): Promise<readonly { what: string; code: string }[]> {
    const { walletId, publicKey } = payer;
    const overdraft = signedPayment(stage, payer, { to: payee, amount: balance + 1n, id: `overdraft-${walletId}` });
    const signer = { publicKey, sign: payee.sign };
    const forged = signedPayment(stage, payer, { to: payee, amount: 1n, id: `forged-${walletId}`, signer });
    return [
        await refused(stage, 'overdraft', 'INSUFFICIENT_FUNDS', () => payer.custodian.wallet.transfer(overdraft)),
        await refused(stage, 'forged intent', 'INTENT_SIGNATURE_INVALID', () =>
            payer.custodian.wallet.transfer(forged),
        ),
    ];
}

async function refused(
    stage: Stage,
    what: string,
    expected: ErrorCode,
    attempt: () => Promise<unknown>,
): Promise<{ what: string; code: string }> {
    try {
        await attempt();
    } catch (error) {
        if (!isDomainError(error, expected)) {
            throw error;
        }
        stage.tell(`${what} refused: ${error.code} ${JSON.stringify(error.details)}`);
        return { what, code: error.code };
    }
    throw new Failure('DEMO_STEP_FAILED', { step: what, problem: 'the ledger accepted it' });
}
