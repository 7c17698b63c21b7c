// SPDX-License-Identifier: Apache-2.0
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { DialChaincode } from '../src/chaincode/dialChaincode.js';
import { PairedStream } from '../src/chaincode/testing/pairedStream.js';
import type { Recordings } from './recordings.js';

interface Serializable {
    serializeBinary(): Uint8Array;
}
interface ShimMessage extends Serializable {
    setType(type: number): void;
    setPayload(payload: Uint8Array): void;
}
interface Protos {
    readonly peer: {
        readonly ChaincodeID: new () => Serializable & { setName(name: string): void };
        readonly ChaincodeMessage: (new () => ShimMessage) & {
            readonly Type: { readonly REGISTER: number };
            deserializeBinary(bytes: Uint8Array): ShimMessage;
        };
    };
}
interface ShimHandler {
    readonly ChaincodeMessageHandler: new (
        stream: EventEmitter,
        chaincode: unknown,
    ) => { chat(first: ShimMessage): void };
}

/** How much faster than the recording a replay waits: chaincode that sleeps, timeouts, deadlines. */
export const timeScale = 5;

/** chaincode.executetimeout of the recorded peers. */
export const recordedExecuteTimeoutMs = 5_000;

const engineRequire = createRequire(join(process.cwd(), 'package.json'));

/** The recorded chaincode on the unmodified fabric-shim, in this process and without a socket; `org` is what it answers to `who`. */
export function inProcessChaincode(recordings: Recordings, packageId: string, org: string): DialChaincode {
    // The shim would log what chaincode refuses.
    process.env.CORE_CHAINCODE_LOGGING_LEVEL = 'critical';
    process.env.CORE_CHAINCODE_LOGGING_SHIM = 'critical';
    let current: PairedStream | undefined;
    const Chaincode = loadChaincode(chaincodeFile(recordings), org, () => {
        current?.break();
    });
    const shimRequire = createRequire(engineRequire.resolve('fabric-shim'));
    const { ChaincodeMessageHandler } = shimRequire('./lib/handler.js') as ShimHandler;
    const { peer } = shimRequire('@hyperledger/fabric-protos') as Protos;
    return () => {
        const pair = new PairedStream();
        current = pair;
        const stream = Object.assign(new EventEmitter(), {
            write: (message: Serializable) => {
                pair.fromChaincode(Buffer.from(message.serializeBinary()));
            },
            end: () => undefined,
            cancel: () => undefined,
        });
        pair.onSent((bytes) => {
            stream.emit('data', peer.ChaincodeMessage.deserializeBinary(bytes));
        });
        const id = new peer.ChaincodeID();
        id.setName(packageId);
        const register = new peer.ChaincodeMessage();
        register.setType(peer.ChaincodeMessage.Type.REGISTER);
        register.setPayload(id.serializeBinary());
        new ChaincodeMessageHandler(stream, new Chaincode()).chat(register);
        return { stream: pair.peer, connected: Promise.resolve(), close: () => undefined };
    };
}

/** Beside the set's files, or beside the folders of several sets. */
function chaincodeFile(recordings: Recordings): string {
    const files = ['common/chaincode.js', '../common/chaincode.js'].map((name) => recordings.path(name));
    const found = files.find((file) => existsSync(file));
    if (found === undefined) throw new Error(`no chaincode is recorded at ${files.join(' or ')}`);
    return found;
}

function loadChaincode(file: string, org: string, exit: () => void): new () => unknown {
    const loaded = { exports: {} as unknown };
    const environment = { ...process, env: { ...process.env, ORG: org }, on: process.on.bind(process), exit };
    const timer = (callback: () => void, ms: number): NodeJS.Timeout => setTimeout(callback, ms / timeScale);
    // The recording is a CommonJS module of the real scenario; it finds fabric-shim in this project.
    const names = ['require', 'module', 'exports', 'process', 'setTimeout'];
    const run = compileFunction(readFileSync(file, 'utf8'), names, { filename: file }) as (
        require: NodeJS.Require,
        module: typeof loaded,
        exports: unknown,
        process: unknown,
        setTimeout: unknown,
    ) => void;
    run(engineRequire, loaded, loaded.exports, environment, timer);
    return loaded.exports as new () => unknown;
}
