// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../../src/wire/decode.js';
import { protos } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import { RecordedProposals } from '../recordedProposals.js';
import type { Recordings } from '../recordings.js';
import { ReplayedNetwork } from '../replayedNetwork.js';
import { recordedIds, ScriptedChaincode, withIds, type RecordedMessage } from '../scriptedChaincode.js';

interface WireMessage extends RecordedMessage {
    readonly case?: string;
    readonly line: number;
}

interface WireCase {
    readonly case: string;
    readonly note?: string;
    readonly txid: string;
    readonly response: { readonly status: number; readonly message: string; readonly payload: string };
    readonly resultsBase64?: string;
    readonly eventsBase64?: string;
}

const casesFile = 'shim/raw-cases.jsonl';
const messagesFile = 'shim/raw-messages.jsonl';

/** A chaincode written on the wire protocol, whose messages no shim would send: what came of each case, and every answer. */
export async function replayWireChaincode(recordings: Recordings, checks: Checks): Promise<void> {
    const ownIds = new Map<string, string>();
    const chaincodes = connections(recordings).map((messages) => new ScriptedChaincode(messages, ownIds));
    const waiting = [...chaincodes];
    const { lead } = recordings.set;
    const dial = (): ReturnType<ScriptedChaincode<WireMessage>['connect']> => {
        const next = waiting.shift();
        if (next === undefined) throw new Error('the recorded peer did not connect once more');
        return next.connect();
    };
    const limits = { executeTimeoutMs: 1_000, startupTimeoutMs: 500 };
    const network = await ReplayedNetwork.start(recordings, { dial: () => dial, ...limits }, [lead]);
    try {
        await replayCases(recordings, checks, network, ownIds);
    } finally {
        await network.stop();
    }
    for (const chaincode of chaincodes) {
        for (const { recorded, expected, received } of [...chaincode.exchanges, ...chaincode.missing()]) {
            const label = recorded.case ?? `connection ${String(recorded.connection)}`;
            checks.equal({ file: messagesFile, line: recorded.line, label }, expected, received);
        }
    }
}

async function replayCases(
    recordings: Recordings,
    checks: Checks,
    network: ReplayedNetwork,
    ownIds: Map<string, string>,
): Promise<void> {
    const proposals = new RecordedProposals(recordings);
    const cases = recordings.lines<WireCase>(casesFile);
    const { lead, channel, wireChaincode } = recordings.set;
    const blocks = cases.flatMap(({ value }) => network.blockOf(value.txid) ?? []);
    await network.advanceThrough(Math.min(Infinity, ...blocks) - 1);
    for (const { line, value } of cases) {
        const place = { file: casesFile, line, label: value.case };
        const { signed, txId } = proposals.make({
            txId: value.txid,
            creator: `User1@${lead}`,
            channelId: channel,
            chaincode: wireChaincode,
            args: [Buffer.from(value.case)],
            sentAt: network.now,
        });
        ownIds.set(value.txid, txId);
        await checks.guard(place, async () => {
            const answer = await network.peer(lead).endorser.processProposal(signed);
            checks.equal(place, recordedOutcome(value), outcome(answer, recordedIds(ownIds)));
        });
        await network.advanceThrough(network.blockOf(value.txid) ?? 0);
    }
}

function recordedOutcome({ response, resultsBase64, eventsBase64 }: WireCase): object {
    return {
        response: { ...response, message: plainSpaces(response.message) },
        ...(resultsBase64 !== undefined && { results: resultsBase64, events: eventsBase64 ?? '' }),
    };
}

function outcome(answer: protos.ProposalResponse.$Properties, ids: ReadonlyMap<string, string>): object {
    const { status, message, payload } = answer.response ?? {};
    const response = {
        status: status ?? 0,
        message: plainSpaces(withIds(Buffer.from(message ?? ''), ids).toString()),
        payload: asBuffer(payload).toString(),
    };
    if (asBuffer(answer.payload).length === 0) return { response };
    const { extension } = decode(protos.ProposalResponsePayload, asBuffer(answer.payload), 'ProposalResponsePayload');
    const { results, events } = decode(protos.ChaincodeAction, extension, 'ChaincodeAction');
    return { response, results: asBuffer(results).toString('base64'), events: withIds(events, ids).toString('base64') };
}

/** The recorded streams in order. Of several attempts in a row that found nobody listening the replay needs one. */
function connections(recordings: Recordings): WireMessage[][] {
    const messages = recordings
        .lines<Omit<WireMessage, 'line'>>(messagesFile)
        .map(({ line, value }) => ({ ...value, line }));
    const all = [...Map.groupBy(messages, ({ connection }) => connection).values()];
    const isSilent = (one: WireMessage[] | undefined): boolean => one?.every(({ type }) => type === undefined) ?? false;
    return all.filter((one, index) => !(isSilent(one) && isSilent(all[index + 1])));
}

/** Go prints a space or a no-break space after `proto:`, at random per build. */
const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ');
