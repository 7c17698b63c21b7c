// SPDX-License-Identifier: Apache-2.0
import { parseGoDuration } from '../duration.js';

export type NodeKind = 'peer' | 'orderer' | 'ca';

/** A switch that does not exist, does not fit the node, or was given a value it does not take. */
export class FaultSwitchError extends Error {
    override readonly name = 'FaultSwitchError';
}

interface LinkDelay {
    /** `host:port` as the node dials it, or `*` for all. */
    readonly address: string;
    readonly ms: number;
}

/** Reads each switch's value; what it takes is in the error otherwise. */
const readers = {
    'pause-ordering': (text: string): true => {
        if (text !== '') throw new FaultSwitchError('pause-ordering takes no value');
        return true;
    },
    'hold-block': (text: string): number => {
        if (!/^\d{1,15}$/.test(text)) {
            throw new FaultSwitchError(`hold-block takes the number of the first block to hold, not '${text}'`);
        }
        return Number(text);
    },
    'slow-endorser': (text: string): number => waitingTimeMs('slow-endorser', text),
    'skew-clock': (text: string): number => durationMs('skew-clock', text),
    'drop-link': (text: string): readonly string[] => text.split(',').map((address) => checkedAddress(address)),
    'delay-link': (text: string): LinkDelay => {
        const [address = '', duration = ''] = text.split('=');
        return { address: checkedAddress(address), ms: waitingTimeMs('delay-link', duration) };
    },
};

export type FaultName = keyof typeof readers;
export type FaultValue<Name extends FaultName> = ReturnType<(typeof readers)[Name]>;

/** Nodes in which a switch does something. */
const nodesOf: Readonly<Record<FaultName, readonly NodeKind[]>> = {
    'pause-ordering': ['orderer'],
    'hold-block': ['peer'],
    'slow-endorser': ['peer'],
    'skew-clock': ['peer', 'orderer', 'ca'],
    'drop-link': ['peer'],
    'delay-link': ['peer'],
};

/** The switch of that name in a node. Throws FaultSwitchError. */
export function faultName(text: string, node: NodeKind): FaultName {
    const name = (Object.keys(readers) as FaultName[]).find((known) => known === text);
    if (name === undefined) {
        throw new FaultSwitchError(`no fault switch '${text}'; there are ${Object.keys(readers).join(', ')}`);
    }
    if (!nodesOf[name].includes(node)) {
        throw new FaultSwitchError(`${name} is a switch of ${nodesOf[name].join(' and ')}; this node is a ${node}`);
    }
    return name;
}

/** Throws FaultSwitchError. */
export function faultValue<Name extends FaultName>(name: Name, text: string): FaultValue<Name> {
    return readers[name](text) as FaultValue<Name>;
}

function durationMs(name: string, text: string): number {
    const ms = parseGoDuration(text);
    if (ms === undefined) throw new FaultSwitchError(`${name} takes a duration such as 500ms or -10m, not '${text}'`);
    return ms;
}

const longestWaitMs = 600_000;

function waitingTimeMs(name: string, text: string): number {
    const ms = durationMs(name, text);
    if (ms <= 0 || ms > longestWaitMs) throw new FaultSwitchError(`${name} takes more than 0 and at most 10m`);
    return ms;
}

function checkedAddress(address: string): string {
    if (address !== '*' && !/^[^\s,=:]+:\d{1,5}$/.test(address)) {
        throw new FaultSwitchError(`a link is named by host:port as the node dials it, or *, not '${address}'`);
    }
    return address;
}
