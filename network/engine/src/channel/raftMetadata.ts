// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { etcdraft } from '../wire/protobuf.js';
import { ConfigtxError } from './configtxError.js';
import type { Orderer } from './configtxYaml.js';

/** The consenters of a channel with their certificate files as they are, and the raft options. Throws ConfigtxError. */
export function raftMetadata({ Consenters, Options }: NonNullable<Orderer['EtcdRaft']>): Buffer {
    return encode(etcdraft.ConfigMetadata, {
        consenters: Consenters.map(({ Host, Port, ClientTLSCert, ServerTLSCert }) => ({
            host: Host,
            port: Port,
            clientTlsCert: readCertificate(ClientTLSCert, `client cert for consenter ${Host}:${Port}`),
            serverTlsCert: readCertificate(ServerTLSCert, `server cert for consenter ${Host}:${Port}`),
        })),
        options: {
            tickInterval: Options.TickInterval,
            electionTick: Options.ElectionTick,
            heartbeatTick: Options.HeartbeatTick,
            maxInflightBlocks: Options.MaxInflightBlocks,
            snapshotIntervalSize: Options.SnapshotIntervalSize,
        },
    });
}

function readCertificate(path: string, what: string): Buffer {
    try {
        return readFileSync(path);
    } catch (cause) {
        const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
        const reason = isMissing ? 'no such file or directory' : errorText(cause);
        throw new ConfigtxError(
            `cannot marshal metadata for orderer type etcdraft: cannot load ${what}: open ${path}: ${reason}`,
            1,
            { cause },
        );
    }
}
