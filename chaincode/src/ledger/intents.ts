// SPDX-License-Identifier: Apache-2.0
import {
    type Authorisation,
    authoriseIntent,
    type Codec,
    founding,
    type Intent,
    intentText,
    type Wallet,
} from '@power-currency/domain';
import type { LedgerContext } from './ledgerContext.js';
import type { RequestIdentity } from './requests.js';
import { walletRef } from './walletRefs.js';

interface SignedIntent<I extends Intent> {
    readonly intent: I;
    readonly authorisation: Authorisation;
}

/** The holder signed the request id, so the request is the wallet's, whoever submits it. */
export function requestOfIntent<I extends Intent>(
    codec: Codec<I>,
): (command: { readonly intent: I }) => RequestIdentity {
    return ({ intent }) => ({
        owner: { scope: 'wallet', id: intent.wallet },
        requestId: intent.requestId,
        commandText: textOf(codec, intent),
    });
}

/** One transaction needs the text twice: for what makes a command the same, and for what was signed. */
const texts = new WeakMap<Intent, string>();

function textOf<I extends Intent>(codec: Codec<I>, intent: I): string {
    const text = texts.get(intent) ?? intentText(codec, intent);
    texts.set(intent, text);
    return text;
}

/** The wallet the intent moves, if its keys signed it for here and now. Its record must have been loaded. */
export function authorised<I extends Intent>(
    context: LedgerContext,
    codec: Codec<I>,
    command: SignedIntent<I>,
): Wallet {
    return authorisedFor(context, codec, command, context.session.get(walletRef(command.intent.wallet)));
}

/** As {@link authorised}, for a wallet that was looked up in another way. */
export function authorisedFor<I extends Intent>(
    context: LedgerContext,
    codec: Codec<I>,
    { intent, authorisation }: SignedIntent<I>,
    wallet: Wallet | undefined,
): Wallet {
    const { verifyEd25519, verifyMlDsa65 } = context.platform.primitives;
    return authoriseIntent({
        intent,
        message: Buffer.from(textOf(codec, intent)),
        authorisation,
        wallet,
        place: { network: founding.network, channel: context.stub.getChannelID(), now: context.now },
        verifyEd25519,
        verifyMlDsa65,
    });
}
