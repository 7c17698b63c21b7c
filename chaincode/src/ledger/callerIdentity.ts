// SPDX-License-Identifier: Apache-2.0
import type { Context } from 'fabric-contract-api';
import { type CallerIdentity, refuse } from '@power-currency/domain';
import { createHash, X509Certificate } from 'node:crypto';
import { BoundedCache } from './boundedCache.js';

type ClientIdentity = Context['clientIdentity'];

const identitiesRemembered = new BoundedCache<CallerIdentity>(1024);

const units = ['admin', 'client', 'peer', 'orderer'] as const;

/**
 * The caller as Fabric authenticated it. Name and unit are read from the certificate itself: the shim's textual id
 * escapes '/' only once and can be imitated. Throws CALLER_IDENTITY_INVALID.
 */
export function callerIdentity(client: ClientIdentity): CallerIdentity {
    // Everything below is read from the certificate; the MSP id stands beside it.
    const [mspId, certificate] = [client.getMSPID(), Buffer.from(client.getIDBytes()).toString('latin1')];
    return identitiesRemembered.get(`${mspId.length} ${mspId} ${certificate}`, () => readIdentity(client));
}

function readIdentity(client: ClientIdentity): CallerIdentity {
    const subject = subjectOf(client);
    const enrolmentId = client.getAttributeValue('hf.EnrollmentID') ?? subject.get('CN')?.[0] ?? '';
    if (enrolmentId === '' || enrolmentId.length > 256) {
        refuse('CALLER_IDENTITY_INVALID', { reason: 'the certificate names nobody' });
    }
    const named = units.filter((unit) => subject.get('OU')?.includes(unit) === true);
    return {
        mspId: client.getMSPID(),
        enrolmentId,
        // Two NodeOUs in one certificate say nothing certain, so they give nothing.
        unit: named.length === 1 ? (named[0] ?? 'none') : 'none',
        keyDigest: createHash('sha256')
            .update(certificateOf(client).publicKey.export({ type: 'spki', format: 'der' }))
            .digest(),
        grants: (client.getAttributeValue('power.role') ?? '').split(',').map((word) => word.trim()),
    };
}

function subjectOf(client: ClientIdentity): ReadonlyMap<string, readonly string[]> {
    const fields = new Map<string, string[]>();
    for (const attribute of certificateOf(client).subject.split(/\n|(?<!\\)\+/)) {
        const at = attribute.indexOf('=');
        const [name, value] = [attribute.slice(0, at), attribute.slice(at + 1)];
        fields.set(name, [...(fields.get(name) ?? []), value]);
    }
    return fields;
}

function certificateOf(client: ClientIdentity): X509Certificate {
    try {
        return new X509Certificate(client.getIDBytes());
    } catch {
        return refuse('CALLER_IDENTITY_INVALID', { reason: 'not an X.509 certificate' });
    }
}
