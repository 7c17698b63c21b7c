// SPDX-License-Identifier: Apache-2.0
import { ordererDeliverServices } from '../delivery/ordererDelivery.js';
import type { DeliverChannel } from '../delivery/deliverService.js';
import { MspFolderError } from '../identity/identityError.js';
import { loadLocalMsp } from '../identity/localMsp.js';
import { enableFaults } from '../process/faults/faultService.js';
import { faultSwitches } from '../process/faults/faultSwitches.js';
import { startGrpcServer } from '../process/grpcServer.js';
import { logger } from '../process/logging.js';
import { enableMetrics } from '../process/metrics.js';
import { startOperations } from '../process/operations.js';
import type { ServiceTable } from '../process/serviceTable.js';
import type { Signer } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { engineVersion } from '../version.js';
import { broadcastMethod } from './broadcastService.js';
import { ChannelRegistry } from './channelRegistry.js';
import type { OrderedChannel } from './orderedChannel.js';
import {
    loadOrdererConfiguration,
    OrdererConfigurationError,
    type OrdererConfiguration,
} from './ordererConfiguration.js';
import { commitSha } from './ordererVersion.js';
import type { FilterOptions } from './messageFilters.js';
import { startParticipation } from './participation.js';
import { currentTime } from '../process/clock.js';

/** A running orderer. */
export interface OrdererNode {
    /** `host:port` of the gRPC services, of the admin listener and of the operations endpoint. */
    readonly address: string;
    readonly adminAddress: string;
    readonly operationsAddress: string;
    /** The gRPC methods it serves, for callers in the same process. */
    readonly services: ServiceTable;
    close(): Promise<void>;
}

const log = logger('orderer.common.server');

/** Starts an orderer as `orderer start` does. Throws OrdererConfigurationError, or what kept it from listening. */
export async function runOrderer(env: NodeJS.ProcessEnv): Promise<OrdererNode> {
    const configuration = loadOrdererConfiguration(env);
    if (configuration.metrics) {
        await enableMetrics();
    }
    const faults = enableFaults(env, 'orderer', [
        configuration.listenAddress,
        configuration.admin.address,
        configuration.operations.address,
    ]);
    const signer = localSigner(configuration);
    const registry = await ChannelRegistry.open({
        directory: configuration.ledgerDirectory,
        signer,
        tlsCertificate: configuration.tls.certificate,
    });
    const { admin, operations } = configuration;
    const operationsServer = await startOperations({
        ...operations,
        faults,
        version: { version: engineVersion, commitSha },
    });
    const filters = { ignoreExpiry: configuration.ignoreExpiry, now: currentTime };
    const maxBodyBytes = configuration.maxJoinBodyBytes;
    const adminServer = await startParticipation({ ...admin, registry, maxBodyBytes, filters });
    const services = ordererServices(configuration, registry, filters);
    const server = await startGrpcServer({
        address: configuration.listenAddress,
        tls: configuration.tls,
        maxReceiveBytes: configuration.maxReceiveBytes,
        maxSendBytes: configuration.maxSendBytes,
        keepalive: configuration.keepalive,
        services,
    });
    log.info(`Beginning to serve requests on ${server.address}`, {
        admin: adminServer.address,
        operations: operationsServer.address,
    });
    return {
        address: server.address,
        adminAddress: adminServer.address,
        operationsAddress: operationsServer.address,
        services,
        close: async () => {
            faultSwitches.clear();
            await Promise.all([server.close(), adminServer.close(), operationsServer.close()]);
            await registry.close();
        },
    };
}

/** Throws OrdererConfigurationError with the exit code of the panic that Fabric's orderer ends with. */
function localSigner({ localMspDirectory, localMspId }: OrdererConfiguration): Signer {
    try {
        return loadLocalMsp(localMspDirectory, localMspId).signer;
    } catch (cause) {
        const stage =
            cause instanceof MspFolderError
                ? 'Failed to get local msp config'
                : 'Failed to setup local msp with config';
        throw new OrdererConfigurationError(`${stage}: ${errorText(cause)}`, 2);
    }
}

function ordererServices(
    configuration: OrdererConfiguration,
    registry: ChannelRegistry,
    filters: FilterOptions,
): ServiceTable {
    const { ignoreExpiry, timeWindowMs, tls } = configuration;
    return {
        '/orderer.AtomicBroadcast/Broadcast': broadcastMethod({
            ...filters,
            channel: (channelId) => registry.get(channelId),
        }),
        ...ordererDeliverServices({
            ignoreExpiry,
            timeWindowMs,
            bindToClientCertificate: tls.clientAuthRequired,
            channel: (channelId) => deliverChannel(registry.get(channelId)),
        }),
    };
}

function deliverChannel(channel: OrderedChannel | undefined): DeliverChannel | undefined {
    return (
        channel && {
            source: channel,
            configSequence: () => channel.configuration.sequence,
            authorize: (signed) => {
                channel.configuration.policies.getOrReject('/Channel/Readers').evaluate([signed]);
            },
        }
    );
}
