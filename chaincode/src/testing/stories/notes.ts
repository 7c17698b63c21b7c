// SPDX-License-Identifier: Apache-2.0
import type { WalletId } from '@power-currency/domain';
import { NoteSteps } from '../noteSteps.js';
import type { Scenario } from '../scenario.js';

/** Balance becomes notes, which pay somebody and become balance again. */
export async function tellNotes(scenario: Scenario, payer: WalletId, payee: WalletId): Promise<void> {
    const notes = new NoteSteps(scenario);
    const { nonce } = await scenario.balanceOf(payer);
    const drawn = await notes.draw(payer, nonce + 1n, [5n, 7n]);
    const { notes: made } = await notes.spend(payer, drawn, [
        [payee, 10n],
        [payer, 2n],
    ]);
    const own = made.filter(({ to }) => to === payee).map(({ noteId }) => noteId);
    await notes.return(payee, own);
}
