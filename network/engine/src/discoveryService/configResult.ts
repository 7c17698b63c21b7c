// SPDX-License-Identifier: Apache-2.0
import type { ChannelConfiguration } from '../channel/channelConfiguration.js';
import { bareHost } from '../process/address.js';
import { asBuffer, decode } from '../wire/decode.js';
import { msp, type common, type discovery } from '../wire/protobuf.js';

/** The organisations of a channel and where its ordering service listens (discovery/support/config/support.go). */
export function configResult({ config, orderer }: ChannelConfiguration): discovery.ConfigResult.$Properties {
    const { Orderer, Application } = config.channelGroup?.groups ?? {};
    return {
        msps: Object.fromEntries([...mspsOf(Orderer), ...mspsOf(Application)]),
        orderers: Object.fromEntries(
            orderer.organisations.map(({ mspId, endpoints }) => [mspId, { endpoint: endpoints.flatMap(endpointOf) }]),
        ),
    };
}

/** What is no `host:port` is left out, as Fabric does. */
function endpointOf(address: string): discovery.Endpoint.$Properties[] {
    const match = /^(.*):(\d{1,5})$/.exec(address);
    return match?.[1] === undefined ? [] : [{ host: bareHost(match[1]), port: Number(match[2]) }];
}

function mspsOf(group: common.ConfigGroup.$Properties | undefined): (readonly [string, msp.FabricMSPConfig])[] {
    return Object.values(group?.groups ?? {}).map(({ values }) => {
        const value = decode(msp.MSPConfig, asBuffer(values?.MSP?.value), 'MSPConfig');
        const found = decode(msp.FabricMSPConfig, asBuffer(value.config), 'FabricMSPConfig');
        return [found.name, found] as const;
    });
}
