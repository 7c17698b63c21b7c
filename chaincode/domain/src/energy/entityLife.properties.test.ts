// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { HolderId, ParticipantId } from '../encoding/identifier.js';
import { isDomainError } from '../error/domainError.js';
import type { Credential } from '../registry/credential.js';
import type { Instant } from '../time/ledgerClock.js';
import { applyEntity } from './applyEntity.js';
import type { EnergyEntity } from './energyEntity.js';
import { requiredEvidence } from './entityEvidence.js';
import {
    activateEntity,
    approveEntity,
    type EntityCase,
    linkEntity,
    reinstateEntity,
    renewEvidence,
    revokeEntity,
    suspendEntity,
} from './entityLife.js';
import { countsNow } from './entityStanding.js';
import { emptyRoster, withEntity } from './roster.js';

const entityId = 'coop' as HolderId;
const members = ['authority', 'centralbank', 'cooperative'] as ParticipantId[];
const sponsor = 'cooperative' as ParticipantId;
const digest = new Uint8Array(32);
/** The one document that ends within the time of a history. */
const expiresAt = 50n as Instant;
const late = 1_000n as Instant;

const credential: Credential = {
    ...{ holderId: entityId, kind: 'issuance', grantedBy: 'authority' as ParticipantId, evidence: digest },
    ...{ grantedAt: 0n as Instant, expiresAt: 70n as Instant, revoked: null },
};
const renewal = { kind: 'authority-approval', digest, issuer: 'Authority', expiresAt: late } as const;

const steps = {
    approve: approveEntity,
    activate: (of: EntityCase) => activateEntity(of, credential),
    suspend: (of: EntityCase) => suspendEntity(of, 'why'),
    reinstate: (of: EntityCase) => reinstateEntity(of, 'why', credential),
    revoke: (of: EntityCase) => revokeEntity(of, 'why'),
    renew: (of: EntityCase) => renewEvidence(of, renewal),
    link: (of: EntityCase) => linkEntity(of, 'nation' as HolderId),
} as const;
type Step = keyof typeof steps;

interface Move {
    readonly step: Step;
    readonly by: ParticipantId;
    readonly now: Instant;
    readonly before: EnergyEntity;
    readonly after: EnergyEntity;
}

const history = fc.array(
    fc.record({
        step: fc.constantFrom(...(Object.keys(steps) as Step[])),
        by: fc.constantFrom(...members),
        seconds: fc.nat(10),
    }),
    { minLength: 20, maxLength: 40 },
);

/** The moves of a history that were not refused. */
function play(attempts: readonly { step: Step; by: ParticipantId; seconds: number }[]): readonly Move[] {
    const evidence = requiredEvidence.cooperative.map((kind, index) => ({
        ...{ kind, digest, issuer: 'office', expiresAt: index === 0 ? late : expiresAt },
    }));
    let entity = applied(evidence);
    let roster = emptyRoster;
    let now = 0n as Instant;
    const moves: Move[] = [];
    for (const { step, by, seconds } of attempts) {
        now = (now + BigInt(seconds)) as Instant;
        const after = tried(() => steps[step]({ entityId, existing: entity, roster, by, now }));
        if (after === undefined) continue;
        moves.push({ step, by, now, before: entity, after });
        entity = after;
        if (after.approvedBy !== null) roster = withEntity(roster, after);
    }
    return moves;
}

function applied(evidence: EnergyEntity['evidence']): EnergyEntity {
    return applyEntity({
        ...{ entityId, kind: 'cooperative', displayName: 'Coop', country: 'NL', parentId: null, evidence, sponsor },
        ...{ holder: { holderId: entityId, custodian: sponsor, verification: null }, existing: undefined },
        ...{ roster: emptyRoster, now: 0n as Instant },
    });
}

function tried(step: () => EnergyEntity): EnergyEntity | undefined {
    try {
        return step();
    } catch (thrown) {
        if (isDomainError(thrown)) return undefined;
        throw thrown;
    }
}

const holdsInEveryHistory = (holds: (moves: readonly Move[]) => void): void => {
    fc.assert(
        fc.property(history, (attempts) => {
            holds(play(attempts));
        }),
        { numRuns: 500, seed: 20_261_121 },
    );
};

describe('in every history of an entity', () => {
    it('nothing comes after its revocation [V30]', () => {
        let revocations = 0;
        holdsInEveryHistory((moves) => {
            const index = moves.findIndex(({ after }) => after.state === 'revoked');
            if (index < 0) return;
            revocations += 1;
            expect(index).toBe(moves.length - 1);
        });
        expect(revocations).toBeGreaterThan(50);
    });

    it('two members were needed to let it in, to set it free and to end it [V46]', () => {
        const seen = new Set<Step>();
        holdsInEveryHistory((moves) => {
            for (const { step, by, before } of moves) {
                seen.add(step);
                if (['approve', 'reinstate', 'renew'].includes(step)) expect(by).not.toBe(sponsor);
                if (step === 'revoke' && before.state === 'suspended') expect(by).not.toBe(before.suspendedBy);
                if (step === 'revoke' && before.state === 'applied') expect(by).toBe(sponsor);
            }
        });
        expect([...seen].sort()).toEqual(['activate', 'approve', 'reinstate', 'renew', 'revoke', 'suspend']);
    });

    it('becomes active only on good documents and a good credential [V50]', () => {
        let activations = 0;
        holdsInEveryHistory((moves) => {
            for (const { before, after, now } of moves) {
                if (after.state !== 'active' || before.state === 'active') continue;
                activations += 1;
                expect(after.approvedBy).not.toBeNull();
                expect(countsNow(after, credential, now)).toEqual({ counts: true, obstacle: null });
            }
        });
        expect(activations).toBeGreaterThan(50);
    });
});
