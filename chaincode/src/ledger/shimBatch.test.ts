// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { askPeerOf } from './shimBatch.js';

const shimRequire = createRequire(require.resolve('fabric-shim'));

describe("the shim's private way to the peer", () => {
    it('is where this version of the shim has it', () => {
        const { version } = shimRequire('./package.json') as { version: string };
        expect(version).toBe('2.5.8');
        const { ChaincodeMessageHandler } = shimRequire('./lib/handler') as {
            ChaincodeMessageHandler: { prototype: { _askPeerAndListen: (...parameters: unknown[]) => unknown } };
        };
        expect(ChaincodeMessageHandler.prototype._askPeerAndListen).toHaveLength(2);
        const stub = readFileSync(shimRequire.resolve('./lib/stub.js'), 'utf8');
        for (const assignment of ['this.handler = client;', 'this.txId = txId;', 'this.channel_id = channel_id;']) {
            expect(stub).toContain(assignment);
        }
    });

    it('is not taken for granted: without it the caller goes key by key', () => {
        expect(askPeerOf({ handler: {} } as never)).toBeUndefined();
        expect(askPeerOf({} as never)).toBeUndefined();
    });
});
