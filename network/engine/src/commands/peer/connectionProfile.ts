// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A peer by address and the file of the certificates its TLS certificate must chain to; empty means "from the settings". */
export interface PeerTarget {
    readonly address: string;
    readonly tlsRootFile: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** The endorsing peers of a channel in a connection profile, or one peer by its name there. @throws Error when it is not there. */
export function profilePeers(file: string, channelId: string, targetPeer: string): readonly PeerTarget[] {
    const profile = tree(parse(readFileSync(file, 'utf8')));
    if (channelId === '') {
        if (targetPeer === '') {
            throw new Error('--targetPeer must be specified for channel-less operation using connection profile');
        }
        return [profilePeer(profile, targetPeer)];
    }
    const peers = tree(tree(tree(profile.channels)[channelId]).peers);
    return Object.entries(peers)
        .filter(([, settings]) => tree(settings).endorsingPeer === true)
        .map(([name]) => profilePeer(profile, name));
}

function profilePeer(profile: Tree, name: string): PeerTarget {
    const peer = tree(profile.peers)[name];
    if (peer === undefined) {
        throw new Error(`peer '${name}' doesn't have associated peer config`);
    }
    const { url, tlsCACerts } = tree(peer);
    return { address: text(url), tlsRootFile: text(tree(tlsCACerts).path) };
}

function tree(value: unknown): Tree {
    return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

function text(value: unknown): string {
    return typeof value === 'string' ? value : '';
}
