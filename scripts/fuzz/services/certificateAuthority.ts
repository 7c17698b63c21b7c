// SPDX-License-Identifier: Apache-2.0
import { bootstrap, openTestAuthority } from '@power-currency/engine/certificateAuthority/testing/testAuthority.js';
import { newRequest } from '@power-currency/engine/certificateAuthority/newRequest.js';
import {
    basicAuthorization,
    enrolled,
    tokenFor,
} from '@power-currency/engine/certificateAuthority/testing/testClient.js';
import { exchange } from '../httpExchange';
import { damagedJson, forgeRequest, httpLayers } from '../httpForge';
import { judgedHttp, portOf, type HttpService } from './http';

/** fabric-ca's REST interface: JSON bodies, basic authentication and signed tokens. */
export async function certificateAuthorityService(): Promise<HttpService> {
    const authority = await openTestAuthority();
    const admin = await enrolled(authority.url, bootstrap.user, bootstrap.password);
    const { csr } = await newRequest('somebody');
    const calls: readonly (readonly [method: string, target: string, document?: object])[] = [
        [
            'POST',
            '/api/v1/register',
            {
                id: 'somebody',
                type: 'client',
                affiliation: 'org1',
                max_enrollments: 1,
                attrs: [{ name: 'a', value: 'b', ecert: true }],
            },
        ],
        ['POST', '/api/v1/reenroll', { certificate_request: csr, attr_reqs: [{ name: 'a', optional: true }] }],
        ['POST', '/api/v1/revoke', { id: 'nobody', aki: '00', serial: '01', reason: 'keycompromise', gencrl: true }],
        ['POST', '/api/v1/gencrl', { revokedafter: '2020-01-01T00:00:00Z', expireafter: '' }],
        ['GET', '/api/v1/identities/admin?ca=x'],
        [
            'PUT',
            '/api/v1/identities/nobody?force=true',
            { type: 'peer', attrs: [{ name: 'a', value: '' }], max_enrollments: 3 },
        ],
        ['DELETE', '/api/v1/identities/nobody'],
        ['GET', '/api/v1/affiliations'],
        ['POST', '/api/v1/affiliations?force=1', { name: 'org9.department', caname: '' }],
        ['PUT', '/api/v1/affiliations/org7?force=true', { name: 'org8' }],
        ['GET', '/api/v1/certificates?id=admin&notexpired=true&serial=1&aki=00&revoked_start=2020-01-01T00:00:00Z'],
        ['GET', '/api/v1/cainfo'],
    ];
    return {
        name: 'certificateAuthority',
        share: 20,
        layers: httpLayers,
        attempt: async (change, random) => {
            const enrols = random.chance(8);
            const [method, target, document] = enrols
                ? ['POST', '/api/v1/enroll', { certificate_request: csr, profile: 'tls', label: 'x', hosts: ['h'] }]
                : random.pick(calls);
            const body = document === undefined ? Buffer.alloc(0) : Buffer.from(damagedJson(document, random));
            const authorize = enrols
                ? () => basicAuthorization(bootstrap.user, random.chance(2) ? bootstrap.password : 'wrong')
                : (sentMethod: string, sentTarget: string, sentBody: Buffer) =>
                      tokenFor(admin, sentMethod, sentTarget, sentBody.toString('utf8'));
            const request = forgeRequest({ method, target, body, authorize }, change, random);
            const answer = await exchange(portOf(authority.url), request);
            return judgedHttp('certificateAuthority', answer, [200, 201, 401, 403, 404, 405, 409, 500]);
        },
        close: () => authority.close(),
    };
}
