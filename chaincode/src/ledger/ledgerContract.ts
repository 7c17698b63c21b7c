// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    authorise,
    type CallerIdentity,
    checkSkew,
    decodeArguments,
    type DomainEvent,
    earlierResult,
    encodeArguments,
    encodeErrorText,
    encodeEventEnvelope,
    encodeResult,
    eventName,
    isDomainError,
    type ResultOf,
    transactionDefinition,
    type TransactionName,
} from '@power-currency/domain';
import { Contract } from 'fabric-contract-api';
import { type Caller, callerOf, callerRefs } from './caller.js';
import { callerIdentity } from './callerIdentity.js';
import { clockRef, LedgerContext } from './ledgerContext.js';
import type { Platform } from './platform.js';
import { type RequestIdentity, requestRef } from './requests.js';
import type { StateRef } from './stateTable.js';
import { noteWalletChanges } from './walletChanges.js';

/** A submitting transaction: what it reads, then what it decides and writes. */
export interface SubmitSteps<N extends TransactionName> {
    /** Needed where the request is not simply the caller's organisation's. */
    readonly requestOf?: (command: ArgumentsOf<N>) => RequestIdentity;
    /** Everything it reads, told from the command and the submitter alone: one round trip to the peer reads it all. */
    readonly load: (command: ArgumentsOf<N>, submitter: CallerIdentity) => readonly StateRef[];
    readonly decide: (command: ArgumentsOf<N>, caller: Caller) => Decision<N> | Promise<Decision<N>>;
}

interface Decision<N extends TransactionName> {
    readonly result: ResultOf<N>;
    readonly events: readonly DomainEvent[];
}

/**
 * Base of every contract. A transaction is parse → load → decide → commit: this class does all but the decision. The
 * guards every transaction shares are tried in the order of `commonErrors`; a repeated request returns its first
 * result before any rule of business is looked at.
 */
export class LedgerContract extends Contract {
    readonly #platform: Platform;

    constructor(name: string, platform: Platform) {
        super(name);
        this.#platform = platform;
    }

    override createContext(): LedgerContext {
        // Fabric's decorators ask the bare prototype, which has no platform, for the class of its context.
        return #platform in this ? new LedgerContext(this.#platform) : new LedgerContext();
    }

    /** Turns whatever was thrown into an Error with text: the shim answers nothing at all to a thrown null. */
    override aroundTransaction(
        context: LedgerContext,
        transaction: Parameters<Contract['aroundTransaction']>[1],
        parameters: unknown,
    ): Promise<void> {
        return super.aroundTransaction(context, transaction, parameters).catch((thrown: unknown) => {
            tellPeer(context, thrown);
            throw new Error(errorText(thrown), { cause: thrown });
        });
    }
}

/** Runs a submitting transaction and returns its result text. */
export async function submit<N extends TransactionName>(
    context: LedgerContext,
    name: N,
    request: string,
    steps: SubmitSteps<N>,
): Promise<string> {
    const command = decodeArguments(name, request);
    const identity = callerIdentity(context.clientIdentity);
    checkSkew(context.transactionTime, context.platform.endorserTime());
    const requested = steps.requestOf?.(command) ?? ownRequest(name, command, identity);
    const ref = requestRef(requested);
    const { session } = context;
    await session.load([...callerRefs(identity), clockRef, ref, ...steps.load(command, identity)]);
    const caller = callerOf(session, identity);
    authorise(name, transactionDefinition(name).roles, caller.roles);
    const commandDigest = context.platform.primitives.sha256(Buffer.from(`${name} ${requested.commandText}`));
    const earlier = earlierResult(session.get(ref), requested.requestId, commandDigest);
    if (earlier !== undefined) return earlier;
    const { result, events } = await steps.decide(command, caller);
    const text = encodeResult(name, result);
    session.put(ref, { commandDigest, result: text });
    noteWalletChanges(session, context.stub.getTxID());
    await session.flush();
    context.stub.setEvent(eventName, Buffer.from(encodeEventEnvelope({ transaction: name, events })));
    return text;
}

/** Runs a query and returns its result text. Open to every identity of the channel. */
export async function evaluate<N extends TransactionName>(
    name: N,
    request: string,
    answer: (query: ArgumentsOf<N>) => ResultOf<N> | Promise<ResultOf<N>>,
): Promise<string> {
    const query = decodeArguments(name, request);
    return encodeResult(name, await answer(query));
}

function ownRequest<N extends TransactionName>(
    name: N,
    command: ArgumentsOf<N>,
    { mspId }: CallerIdentity,
): RequestIdentity {
    if (!('requestId' in command)) throw new Error(`${name} does not say whose request it is`);
    return {
        owner: { scope: 'participant', id: mspId },
        requestId: command.requestId,
        commandText: encodeArguments(name, command),
    };
}

/**
 * Tells the peer where a transaction failed. The event of a response that refuses goes no further than the peer
 * (core/endorser/endorser.go, callChaincode): its operator sees the stack, clients see the error's text alone.
 */
function tellPeer({ stub }: LedgerContext, thrown: unknown): void {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    stub.setEvent(isDomainError(thrown) ? 'chaincode.refusal' : 'chaincode.exception', Buffer.from(stack));
}

function errorText(thrown: unknown): string {
    if (isDomainError(thrown)) return encodeErrorText(thrown);
    return `UNEXPECTED ${thrown instanceof Error ? thrown.message : String(thrown)}`;
}
