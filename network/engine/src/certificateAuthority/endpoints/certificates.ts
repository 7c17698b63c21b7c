// SPDX-License-Identifier: Apache-2.0
import { authenticateByToken } from '../authentication.js';
import { CaError } from '../caError.js';
import type { CertificateAuthority } from '../certificateAuthority.js';
import { parseGoDuration } from '../../process/duration.js';
import { isAtOrUnder } from '../registry/affiliations.js';
import { attributeNames, attributeValue } from '../registry/attributes.js';
import { canonicalHex, type IssuedCertificate } from '../registry/certificates.js';
import type { Identity } from '../registry/identities.js';
import { requireRole } from '../registrarRules.js';
import { booleanParameter, type CaRequest } from '../request.js';
import type { Endpoint } from './endpoint.js';
import { currentTime } from '../../process/clock.js';

type Filter = (certificate: IssuedCertificate) => boolean;

/** GET /certificates: those of identities at or below the caller's affiliation, narrowed by the query. */
export const listCertificates: Endpoint = (ca, request) => {
    const { identity: caller } = authenticateByToken(ca, request);
    if (attributeValue(caller.attributes, attributeNames.registrarRoles) === undefined) {
        requireRole(caller, attributeNames.revoker);
    }
    const isSelected = filterOf(request, currentTime());
    const selected = ca.certificates.all().filter((entry) => isVisible(ca, caller, entry) && isSelected(entry));
    return {
        status: 200,
        result: { certs: selected.map(({ pem }) => ({ PEM: pem })), caname: request.query.get('ca') ?? '' },
    };
};

/** DELETE /certificates exists in Fabric CA in name only. */
export const removeCertificates: Endpoint = (ca, request) => {
    authenticateByToken(ca, request);
    throw new CaError('unclassified', 'DELETE Not Implemented');
};

const isVisible = (ca: CertificateAuthority, caller: Identity, { owner }: IssuedCertificate): boolean => {
    if (caller.affiliation === '') return true;
    const identity = ca.identities.find(owner);
    return identity !== undefined && isAtOrUnder(identity.affiliation, caller.affiliation);
};

const filterOf = (request: CaRequest, now: Date): Filter => {
    const parameter = (name: string): string => request.query.get(name) ?? '';
    const [id, serial, aki] = [parameter('id'), canonicalHex(parameter('serial')), canonicalHex(parameter('aki'))];
    const time = (name: string, label: string): Date | undefined => timeParameter(parameter(name), label, now);
    const revoked = { start: time('revoked_start', 'revoked_begin'), end: time('revoked_end', 'revoked_end') };
    const expired = { start: time('expired_start', 'expired_begin'), end: time('expired_end', 'expired_end') };
    const notRevoked = booleanParameter(request, 'notrevoked');
    const notExpired = booleanParameter(request, 'notexpired');
    refuseConflict(notExpired, expired, "Can't specify expiration time filter and the 'notexpired' filter");
    refuseConflict(notRevoked, revoked, "Can't specify revocation time filter and the 'notrevoked' filter");
    const filters: readonly Filter[] = [
        (entry) => id === '' || entry.owner === id,
        (entry) => serial === '' || entry.serial === serial,
        (entry) => aki === '' || entry.aki === aki,
        (entry) => !notRevoked || !entry.revoked,
        (entry) => !notExpired || entry.expiresAt >= now,
        (entry) => isWithin(entry.revokedAt, revoked),
        (entry) => isWithin(entry.expiresAt, expired),
    ];
    return (entry) => filters.every((filter) => filter(entry));
};

interface Period {
    readonly start: Date | undefined;
    readonly end: Date | undefined;
}

const isWithin = (time: Date | undefined, { start, end }: Period): boolean => {
    if (start === undefined && end === undefined) return true;
    return time !== undefined && (start === undefined || time >= start) && (end === undefined || time <= end);
};

const refuseConflict = (isNegated: boolean, { start, end }: Period, message: string): void => {
    if (isNegated && (start !== undefined || end !== undefined)) throw invalidFilter(message);
};

// RFC 3339, a day, or a distance from now such as -30d or +12h.
const timeParameter = (text: string, label: string, now: Date): Date | undefined => {
    if (text === '') return undefined;
    if (/^[+-]/.test(text)) return new Date(now.getTime() + distanceMs(text, label));
    const time = new Date(text.includes('T') ? text : `${text}T00:00:00Z`);
    if (Number.isNaN(time.getTime()))
        throw invalidFilter(`Invalid '${label}' value: Failed to parse time based on RFC3339`);
    return time;
};

const distanceMs = (text: string, label: string): number => {
    const ms = parseGoDuration(
        text.replace(/^([+-])(\d+)d$/, (_, sign: string, days: string) => `${sign}${String(24 * Number(days))}h`),
    );
    if (ms === undefined) throw invalidFilter(`Invalid '${label}' value: Failed to parse duration`);
    return ms;
};

const invalidFilter = (message: string): CaError =>
    new CaError('invalidCertificateFilter', `Invalid Request: ${message}`);
