// SPDX-License-Identifier: Apache-2.0
import { founding } from '@power-currency/domain';
import type { Platform } from '../ledger/platform.js';
import { SimulatedMember } from './simulatedMember.js';

/** Organisations whose peers endorse. */
export const endorsingMspIds: readonly string[] = founding.members.map(({ mspId }) => mspId);
const mspIds: readonly string[] = [...endorsingMspIds, 'RegulatorMSP'];

/** The organisations with a peer on the channel, each with a chaincode of its own that starts when it is first asked. */
export class SimulatedMembers {
    readonly #platformOf: (mspId: string) => Platform;
    readonly #started = new Map<string, Promise<SimulatedMember>>();

    constructor(platformOf: (mspId: string) => Platform) {
        this.#platformOf = platformOf;
    }

    /** Those of the organisations that have a peer, in the order of the channel's definition. */
    among(asked: readonly string[]): Promise<readonly SimulatedMember[]> {
        return Promise.all(mspIds.filter((mspId) => asked.includes(mspId)).map((mspId) => this.#start(mspId)));
    }

    /** The first of the organisations that has a peer. */
    async firstOf(asked: readonly string[]): Promise<SimulatedMember | undefined> {
        const mspId = asked.find((name) => mspIds.includes(name));
        return mspId === undefined ? undefined : this.#start(mspId);
    }

    close(): void {
        for (const started of this.#started.values())
            void started.then((member) => {
                member.close();
            });
    }

    #start(mspId: string): Promise<SimulatedMember> {
        const started = this.#started.get(mspId) ?? SimulatedMember.start(mspId, this.#platformOf(mspId));
        this.#started.set(mspId, started);
        return started;
    }
}
