// SPDX-License-Identifier: Apache-2.0
import type { DialChaincode } from '../../src/chaincode/dialChaincode.js';
import { asBuffer, decode } from '../../src/wire/decode.js';
import { protos } from '../../src/wire/protobuf.js';
import type { Checks, Place } from '../checks.js';
import { gatewayCalls, proposalOf } from '../gateway/recordedGatewayCalls.js';
import { RecordedProposals, type ReplayedProposal } from '../recordedProposals.js';
import { recordedAt } from '../recordedTime.js';
import type { Line, Recordings } from '../recordings.js';
import { ReplayedNetwork } from '../replayedNetwork.js';
import { type RecordedMessage, ScriptedChaincode } from '../scriptedChaincode.js';
import { replayWireChaincode } from './shimWireChaincode.js';

/** A message of a labelled transaction; `stream` is `main-authority` or `aux-authority`. */
interface LabelledMessage extends RecordedMessage {
    readonly label?: string;
    readonly stream: string;
    readonly line: number;
}

interface RecordedTransaction {
    readonly label: string;
    readonly txId: string;
    /** Whose peer ran it. */
    readonly organisation: string;
    readonly messages: readonly LabelledMessage[];
    readonly proposal: ReplayedProposal;
    readonly sentAtMs: number;
}

const file = 'shim/transactions.jsonl';

/** Recorded chaincodes say again what they said, and the engine's peer must say what the recorded peer said. */
export async function replayShim(recordings: Recordings, checks: Checks): Promise<void> {
    await replayTransactions(recordings, checks);
    await replayWireChaincode(recordings, checks);
}

async function replayTransactions(recordings: Recordings, checks: Checks): Promise<void> {
    const transactions = recordedTransactions(recordings);
    const ownIds = new Map<string, string>();
    let chaincodes: readonly (readonly [string, ScriptedChaincode<LabelledMessage>])[] = [];
    const dial: DialChaincode = ({ address: packageId }) => {
        const found = chaincodes.find(([id]) => id === packageId);
        if (found === undefined) throw new Error(`no stream of ${packageId} was recorded`);
        return found[1].connect();
    };
    const network = await ReplayedNetwork.start(
        recordings,
        { dial: () => dial, executeTimeoutMs: 1_500, startupTimeoutMs: 5_000 },
        [...new Set(transactions.map(({ organisation }) => organisation))],
    );
    try {
        for (const transaction of transactions) {
            ownIds.set(transaction.txId, transaction.proposal.txId);
            chaincodes = chaincodesOf(recordings, transaction, ownIds);
            await network.advanceTo(transaction.sentAtMs);
            network.now = new Date(transaction.sentAtMs);
            const place = { file, line: transaction.messages[0]?.line, label: transaction.label };
            await checks.guard(place, () => replayTransaction(transaction, network, place, checks));
            for (const [, chaincode] of chaincodes) compare(chaincode, checks);
        }
    } finally {
        await network.stop();
    }
}

async function replayTransaction(
    { proposal, organisation }: RecordedTransaction,
    network: ReplayedNetwork,
    place: Place,
    checks: Checks,
): Promise<void> {
    const peer = network.peer(organisation);
    const answer = await peer.endorser.processProposal(proposal.signed);
    await peer.forgetChaincodes();
    const { transaction } = proposal;
    if (transaction === undefined) return;
    // What this peer's endorsement is over: results, event, response.
    const expected = transaction.proposalResponsePayloadBytes.toString('hex');
    checks.equal(place, expected, asBuffer(answer.payload).toString('hex'));
}

function compare(chaincode: ScriptedChaincode<LabelledMessage>, checks: Checks): void {
    for (const { recorded, expected, received } of [...chaincode.exchanges, ...chaincode.missing()]) {
        if (recorded.label === undefined) continue;
        checks.equal({ file, line: recorded.line, label: recorded.label }, expected, received);
    }
}

/** One for every stream that the transaction used, with the way that stream was opened before. */
function chaincodesOf(
    recordings: Recordings,
    { messages }: RecordedTransaction,
    ownIds: Map<string, string>,
): (readonly [string, ScriptedChaincode<LabelledMessage>])[] {
    const openings = recordings.lines<LabelledMessage>('shim/connections.jsonl').map(({ value }) => value);
    return [...Map.groupBy(messages, ({ stream }) => stream)].map(([stream, ofStream]) => {
        // Of the peers' streams to one chaincode not every opening is recorded, and all are the same.
        const ofSameChaincode = openings.filter(
            (one) => one.type !== undefined && roleOf(one.stream) === roleOf(stream),
        );
        const own = ofSameChaincode.filter((one) => one.stream === stream);
        const opening = own.length > 0 ? own : ofSameChaincode;
        // The first REGISTER, REGISTERED and READY; later ones repeat them.
        const script = [...opening.slice(0, 3), ...ofStream];
        return [packageIdOf(recordings, stream), new ScriptedChaincode(script, ownIds)] as const;
    });
}

/** `main` or `aux`, the second chaincode. */
const roleOf = (stream: string): string => stream.split('-')[0] ?? '';

function packageIdOf(recordings: Recordings, stream: string): string {
    const { label, secondLabel } = recordings.set;
    const ids = recordings.json<Record<string, { packageId: string }>>('network/chaincode/package-ids.json');
    const packageId = ids[roleOf(stream) === 'main' ? label : secondLabel]?.packageId;
    if (packageId === undefined) throw new Error(`no package of the stream ${stream} is recorded`);
    return packageId;
}

/** In the order in which they were proposed. */
function recordedTransactions(recordings: Recordings): RecordedTransaction[] {
    const proposals = new RecordedProposals(recordings);
    const calls = new Map(
        gatewayCalls(recordings, proposals).map((call) => [call.value.request.transactionId ?? '', call] as const),
    );
    const messages = recordings.lines<Omit<LabelledMessage, 'line'>>(file).map(withLine);
    let latest = 0;
    return [...Map.groupBy(messages, ({ txid }) => txid ?? '')]
        .flatMap(([txId, ofTransaction]) => {
            const [first] = ofTransaction;
            if (first === undefined) return [];
            const organisation = first.stream.slice(roleOf(first.stream).length + 1);
            const call = calls.get(txId);
            latest = call?.sentAtMs ?? (proposals.proposedAtMs(txId) || latest || recordedAt(recordings).getTime());
            const sentAtMs = latest;
            const proposal =
                call !== undefined && (call.value.method === 'Evaluate' || call.value.method === 'Endorse')
                    ? proposalOf(call, proposals)
                    : proposals.make({
                          txId,
                          creator: `User1@${recordings.set.lead}`,
                          channelId: first.channelId ?? '',
                          chaincode: recordings.set.chaincode,
                          args: argumentsOf(first),
                          sentAt: new Date(sentAtMs),
                      });
            return [{ label: first.label ?? txId, txId, organisation, messages: ofTransaction, proposal, sentAtMs }];
        })
        .sort((a, b) => a.sentAtMs - b.sentAtMs);
}

function withLine({ line, value }: Line<Omit<LabelledMessage, 'line'>>): LabelledMessage {
    return { ...value, line };
}

function argumentsOf({ payloadBase64 }: RecordedMessage): readonly Uint8Array[] {
    return decode(protos.ChaincodeInput, Buffer.from(payloadBase64 ?? '', 'base64'), 'ChaincodeInput').args;
}
