// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
    type AttestationBasis,
    encodeAttestationFile,
    type EnergyWh,
    initialParameters,
    type Money,
    noPreviousDigest,
    type Quantity,
    type Signer,
    timelineOf,
} from '@power-currency/domain';
import { newSigningKey, primitives } from '../keys/ed25519.js';
import { type AttesterKey, planAttestation, signAttestation, verifyAttestation } from './attestation.js';

const basis: AttestationBasis = {
    network: 'power-test',
    channel: 'power',
    sequence: 1n as Quantity<'count'>,
    previousDigest: noPreviousDigest,
    lastDay: null,
    supply: 0n as Money,
    contractedWh: 0n as EnergyWh,
    earlierWh: [],
    parameters: initialParameters,
    ...timelineOf(initialParameters),
};
const zones = [{ name: 'NL', eic: '10YNL----------L', wh: 338_385_500_000n }];
const planned = encodeAttestationFile(planAttestation('2020-11-19', zones, basis, primitives));

const attester = (role: AttesterKey['role'], signerId = `member-${role}`): AttesterKey => ({
    signerId,
    role,
    ...newSigningKey(),
});
const [data, risk, ops] = [attester('data'), attester('risk'), attester('ops')];

function sign(text: string, ...keys: readonly AttesterKey[]): string {
    return keys.reduce((signed, key) => encodeAttestationFile(signAttestation(signed, key, 'f', primitives)), text);
}

function registered(...keys: readonly AttesterKey[]): readonly Signer[] {
    return keys.map(({ signerId, role, publicKey }) => ({
        ...{ signerId, role, publicKey, participantId: `p-${role}`, registeredAt: 0n, revokedAt: null },
    })) as unknown as readonly Signer[];
}

function count(text: string, signers?: readonly Signer[]): number {
    return verifyAttestation(text, 'f', { primitives, registered: signers }).signaturesOk;
}

describe('an attestation', () => {
    it('is planned with the figures of the day', () => {
        expect(JSON.parse(planned)).toMatchObject({
            day: '2020-11-19',
            wh_dc_raw: '338385500000',
            wh_dc_commit: '60909390000',
            alpha: '0.180000',
            CR: 'infinite',
            meta: { signers: [], signatures: [] },
        });
    });

    it.each([
        ['nobody', [], 0],
        ['one', [data], 1],
        ['two roles', [data, risk], 2],
        ['three roles', [data, risk, ops], 3],
        ['one twice', [data, data], 1],
        ['two keys of one role', [data, attester('data', 'other-data')], 1],
    ] as const)('signed by %s counts so', (_, keys, expected) => {
        expect(count(sign(planned, ...keys))).toBe(expected);
    });

    it('counts only registered signers when those are known', () => {
        const signed = sign(planned, data, risk);
        expect(count(signed, registered(data, risk))).toBe(2);
        expect(count(signed, registered(data, attester('risk')))).toBe(1);
    });

    it('does not count a signer whose key was revoked', () => {
        const [first, second] = registered(data, risk);
        expect(count(sign(planned, data, risk), [first!, { ...second!, revokedAt: 9n as Quantity<'second'> }])).toBe(1);
    });

    it('does not verify with one figure changed', () => {
        const forged = sign(planned, data, risk).replace('60909390000', '60909390001');
        const { signaturesOk, digestForm, isOk } = verifyAttestation(forged, 'f', { primitives });
        expect([signaturesOk, digestForm, isOk]).toEqual([0, undefined, false]);
    });

    it('is not signed when its digest is not that of its figures', () => {
        const forged = planned.replace('60909390000', '60909390001');
        expect(() => sign(forged, data)).toThrow('its digest is not that of its figures');
    });

    it('is refused when it is no JSON', () => {
        expect(() => verifyAttestation('{', 'f', { primitives })).toThrow('ENERGY_FILE_INVALID');
    });
});

describe('a file of AIpowerCoin that Python wrote', () => {
    const text = readFileSync(join(__dirname, '../../fixtures/attestation_2025-09-01_python.json'), 'utf8');

    it('verifies byte for byte, with floats, exponents and accents', () => {
        const { signaturesOk, required, roles, digestForm } = verifyAttestation(text, 'f', { primitives });
        expect({ signaturesOk, required, roles }).toEqual({ signaturesOk: 2, required: 2, roles: ['data', 'risk'] });
        expect(digestForm).toEqual({ canonicalisation: 'py-sorted/1', placeholder: 'absent' });
    });

    it('does not verify when a number is spelled as JavaScript would', () => {
        expect(verifyAttestation(text.replace('"U_hat": 1.0', '"U_hat": 1'), 'f', { primitives }).signaturesOk).toBe(0);
    });
});
