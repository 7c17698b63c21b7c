// SPDX-License-Identifier: Apache-2.0
import { parseBlock, type ParsedTransaction } from '../../src/ledger/validation/parsedTransaction.js';
import { RecordedFollower } from '../../src/ledger/validation/testing/recordedFollower.js';
import { LifecycleChaincode } from '../../src/lifecycle/lifecycleChaincode.js';
import type { PeerChannels } from '../../src/lifecycle/peerChannels.js';
import { asBuffer, decode } from '../../src/wire/decode.js';
import { lifecycle, msp, protos } from '../../src/wire/protobuf.js';
import type { Checks } from '../checks.js';
import type { Recordings } from '../recordings.js';

// The recorded proposals' signatures are not in the blocks, and no call of these looks at packages.
const everybody = { checkAcl: () => undefined };
const noPackages = {} as never;

/** Every recorded call of `_lifecycle` on the state its endorsers had: the same results, byte for byte. */
export async function replayLifecycle(recordings: Recordings, checks: Checks): Promise<void> {
    const lead = recordings.mspId(recordings.set.lead);
    const follower = await RecordedFollower.start(lead, recordings.genesis());
    try {
        for (const { ordererBlock, number, file } of recordings.blocks('blocks').slice(1)) {
            for (const [index, transaction] of parseBlock(ordererBlock).entries()) {
                if (!isLifecycleCall(transaction)) continue;
                const args = argumentsOf(transaction);
                const call = `${args[0]?.toString('utf8') ?? ''} ${chaincodeRole(recordings, args)}`;
                const place = { file, label: `block ${String(number)} transaction ${String(index)} ${call}` };
                await checks.guard(place, async () => {
                    checks.equal(
                        place,
                        { status: 200, results: asBuffer(transaction.chaincodeAction.results).toString('hex') },
                        await callAgain(transaction, args, follower, recordings),
                    );
                });
            }
            await follower.take(ordererBlock);
        }
    } finally {
        await follower.stop();
    }
}

async function callAgain(
    transaction: ParsedTransaction,
    args: Buffer[],
    follower: RecordedFollower,
    recordings: Recordings,
): Promise<object> {
    const { channel: channelId, lead } = recordings.set;
    const channel = { ledger: follower.ledger, configuration: () => follower.configuration() };
    const channels: PeerChannels = { get: () => channel, ids: () => [channelId], join: () => Promise.resolve() };
    const [endorsement] = transaction.endorsements;
    const { mspid } = decode(msp.SerializedIdentity, asBuffer(endorsement?.endorser), 'SerializedIdentity');
    const chaincode = new LifecycleChaincode({
        channels,
        packages: noPackages,
        accessControl: everybody,
        mspId: mspid,
    });
    const { txId } = transaction;
    const simulation = follower.ledger.newSimulation(txId);
    const response = await chaincode.invoke({
        channelId,
        txId,
        args,
        signedProposal: {},
        creator: Buffer.alloc(0),
        simulation,
    });
    const { results, privateResults } = simulation.finish();
    if (mspid === recordings.mspId(lead) && privateResults !== undefined) {
        await follower.ledger.transientStore.put(txId, privateResults, follower.ledger.height);
    }
    const { status, message } = response;
    return { status, results: results.toString('hex'), ...(message !== undefined && message !== '' && { message }) };
}

/** Which of the set's chaincodes a definition is for, and its sequence. */
function chaincodeRole({ set }: Recordings, args: readonly Buffer[]): string {
    const { name, sequence } = decode(lifecycle.CommitChaincodeDefinitionArgs, args[1] ?? Buffer.alloc(0), 'arguments');
    const roles = { [set.chaincode]: 'main', [set.secondChaincode]: 'second', [set.wireChaincode]: 'wire' };
    return `${roles[name] ?? 'other'} ${String(sequence)}`;
}

function argumentsOf({ actionPayload }: ParsedTransaction): Buffer[] {
    const { input } = decode(protos.ChaincodeProposalPayload, actionPayload.chaincodeProposalPayload, 'payload');
    const { chaincodeSpec } = decode(protos.ChaincodeInvocationSpec, input, 'ChaincodeInvocationSpec');
    return (chaincodeSpec?.input?.args ?? []).map(asBuffer);
}

function isLifecycleCall(transaction: ParsedTransaction): boolean {
    try {
        return transaction.isEndorserTransaction && transaction.headerExtension.chaincodeId?.name === '_lifecycle';
    } catch {
        return false;
    }
}
