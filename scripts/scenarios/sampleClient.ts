// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import * as grpc from '@grpc/grpc-js';
import { connect, hash, type Contract, type Gateway } from '@hyperledger/fabric-gateway';
import { loadLocalMsp } from '@power-currency/engine/identity/localMsp.js';
import { msp } from '@power-currency/engine/wire/protobuf.js';
import { loadNetworkFile } from '../../gateway/src/config/networkFile';
import type { TestNetwork } from './testNetwork';

/** An organisation's client at its own peer's gateway, for chaincode that is not ours. */
export class SampleClient {
    readonly #client: grpc.Client;
    readonly #gateway: Gateway;

    constructor(network: TestNetwork, organisation: string) {
        const { organisations } = loadNetworkFile(network.networkDir);
        const { mspId, users, peer } = organisations.find(({ name }) => name === organisation)!;
        const { signer } = loadLocalMsp(users.client!.mspDir, mspId);
        this.#client = new grpc.Client(peer.address, grpc.credentials.createSsl(readFileSync(peer.tlsCaFile)), {
            'grpc.ssl_target_name_override': peer.serverName,
        });
        this.#gateway = connect({
            client: this.#client,
            hash: hash.none,
            identity: { mspId, credentials: msp.SerializedIdentity.decode(signer.serialized).idBytes },
            signer: (message) => Promise.resolve(signer.sign(message)),
        });
    }

    contract(chaincode: string): Contract {
        return this.#gateway.getNetwork('power').getContract(chaincode);
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
        this.#gateway.close();
        this.#client.close();
    }
}
