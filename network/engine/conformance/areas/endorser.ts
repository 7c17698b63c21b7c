// SPDX-License-Identifier: Apache-2.0
import { asBuffer, decode } from '../../src/wire/decode.js';
import { protos } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import { inProcessChaincode, recordedExecuteTimeoutMs, timeScale } from '../inProcessChaincode.js';
import { proposedAtMs } from '../recordedProposals.js';
import { recordedAt } from '../recordedTime.js';
import type { Recordings } from '../recordings.js';
import { ReplayedNetwork } from '../replayedNetwork.js';
import { brokenConnection, transportText } from '../unreachableChaincode.js';

interface Recorded {
    readonly id: string;
    readonly peer: string;
    readonly requestBase64: string;
    readonly error?: { readonly message: string } | null;
    readonly response?: {
        readonly version: number;
        readonly response: { readonly status: number; readonly message: string; readonly payloadText?: string };
        readonly endorsement: boolean;
    } | null;
    readonly responseBase64?: string;
}

const file = 'services/endorser.jsonl';

/** Every recorded proposal to the Endorser service, run by the recorded chaincode on the state of that moment. */
export async function replayEndorser(recordings: Recordings, checks: Checks): Promise<void> {
    const lines = recordings.lines<Recorded>(file);
    let unreachable: string | undefined;
    const network = await ReplayedNetwork.start(
        recordings,
        {
            dial: (organisation) => (endpoint) =>
                unreachable === undefined
                    ? inProcessChaincode(recordings, endpoint.address, organisation)(endpoint)
                    : brokenConnection(unreachable),
            executeTimeoutMs: recordedExecuteTimeoutMs / timeScale,
            startupTimeoutMs: 5_000,
        },
        [...new Set(lines.map(({ value }) => value.peer))],
    );
    try {
        for (const { line, value } of lines) {
            const place = { file, line, label: value.id };
            const request = Buffer.from(value.requestBase64, 'base64');
            const sentAtMs = proposedAtMs(request);
            await network.advanceTo(sentAtMs);
            network.now = clockOf(recordings, value, sentAtMs);
            unreachable = transportText(value.response?.response.message ?? '');
            if (unreachable !== undefined) await network.peer(value.peer).forgetChaincodes();
            await checks.guard(place, async () => {
                const signed = decode(protos.SignedProposal, request, 'proposal');
                const { endorser } = network.peer(value.peer);
                const answer = await endorser.processProposal(signed).then(answered, refused);
                checks.equal(place, expectedAnswer(value), answer);
            });
        }
    } finally {
        await network.stop();
    }
}

/** The peer's clock: the refusal of an old proposal names it, every other proposal was fresh. */
function clockOf(recordings: Recordings, { error }: Recorded, sentAtMs: number): Date {
    const named = /peer time (\S+),/.exec(error?.message ?? '')?.[1];
    if (named !== undefined) return new Date(named);
    return sentAtMs > 0 ? new Date(sentAtMs) : recordedAt(recordings);
}

interface Answer {
    readonly error?: string;
    readonly status?: number;
    readonly message?: string;
    readonly payload?: string;
    /** The bytes that endorsers sign: proposal hash, read-write set, events, response. */
    readonly signedBytes?: string;
}

const answered = ({ response, payload, endorsement }: protos.ProposalResponse.$Properties): Answer => ({
    status: response?.status ?? 0,
    message: plain(response?.message ?? ''),
    payload: asBuffer(response?.payload).toString('base64'),
    ...(endorsement && { signedBytes: asBuffer(payload).toString('base64') }),
});

const refused = (error: unknown): Answer => ({ error: plain(error instanceof Error ? error.message : String(error)) });

function expectedAnswer({ error, responseBase64, response }: Recorded): Answer {
    if (error) return { error: plain(error.message) };
    if (responseBase64 === undefined) {
        return {
            status: response?.response.status ?? 0,
            message: plain(response?.response.message ?? ''),
            payload: '',
        };
    }
    return answered(decode(protos.ProposalResponse, Buffer.from(responseBase64, 'base64'), 'ProposalResponse'));
}

/** Texts of Go's protobuf library are not compared. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/(error unmarshalling \w+): .*$/, '$1');
