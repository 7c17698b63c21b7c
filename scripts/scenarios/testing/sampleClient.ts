// SPDX-License-Identifier: Apache-2.0
import {
    connectGatewayAt,
    type GatewayClient,
} from '@power-currency/engine/commands/peer/node/testing/gatewayClient.js';
import { loadNetworkFile } from '../../../gateway/src/config/networkFile';
import type { TestNetwork } from '../testNetwork';

/** An organisation's client at its own peer's gateway, for chaincode that is not ours. */
export class SampleClient {
    readonly #client: GatewayClient;

    constructor(network: TestNetwork, organisation: string) {
        const { organisations } = loadNetworkFile(network.networkDir);
        const { mspId, users, peer } = organisations.find(({ name }) => name === organisation)!;
        const { address: peerAddress, tlsCaFile: tlsRootFile } = peer;
        this.#client = connectGatewayAt({ mspId, mspFolder: users.client!.mspDir, peerAddress, tlsRootFile });
    }

    contract(chaincode: string): ReturnType<ReturnType<GatewayClient['gateway']['getNetwork']>['getContract']> {
        return this.#client.gateway.getNetwork('power').getContract(chaincode);
    }

    /** What a function answers at this peer, without a transaction. */
    async ask(chaincode: string, ...call: readonly [string, ...string[]]): Promise<string> {
        const [name, ...args] = call;
        return Buffer.from(await this.contract(chaincode).evaluateTransaction(name, ...args)).toString();
    }

    /** Submits a call and gives its validation code; `endorsedBy` asks just these organisations. */
    async submit(
        chaincode: string,
        call: readonly [string, ...string[]],
        endorsedBy?: readonly string[],
    ): Promise<number> {
        const [name, ...args] = call;
        const options = { arguments: args, ...(endorsedBy && { endorsingOrganizations: [...endorsedBy] }) };
        const submitted = await this.contract(chaincode).submitAsync(name, options);
        const { code } = await submitted.getStatus();
        return code;
    }

    close(): void {
        this.#client.close();
    }
}
