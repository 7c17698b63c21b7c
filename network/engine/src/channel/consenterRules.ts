// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { parseGoDuration } from '../process/duration.js';
import type { etcdraft } from '../wire/protobuf.js';
import type { ChannelConfiguration } from './channelConfiguration.js';
import { ConfigurationError, withContext } from './configurationError.js';
import type { Consenter } from './ordererConfiguration.js';

/**
 * Checks the options and consenters of an etcdraft channel (orderer/consensus/etcdraft, VerifyConfigMetadata): each TLS
 * certificate is issued by a TLS authority of an orderer organisation, whether or not it has expired. Throws
 * ConfigurationError with Fabric's text.
 */
export function checkConsenters({ orderer, msps }: ChannelConfiguration): void {
    checkOptions(orderer.raftOptions);
    if (orderer.consenters.length === 0) {
        throw new ConfigurationError('empty consenter set');
    }
    const authorities = orderer.organisations
        .flatMap(({ mspId }) => msps.get(mspId)?.tlsAuthorities ?? [])
        .map((pem) => new X509Certificate(pem));
    for (const consenter of orderer.consenters) {
        withContext(`consenter ${consenter.host}:${String(consenter.port)} has invalid certificate`, () => {
            checkCertificate('client', consenter, consenter.clientTlsCert, authorities);
            checkCertificate('server', consenter, consenter.serverTlsCert, authorities);
        });
    }
}

function checkOptions(options: etcdraft.Options.$Properties | undefined): void {
    if (options === undefined) {
        throw new ConfigurationError('nil Raft config metadata options');
    }
    const heartbeat = options.heartbeatTick ?? 0;
    const election = options.electionTick ?? 0;
    const inflight = options.maxInflightBlocks ?? 0;
    if (heartbeat === 0 || election === 0 || inflight === 0) {
        const given = `HeartbeatTick (${heartbeat}), ElectionTick (${election}) and MaxInflightBlocks (${inflight})`;
        throw new ConfigurationError(`none of ${given} can be zero`);
    }
    if (election <= heartbeat) {
        throw new ConfigurationError(`ElectionTick (${election}) must be greater than HeartbeatTick (${heartbeat})`);
    }
    const tick = options.tickInterval ?? '';
    const tickMs = parseGoDuration(tick);
    if (tickMs === undefined) {
        const reason = `time: invalid duration ${JSON.stringify(tick)}`;
        throw new ConfigurationError(`failed to parse TickInterval (${tick}) to time duration: ${reason}`);
    }
    if (tickMs === 0) {
        throw new ConfigurationError('TickInterval cannot be zero');
    }
}

function checkCertificate(
    use: 'client' | 'server',
    { host, port }: Consenter,
    pem: Buffer,
    authorities: readonly X509Certificate[],
): void {
    const certificate = withContext(
        `parsing tls ${use} cert of ${host}:${String(port)}`,
        () => new X509Certificate(pem),
    );
    const isIssued = authorities.some(
        (authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey),
    );
    if (!isIssued) {
        const serial = BigInt(`0x${certificate.serialNumber}`).toString();
        throw new ConfigurationError(
            `verifying tls ${use} cert with serial number ${serial}: x509: certificate signed by unknown authority`,
        );
    }
}
