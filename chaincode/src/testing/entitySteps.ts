// SPDX-License-Identifier: Apache-2.0
import {
    type ArgumentsOf,
    emptyRoster,
    entityRoster,
    type EntityKind,
    type HolderId,
    parseJson,
    type ResultOf,
    type Standing,
    type TransactionName,
    type WalletId,
} from '@power-currency/domain';
import { rosterRef } from '../ledger/tables.js';
import { applicationOf } from './energySteps.js';
import type { Scenario } from './scenario.js';

type Application = Omit<ArgumentsOf<'EnergyRegistry:ApplyEntity'>, 'requestId'>;
type Changed = Promise<ResultOf<'EnergyRegistry:ApplyEntity'>>;
const coop = 'coop' as HolderId;

/** One step at a time what members decide about an entity, `coop` unless told otherwise; members by their MSP's name. */
interface EntitySteps {
    submit<N extends TransactionName>(mspId: string, name: N, value: object): Promise<ResultOf<N>>;
    /** Opens the wallet, if there is none, and brings the application in. */
    apply(name?: string, kind?: EntityKind, change?: Partial<Application>): Changed;
    approve(mspId?: string, entityId?: HolderId): Changed;
    grant(holderId?: HolderId, seconds?: bigint): Promise<ResultOf<'Registry:GrantCredential'>>;
    activate(entityId?: HolderId): Changed;
    suspend(mspId: string, entityId?: HolderId): Changed;
    reinstate(mspId: string): Changed;
    revoke(mspId: string, entityId?: HolderId): Changed;
    link(parentId: string | null, mspId?: string): Changed;
    /** Why the entity does not count now; null if it does. */
    obstacle(entityId?: HolderId): Promise<Standing['obstacle']>;
    /** The lines of the roster, as the ledger has them. */
    roster(): Promise<readonly string[]>;
}

export function entitySteps(at: () => Scenario): EntitySteps {
    const submit: EntitySteps['submit'] = async (mspId, name, value) =>
        at().submit(at().person(`${mspId}MSP`, 'admin'), name, value as never);
    return {
        submit,
        apply: async (name = coop, kind = 'cooperative', change = {}) => {
            if (!at().holders.has(name as WalletId)) await at().openWallet(name);
            const application = { ...applicationOf(at(), name, kind), ...change };
            return submit('Cooperative', 'EnergyRegistry:ApplyEntity', application);
        },
        approve: async (mspId = 'Authority', entityId = coop) =>
            submit(mspId, 'EnergyRegistry:ApproveEntity', { entityId }),
        grant: async (holderId = coop, seconds = 1_000n) =>
            submit('Authority', 'Registry:GrantCredential', {
                ...{ holderId, kind: 'issuance', evidence: new Uint8Array(32), expiresAt: at().later(seconds) },
            }),
        activate: async (entityId = coop) => submit('Cooperative', 'EnergyRegistry:ActivateEntity', { entityId }),
        suspend: async (mspId, entityId = coop) =>
            submit(mspId, 'EnergyRegistry:SuspendEntity', { entityId, reason: 'audit open' }),
        reinstate: async (mspId) =>
            submit(mspId, 'EnergyRegistry:ReinstateEntity', { entityId: coop, reason: 'audit passed' }),
        revoke: async (mspId, entityId = coop) =>
            submit(mspId, 'EnergyRegistry:RevokeEntity', { entityId, reason: 'fraud proved' }),
        link: async (parentId, mspId = 'Cooperative') =>
            submit(mspId, 'EnergyRegistry:LinkEntity', { entityId: coop, parentId }),
        obstacle: async (entityId = coop) => {
            const { ledger } = at();
            const query = ledger.evaluate(at().person('RegulatorMSP'), 'EnergyRegistry:CheckEntity', { entityId });
            return (await query).standing.obstacle;
        },
        roster: async () => {
            const text = (await at().ledger.state()).get(rosterRef.key);
            const { entries } = text === undefined ? emptyRoster : entityRoster.decode(parseJson(text), '');
            return entries.map(({ entityId, state, parentId }) => [entityId, state, parentId ?? '-'].join(' '));
        },
    };
}
