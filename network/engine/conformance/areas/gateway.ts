// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util';
import type { CallContext, ServerStreamMethod, UnaryMethod } from '../../src/process/serviceTable.js';
import type { Checks } from '../checks.js';
import { answered, clientGaveUp, eventBlock, recordedOutcome, refusal } from '../gateway/gatewayOutcome.js';
import { gatewayRequest } from '../gateway/gatewayRequests.js';
import { outagesDuring } from '../gateway/recordedOutages.js';
import {
    gatewayCalls,
    gatewayFile,
    type RecordedGatewayCall,
    type TimedCall,
} from '../gateway/recordedGatewayCalls.js';
import { ReplayedGateways } from '../gateway/replayedGateways.js';
import { timeScale } from '../inProcessChaincode.js';
import { RecordedProposals } from '../recordedProposals.js';
import type { Recordings } from '../recordings.js';

/** An event stream that says nothing for this long is taken to wait, as the recorder took it. */
const silenceMs = 150;
/** Where several peers would do, Fabric and the engine choose at random: the recorded choice must be one of the engine's. */
const attempts = 30;
const searchMs = 8_000;

const npmFile = 'services/gateway-npm-client.jsonl';

/** Every recorded call of the Gateway service, in order, on the state of that moment. */
export async function replayGateway(recordings: Recordings, checks: Checks): Promise<void> {
    for (const { line, value } of recordings.lines<{ id: string }>(npmFile)) {
        checks.notReplayed({ file: npmFile, line, label: `npm ${value.id}` });
    }
    const proposals = new RecordedProposals(recordings);
    const gateways = await ReplayedGateways.start(recordings);
    try {
        let during: string | undefined;
        for (const call of gatewayCalls(recordings, proposals)) {
            const { line, value } = call;
            const { name, outages } = outagesDuring(recordings, value);
            if (name !== during) await gateways.setOutages(outages);
            during = name;
            const place = { file: gatewayFile, line, label: value.id };
            await checks.guard(place, async () => {
                const replay = new GatewayReplay(call, gateways, recordings, proposals);
                checks.equal(place, recordedOutcome(value), await replay.run());
            });
        }
    } finally {
        await gateways.network.stop();
    }
}

class GatewayReplay {
    readonly #call: TimedCall;
    readonly #gateways: ReplayedGateways;
    readonly #request: { readonly bytes: Buffer; readonly txId: string };

    constructor(call: TimedCall, gateways: ReplayedGateways, recordings: Recordings, proposals: RecordedProposals) {
        this.#call = call;
        this.#gateways = gateways;
        this.#request = gatewayRequest(call, recordings, proposals);
    }

    async run(): Promise<object> {
        const { sentAtMs, value } = this.#call;
        const { network } = this.#gateways;
        await network.advanceTo(sentAtMs);
        network.now = peerClock(value, sentAtMs);
        if (value.method === 'ChaincodeEvents') return this.#listen(value);
        const mayChoose = value.method === 'Evaluate' || value.method === 'Endorse';
        const expected = recordedOutcome(value);
        const begun = performance.now();
        for (let attempt = 1; ; attempt++) {
            const outcome = await this.#ask(value);
            const isLong = attempt === attempts || performance.now() - begun > searchMs;
            if (!mayChoose || isLong || isDeepStrictEqual(outcome, expected)) return outcome;
        }
    }

    async #ask(value: RecordedGatewayCall): Promise<object> {
        const method = this.#method(value) as UnaryMethod;
        const abort = new AbortController();
        const { deadlineMs, cancelAfterMs } = value.options ?? {};
        const patienceMs = deadlineMs ?? cancelAfterMs;
        const answer = method
            .handle(this.#request.bytes, contextOf(abort.signal))
            .then((bytes) => answered(value, bytes), refusal);
        if (value.method === 'CommitStatus') await this.#commit();
        if (patienceMs === undefined) return answer;
        const gaveUp = Promise.withResolvers<object>();
        const timer = setTimeout(() => {
            gaveUp.resolve(clientGaveUp());
        }, patienceMs / timeScale);
        const outcome = await Promise.race([answer, gaveUp.promise]);
        clearTimeout(timer);
        abort.abort();
        await answer;
        return outcome;
    }

    /** The transaction that somebody waits for comes now at the latest. */
    async #commit(): Promise<void> {
        await new Promise((resolve) => setImmediate(resolve));
        const { network } = this.#gateways;
        await network.advanceThrough(network.blockOf(this.#request.txId) ?? 0);
    }

    async #listen(value: RecordedGatewayCall): Promise<object> {
        const abort = new AbortController();
        const blocks: object[] = [];
        const stream = {
            send: (bytes: Buffer) => {
                blocks.push(eventBlock(bytes));
                return Promise.resolve();
            },
        };
        const method = this.#method(value) as ServerStreamMethod;
        const handled = method.handle(this.#request.bytes, stream, contextOf(abort.signal)).then(
            () => 'ended',
            (error: unknown) => (abort.signal.aborted ? 'open' : refusal(error)),
        );
        await new Promise((resolve) => setImmediate(resolve));
        const expected = (value.responses ?? []) as readonly { readonly blockNumber: number }[];
        await this.#gateways.network.advanceThrough(expected.at(-1)?.blockNumber ?? 0);
        const silent = new Promise<'silent'>((resolve) => setTimeout(resolve, silenceMs, 'silent'));
        await Promise.race([handled, silent]);
        abort.abort();
        return { blocks, end: await handled };
    }

    #method({ method, gateway }: RecordedGatewayCall): unknown {
        return this.#gateways.services(gateway)[`/gateway.Gateway/${method}`];
    }
}

function contextOf(signal: AbortSignal): CallContext {
    return { peerAddress: 'conformance', clientCertificate: undefined, signal, deadline: undefined };
}

/** The refusal of a proposal with a wrong time names the peer's; every other proposal was fresh. */
function peerClock({ error }: RecordedGatewayCall, sentAtMs: number): Date {
    const texts = [error?.message, ...(error?.status?.details ?? []).map(({ errorDetail }) => errorDetail?.message)];
    const named = /peer time ([^\s,]+),/.exec(texts.join(' '))?.[1];
    return new Date(named ?? sentAtMs);
}
