// SPDX-License-Identifier: Apache-2.0
import { parseBlock, type ParsedTransaction } from '../ledger/validation/parsedTransaction.js';
import '../ledger/testing/quietLog.js';
import { recordedBlocks } from '../ledger/testing/recordings.js';
import { RecordedFollower } from '../ledger/validation/testing/recordedFollower.js';
import { asBuffer, decode } from '../wire/decode.js';
import { lifecycle, msp, protos } from '../wire/protobuf.js';
import { LifecycleChaincode } from './lifecycleChaincode.js';
import type { PeerChannels } from './peerChannels.js';

// The recorded proposals' signatures are not in the blocks, so access control is tested elsewhere.
const everybody = { checkAcl: () => undefined };
const noPackages = {} as never;

interface Reproduced {
    readonly block: number;
    readonly call: string;
    readonly chaincode: string;
    readonly status: number;
    readonly sameResults: boolean;
    readonly message: string;
}

/** Runs every recorded call of `_lifecycle` on the state its endorsers had. */
async function reproduceAll(): Promise<Reproduced[]> {
    const follower = await RecordedFollower.start('AuthorityMSP');
    const channel = { ledger: follower.ledger, configuration: () => follower.configuration() };
    const channels: PeerChannels = { get: () => channel, ids: () => ['power'], join: () => Promise.resolve() };
    const reproduced: Reproduced[] = [];
    for (const { ordererBlock, number } of recordedBlocks('blocks').slice(1)) {
        for (const transaction of parseBlock(ordererBlock).filter(isLifecycleCall)) {
            reproduced.push(await reproduce(transaction, number, channels, follower));
        }
        await follower.take(ordererBlock);
    }
    await follower.stop();
    return reproduced;
}

async function reproduce(
    transaction: ParsedTransaction,
    block: number,
    channels: PeerChannels,
    { ledger }: RecordedFollower,
): Promise<Reproduced> {
    const args = argumentsOf(transaction);
    const [endorsement] = transaction.endorsements;
    const { mspid } = decode(msp.SerializedIdentity, asBuffer(endorsement?.endorser), 'SerializedIdentity');
    const chaincode = new LifecycleChaincode({
        channels,
        packages: noPackages,
        accessControl: everybody,
        mspId: mspid,
    });
    const simulation = ledger.newSimulation(transaction.txId);
    const response = await chaincode.invoke({
        channelId: 'power',
        txId: transaction.txId,
        args,
        signedProposal: {},
        creator: Buffer.alloc(0),
        simulation,
    });
    const { results, privateResults } = simulation.finish();
    if (mspid === 'AuthorityMSP' && privateResults !== undefined) {
        await ledger.transientStore.put(transaction.txId, privateResults, ledger.height);
    }
    return {
        block,
        call: args[0]?.toString('utf8') ?? '',
        chaincode: decode(lifecycle.CommitChaincodeDefinitionArgs, args[1] ?? Buffer.alloc(0), 'arguments').name,
        status: response.status ?? 0,
        sameResults: results.equals(transaction.chaincodeAction.results),
        message: response.message ?? '',
    };
}

function argumentsOf({ actionPayload }: ParsedTransaction): Buffer[] {
    const { input } = decode(protos.ChaincodeProposalPayload, actionPayload.chaincodeProposalPayload, 'payload');
    const { chaincodeSpec } = decode(protos.ChaincodeInvocationSpec, input, 'ChaincodeInvocationSpec');
    return (chaincodeSpec?.input?.args ?? []).map(asBuffer);
}

function isLifecycleCall(transaction: ParsedTransaction): boolean {
    return (
        transaction.isEndorserTransaction &&
        attempt(() => transaction.headerExtension.chaincodeId?.name) === '_lifecycle'
    );
}

function attempt<T>(look: () => T): T | undefined {
    try {
        return look();
    } catch {
        return undefined;
    }
}

describe('recorded calls of _lifecycle', () => {
    let reproduced: Reproduced[];

    beforeAll(async () => {
        reproduced = await reproduceAll();
    });

    it('give the read-write set bytes of the real peers, with and without collections', () => {
        expect(reproduced).toHaveLength(21);
        expect(reproduced.filter(({ status, sameResults }) => status !== 200 || !sameResults)).toEqual([]);
    });
});
