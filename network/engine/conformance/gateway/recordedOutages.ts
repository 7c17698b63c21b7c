// SPDX-License-Identifier: Apache-2.0
import { transportText } from '../unreachableChaincode.js';
import type { Recordings } from '../recordings.js';
import type { RecordedGatewayCall } from './recordedGatewayCalls.js';
import { noOutages, type Outages } from './replayedGateways.js';

type Down = (
    recordings: Recordings,
    call: RecordedGatewayCall,
) => {
    readonly chaincodes?: readonly string[];
    readonly peers?: readonly string[];
    readonly orderer?: boolean;
};

/** What the recorder had stopped, by the beginning of the labels; the longest that fits counts. */
const stopped: Readonly<Record<string, Down>> = {
    'chaincode-down-': ({ set }) => ({ chaincodes: [set.lead] }),
    'chaincode-down-two-': ({ set }) => ({ chaincodes: [set.lead, set.second] }),
    'orderer-down-': () => ({ orderer: true }),
    'orderer-no-leader-': () => ({ orderer: true }),
    // Submitted again until the orderer that was started had taken it.
    'orderer-back-submit-': (_, { error }) => ({ orderer: Boolean(error) }),
    'peer-down-': ({ set }) => ({ peers: [set.third] }),
};

/** The outages during a recorded call, with the words that the recorded transport had for them. */
export function outagesDuring(
    recordings: Recordings,
    call: RecordedGatewayCall,
): { readonly name: string; readonly outages: Outages } {
    const name = Object.keys(stopped)
        .filter((prefix) => call.id.startsWith(prefix))
        .sort((a, b) => b.length - a.length)[0];
    const down = name === undefined ? undefined : stopped[name]?.(recordings, call);
    if (name === undefined || down === undefined) return { name: '', outages: noOutages };
    const texts = transportTexts(call);
    const all = (organisations: readonly string[] = []): ReadonlyMap<string, string> =>
        new Map(organisations.map((one) => [one, texts.get(recordings.mspId(one)) ?? unreachable]));
    return {
        // The words are those of one call, so each call has outages of its own.
        name: call.id,
        outages: {
            chaincodes: all(down.chaincodes),
            peers: all(down.peers),
            orderer: down.orderer === true ? (texts.get(recordings.mspId('orderer')) ?? unreachable) : undefined,
        },
    };
}

const unreachable = 'No connection established';

/** By the MSP id of the node that failed. */
function transportTexts({ error }: RecordedGatewayCall): ReadonlyMap<string, string> {
    return new Map(
        (error?.status?.details ?? []).flatMap(({ errorDetail }) => {
            const text = transportText(errorDetail?.message ?? '');
            return text === undefined ? [] : [[errorDetail?.mspId ?? '', text] as const];
        }),
    );
}
