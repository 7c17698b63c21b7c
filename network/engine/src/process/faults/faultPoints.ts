// SPDX-License-Identifier: Apache-2.0

/** The steps between which a crash leaves different things on disk, by the node that takes them. */
export const faultPoints = {
    /** Block files of peers and orderers, and what a peer derives from them. */
    blocks: ['blocks.fileOpened', 'blocks.prefixWritten', 'blocks.blockWritten', 'blocks.indexed'],
    ledger: ['ledger.privateDataWritten', 'ledger.stateWritten', 'ledger.transientWritten', 'ledger.transientPurged'],
    peer: ['peer.channelJoined', 'package.temporaryWritten', 'package.stored', 'package.built'],
    orderer: ['orderer.channelJoined', 'orderer.channelMoved', 'orderer.channelErased'],
    certificateAuthority: [
        'ca.keyWritten',
        'ca.certificateWritten',
        'ca.databaseOpened',
        'ca.bootstrapped',
        'ca.changeWritten',
        'ca.changeCommitted',
    ],
} as const;

export type FaultPoint = (typeof faultPoints)[keyof typeof faultPoints][number];

let observer: ((point: FaultPoint) => void) | undefined;

/** Says that a durable step was taken. Does nothing unless somebody observes the points. */
export function reached(point: FaultPoint): void {
    observer?.(point);
}

/** Has a function called at every point of this process, in place of the one before; undefined ends it. */
export function observeFaultPoints(next: ((point: FaultPoint) => void) | undefined): void {
    observer = next;
}
