// SPDX-License-Identifier: Apache-2.0
import { type ArgumentsOf, type EnergySource, hex, registerSource } from '@power-currency/domain';
import { type Caller, participantOf } from './caller.js';
import { facilityRef, sourceRef } from './energyRegistry.js';
import type { LedgerContext } from './ledgerContext.js';
import { refTo, type StateRef } from './stateTable.js';
import { tables } from './tables.js';

type Command = ArgumentsOf<'EnergyRegistry:RegisterSource'>;

/** What {@link writeSource} needs loaded. */
export function sourceRegistrationRefs({ sourceId, publicKey, facilityId }: Command): readonly StateRef[] {
    const bound = facilityId === null ? [] : [facilityRef(facilityId)];
    const key = hex(publicKey);
    return [sourceRef(sourceId), refTo(tables.sourceKey, key), refTo(tables.signerKey, key), ...bound];
}

/** Registers the source and takes its key for good: no other source and no attester ever has it. */
export function writeSource({ session, now }: LedgerContext, command: Command, caller: Caller): EnergySource {
    const { sourceId, publicKey, facilityId } = command;
    const keyRef = refTo(tables.sourceKey, hex(publicKey));
    const signerKey = session.get(refTo(tables.signerKey, hex(publicKey)));
    const source = registerSource({
        ...{ ...command, by: participantOf(caller).participantId, now },
        existing: session.get(sourceRef(sourceId)),
        isKeyUsed: session.get(keyRef) !== undefined || signerKey !== undefined,
        facility: facilityId === null ? undefined : session.get(facilityRef(facilityId)),
    });
    session.put(sourceRef(sourceId), source);
    session.put(keyRef, { sourceId });
    return source;
}
