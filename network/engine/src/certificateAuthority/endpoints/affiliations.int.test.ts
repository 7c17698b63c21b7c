// SPDX-License-Identifier: Apache-2.0
import { openTestAuthority, type TestAuthority } from '../testing/testAuthority.js';
import { type Credentials, enrolled, send, tokenFor } from '../testing/testClient.js';

let authority: TestAuthority;
let admin: Credentials;

afterEach(() => authority.close());

async function open(settings: Readonly<Record<string, string>>): Promise<void> {
    authority = await openTestAuthority(settings);
    admin = await enrolled(authority.url, 'admin', 'adminpw');
}

async function call(method: string, path: string, fields?: object): Promise<{ status: number; text: string }> {
    const body = fields === undefined ? '' : JSON.stringify(fields);
    return send(authority.url, method, path, body, tokenFor(admin, method, path, body));
}

const registerMember = (): Promise<{ status: number; text: string }> =>
    call('POST', '/api/v1/register', { id: 'member', type: 'client', secret: 'pw', affiliation: 'org1.department1' });

describe('removal of an affiliation', () => {
    it('is refused unless the CA allows it', async () => {
        await open({});
        const answer = await call('DELETE', '/api/v1/affiliations/org2');
        expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('Authorization failure') as string });
    });

    it('is refused for one with others below or with identities, unless it is forced', async () => {
        await open({ 'cfg.affiliations.allowremove': 'true', 'cfg.identities.allowremove': 'true' });
        expect((await registerMember()).status).toBe(201);
        expect((await call('DELETE', '/api/v1/affiliations/org1')).status).toBe(403);
        expect((await call('DELETE', '/api/v1/affiliations/org1.department1')).status).toBe(403);
        expect((await call('GET', '/api/v1/identities/member')).status).toBe(200);
        expect((await call('DELETE', '/api/v1/affiliations/org1?force=true')).status).toBe(200);
        expect((await call('GET', '/api/v1/identities/member')).status).not.toBe(200);
    });

    it('does not take identities along where their removal is not allowed', async () => {
        await open({ 'cfg.affiliations.allowremove': 'true' });
        await registerMember();
        expect((await call('DELETE', '/api/v1/affiliations/org1?force=true')).status).toBe(403);
        expect((await call('GET', '/api/v1/identities/member')).status).toBe(200);
    });
});
