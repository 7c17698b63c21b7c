// SPDX-License-Identifier: Apache-2.0
import type { ServiceTable } from '../process/serviceTable.js';
import { decode, encode } from '../wire/decode.js';
import type { SignedData } from '../wire/envelope.js';
import { common, protos, type rwset } from '../wire/protobuf.js';
import { deliverMethod, type BlockToSend, type DeliverChannel, type DeliverOptions } from './deliverService.js';
import type { BlockSource } from './blockSource.js';
import { filteredBlockResponse } from './filteredBlock.js';
import { blockOf, ResponseCache } from './responseCache.js';

/** The resources whose ACL guards the three methods. */
type EventResource = 'event/Block' | 'event/FilteredBlock';

/** What a peer's delivery needs of a channel. */
interface PeerDeliverChannel {
    readonly source: BlockSource;
    configSequence(): number;
    /** Throws when the ACL of the resource is not satisfied. */
    authorize(signed: SignedData, resource: EventResource): void;
    /** Private write sets of a block by transaction number, of the collections that the reader may see. */
    privateData(
        blockNumber: number,
        reader: SignedData,
    ): Promise<ReadonlyMap<number, rwset.TxPvtReadWriteSet.$Properties>>;
}

interface PeerDeliverOptions extends Omit<DeliverOptions, 'channel' | 'respond'> {
    channel(channelId: string): PeerDeliverChannel | undefined;
}

/** The three methods of protos.Deliver. */
export function peerDeliverServices(options: PeerDeliverOptions): ServiceTable {
    const cached = new ResponseCache();
    const filtered = new ResponseCache();
    const method = (resource: EventResource, respond: DeliverOptions['respond']): ServiceTable[string] =>
        deliverMethod({ ...options, respond, channel: (id) => guarded(options.channel(id), resource) });
    return {
        '/protos.Deliver/Deliver': method('event/Block', (block) => blockOf(cached, block)),
        '/protos.Deliver/DeliverFiltered': method('event/FilteredBlock', ({ source, number }) =>
            filtered.get(source, number, filteredBlockResponse),
        ),
        '/protos.Deliver/DeliverWithPrivateData': method('event/Block', (block) => withPrivateData(options, block)),
    };
}

function guarded(channel: PeerDeliverChannel | undefined, resource: EventResource): DeliverChannel | undefined {
    return (
        channel && {
            source: channel.source,
            configSequence: () => channel.configSequence(),
            authorize: (signed) => {
                channel.authorize(signed, resource);
            },
        }
    );
}

async function withPrivateData(options: PeerDeliverOptions, block: BlockToSend): Promise<Buffer> {
    const { channelId, source, number, reader } = block;
    const privateData = await options.channel(channelId)?.privateData(number, reader);
    return encode(protos.DeliverResponse, {
        blockAndPrivateData: {
            block: decode(common.Block, source.blockBytes(number), 'Block'),
            privateDataMap: Object.fromEntries(privateData ?? []),
        },
    });
}
