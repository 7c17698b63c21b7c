// SPDX-License-Identifier: Apache-2.0
import type { SignerId } from '../encoding/identifier.js';
import type { Signer } from '../registry/registryRecords.js';
import { countValidSignatures } from './countSignatures.js';

const message = new Uint8Array([1]);
const signer = (signerId: string, change: object = {}): Signer =>
    ({
        ...{ signerId, role: 'data', participantId: 'cooperative', publicKey: new Uint8Array(32), revokedAt: null },
        ...change,
    }) as unknown as Signer;
const first = signer('first');
const another = { role: 'risk', participantId: 'centralbank', publicKey: new Uint8Array(32).fill(1) };
/** The signatures of these signers that count, where all are valid but those of `forged`. */
const counted = (signers: readonly Signer[], forged: readonly string[] = []): readonly string[] => {
    const signatures = signers.map(({ signerId }) => ({
        signer_id: signerId,
        signature: new Uint8Array([forged.includes(signerId) ? 0 : 1]),
    }));
    return countValidSignatures(signatures, message, signers, (_key, _message, [valid]) => valid === 1).signedBy;
};

it('counts signers who have role, participant and key apart', () => {
    expect(counted([first, signer('second', another)])).toEqual(['first', 'second']);
});

it.each(['role', 'participantId', 'publicKey'] as const)('counts two of one %s once [V84]', (shared) => {
    expect(counted([first, signer('second', { ...another, [shared]: first[shared] })])).toEqual(['first']);
});

it('counts nothing forged, revoked or unknown, and lets it stand in nobody’s way', () => {
    const revoked = signer('revoked', { revokedAt: 1n });
    const impostor = signer('impostor', another);
    expect(counted([impostor, revoked, first, signer('second', another)], ['impostor'])).toEqual(['first', 'second']);
    const unknown = [{ signer_id: 'nobody' as SignerId, signature: new Uint8Array([1]) }];
    expect(countValidSignatures(unknown, message, [first], () => true)).toEqual({ signaturesOk: 0, signedBy: [] });
});
