// SPDX-License-Identifier: Apache-2.0
import type { ChaincodeRuntime } from '../../../chaincode/chaincodeRuntime.js';
import type { ChaincodeCatalog, RunnableChaincode } from '../../../endorser/chaincodeCatalog.js';
import { definedChaincodes } from '../../../lifecycle/chaincodeDefinitions.js';
import type { PeerChannel } from '../../../lifecycle/peerChannels.js';
import { logger } from '../../../process/logging.js';

const log = logger('lifecycle');

/**
 * Connects to the chaincode that the peer can run on a channel, so that the first transaction does not wait for it. A
 * chaincode that does not answer yet is connected to by the transaction that needs it.
 */
export async function launchChaincodes(
    { ledger }: PeerChannel,
    catalog: ChaincodeCatalog,
    runtime: ChaincodeRuntime,
): Promise<void> {
    const reader = ledger.newReader();
    let names: readonly string[];
    try {
        names = await definedChaincodes(reader);
    } finally {
        reader.release();
    }
    const runnable = names.flatMap((name) => runnableOn(ledger.channelId, name, catalog));
    await Promise.all(
        runnable.map(({ packageId }) =>
            runtime.launch(packageId).catch((error: unknown) => {
                log.warning(`could not launch chaincode '${packageId}': ${String(error)}`);
            }),
        ),
    );
}

function runnableOn(channelId: string, name: string, catalog: ChaincodeCatalog): RunnableChaincode[] {
    try {
        return [catalog.find(channelId, name)];
    } catch {
        return [];
    }
}
