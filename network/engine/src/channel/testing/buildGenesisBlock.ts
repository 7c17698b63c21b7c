// SPDX-License-Identifier: Apache-2.0
import type { common } from '../../wire/protobuf.js';
import { channelGroup } from '../channelGroup.js';
import { loadProfile, type ConfigtxSource } from '../configtxYaml.js';
import { genesisBlock } from '../genesisBlock.js';

interface GenesisRequest extends ConfigtxSource {
    readonly profile: string;
    readonly channelId: string;
}

/** What configtxgen writes for a profile of configtx.yaml. Throws ConfigtxError. */
export function buildGenesisBlock(request: GenesisRequest): common.Block {
    return genesisBlock(request.channelId, channelGroup(loadProfile(request, request.profile).profile));
}
