// SPDX-License-Identifier: Apache-2.0
// Brings up a network with the private data chaincode on it: node privateNetwork.mts ENGINE COLLECTIONS-FILE
import { join } from 'node:path';
import { awaitOrdering, createChannel } from '../network/channel.mts';
import { projectDir } from '../network/consortium.mts';
import { deployChaincode } from '../network/deployment.mts';
import { bringUp } from '../network/lifetime.mts';
import { openNetwork } from '../network/network.mts';
import { chaincodeSpec } from '../network/nodeSpecs.mts';

const [engine = 'embedded', collectionsFile = ''] = process.argv.slice(2);
const options = { orderers: undefined, bft: false, channel: undefined, chaincode: 'private' };
const network = openNetwork({ ...options, engine });
const quiet = (): void => undefined;
await bringUp(network);
await createChannel(network, quiet);
await awaitOrdering(network);
const script = join(projectDir, 'scripts/scenarios/privateChaincode.mts');
const command = [process.execPath, '--disable-warning=ExperimentalWarning', script];
const serve: typeof chaincodeSpec = (...args) => ({ ...chaincodeSpec(...args), command });
await deployChaincode(network, { version: '1', sequence: undefined, collectionsFile, process: serve }, quiet);
process.exit();
