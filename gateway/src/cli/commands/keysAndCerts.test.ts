// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { selfSigned } from '../../fabric/testing/certificates.js';
import { ExitCode } from '../exitCodes.js';
import { type Desk, openDesk } from '../testing/desk.js';

let desk: Desk;

beforeEach(() => {
    desk = openDesk();
});

afterEach(() => {
    desk.leave();
});

describe('power certs', () => {
    it.each([
        [40, ExitCode.Ok],
        [20, ExitCode.CheckFailed],
        [-5, ExitCode.CheckFailed],
    ])('with a certificate of %i days ends with %i', async (days, expected) => {
        const { certificate } = await selfSigned('alice', days);
        writeFileSync(desk.at('cert.pem'), certificate);
        const { exitCode, out } = await desk.power(
            ['certs', '--file', desk.at('cert.pem'), '-o', 'json'],
            {},
            new Date(),
        );
        expect(exitCode).toBe(expected);
        expect((JSON.parse(out) as { daysLeft: number }[])[0]!.daysLeft).toBe(days - 1);
    });

    it('looks at the certificates of all contexts', async () => {
        await desk.addContext();
        const { certificate } = await selfSigned('alice', 3650);
        mkdirSync(desk.at('msp/signcerts'), { recursive: true });
        writeFileSync(desk.at('msp/signcerts/cert.pem'), certificate);
        writeFileSync(desk.at('ca.pem'), certificate);
        const { out, exitCode } = await desk.power(['certs', '-o', 'json']);
        expect(exitCode).toBe(ExitCode.Ok);
        expect(JSON.parse(out)).toHaveLength(2);
    });
});

describe('power keys', () => {
    it('shows the public half it made, and refuses a key that others can read', async () => {
        const made = JSON.parse((await desk.power(['keys', 'new', desk.at('k.pem'), '-o', 'json'])).out) as {
            publicKey: string;
        };
        expect(made.publicKey).toMatch(/^[0-9a-f]{64}$/);
        expect(JSON.parse((await desk.power(['keys', 'show', desk.at('k.pem'), '-o', 'json'])).out)).toEqual(made);
        chmodSync(desk.at('k.pem'), 0o644);
        expect((await desk.power(['keys', 'show', desk.at('k.pem')])).exitCode).toBe(ExitCode.Usage);
    });
});
