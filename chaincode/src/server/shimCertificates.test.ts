// SPDX-License-Identifier: Apache-2.0
import { ClientIdentity } from 'fabric-shim';
import { simulatedIdentity } from '../testing/index.js';
import { rememberShimCertificates } from './shimCertificates.js';

const identityOf = (certificatePem: string) =>
    new ClientIdentity({
        getTxID: () => 'tx',
        getChannelID: () => 'power',
        getCreator: () => ({ mspid: 'AuthorityMSP', idBytes: Buffer.from(certificatePem) }),
    } as never);

it('the shim sees the same caller in a remembered certificate, and another one in another', () => {
    const [alice, bob] = ['alice', 'bob'].map((enrolmentId) =>
        simulatedIdentity({ mspId: 'AuthorityMSP', enrolmentId, attributes: { 'power.role': enrolmentId } }),
    );
    const before = identityOf(alice!.certificatePem);
    rememberShimCertificates();
    rememberShimCertificates();
    for (let time = 0; time < 2; time++) {
        const again = identityOf(alice!.certificatePem);
        expect(again.getID()).toBe(before.getID());
        expect(again.getAttributeValue('power.role')).toBe('alice');
    }
    expect(identityOf(bob!.certificatePem).getAttributeValue('power.role')).toBe('bob');
});
