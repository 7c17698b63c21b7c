// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageIdOf } from '../../../lifecycle/chaincodePackage.js';
import { TxValidationCode } from '../../../wire/codes.js';
import { encode } from '../../../wire/decode.js';
import { common, lifecycle } from '../../../wire/protobuf.js';
import { endorsed, expectRecorded, payload, recordings, useReplay } from '../testing/recordedCalls.js';
import type { Answers } from '../testing/standInNetwork.js';
import { readCollections } from './collections.js';
import { applicationPolicy } from './endorsementPolicy.js';

const replay = useReplay();

describe('peer lifecycle chaincode', () => {
    const [vector, helper] = ['vector_1', 'helper_1'].map((label) => {
        const bytes = readFileSync(join(recordings, `network/chaincode/${label}.tar.gz`));
        return { label, packageId: packageIdOf(label, bytes) };
    });
    if (vector === undefined || helper === undefined) throw new Error('package ids are missing');
    const references = { power: { chaincodes: [{ name: 'vector', version: '1.0' }] } };
    const installed = (
        ...installedChaincodes: lifecycle.QueryInstalledChaincodesResult.InstalledChaincode.$Properties[]
    ): Partial<Answers> => payload(lifecycle.QueryInstalledChaincodesResult, { installedChaincodes });
    const reference = Buffer.from('EiAvQ2hhbm5lbC9BcHBsaWNhdGlvbi9FbmRvcnNlbWVudA==', 'base64');
    const definition = {
        sequence: 1,
        version: '1.0',
        endorsementPlugin: 'escc',
        validationPlugin: 'vscc',
        validationParameter: reference,
        collections: {},
    };
    const members = { AuthorityMSP: true, CentralBankMSP: true, CooperativeMSP: true, RegulatorMSP: true };

    test('installs', async () => {
        await expectRecorded(replay, 'install-authority', payload(lifecycle.InstallChaincodeResult, vector));
    });

    test.each([
        ['queryinstalled-empty', installed()],
        ['queryinstalled-empty-json', installed()],
        ['queryinstalled', installed(vector, helper)],
        ['queryinstalled-json', installed(vector, helper)],
        ['queryinstalled-referenced-json', installed(helper, { ...vector, references })],
    ])('%s', (id, answers) => expectRecorded(replay, id, answers));

    test('writes an installed package to disk', async () => {
        const chaincodeInstallPackage = readFileSync('pkg/vector_1.tar.gz');
        await expectRecorded(
            replay,
            'getinstalledpackage',
            payload(lifecycle.GetInstalledChaincodePackageResult, { chaincodeInstallPackage }),
        );
        const written = readFileSync(`channel-artifacts/${vector.packageId}.tar.gz`);
        expect(written.equals(chaincodeInstallPackage)).toBe(true);
    });

    const approved = payload(lifecycle.QueryApprovedChaincodeDefinitionResult, {
        ...definition,
        source: { localPackage: { packageId: vector.packageId } },
    });
    const committed = payload(lifecycle.QueryChaincodeDefinitionsResult, {
        chaincodeDefinitions: [{ name: 'vector', ...definition }],
    });
    const committedByName = payload(lifecycle.QueryChaincodeDefinitionResult, { ...definition, approvals: members });
    test.each([
        ['queryapproved', approved],
        ['queryapproved-json', approved],
        ['querycommitted-none', payload(lifecycle.QueryChaincodeDefinitionsResult, {})],
        ['querycommitted-none-json', payload(lifecycle.QueryChaincodeDefinitionsResult, {})],
        ['querycommitted', committed],
        ['querycommitted-json', committed],
        ['querycommitted-name', committedByName],
        ['querycommitted-name-json', committedByName],
    ])('%s', (id, answers) => expectRecorded(replay, id, answers));

    test('shows collections and policies as Go does, from the bytes we make of the recorded file', async () => {
        const policy = applicationPolicy(
            "OutOf(2,'AuthorityMSP.peer','CentralBankMSP.peer','CooperativeMSP.peer')",
            '',
        );
        await expectRecorded(
            replay,
            'querycommitted-upgraded-json',
            payload(lifecycle.QueryChaincodeDefinitionResult, {
                ...definition,
                sequence: 2,
                version: '2.0',
                validationParameter: encode(common.ApplicationPolicy, policy ?? {}),
                collections: readCollections('collections.json'),
                approvals: members,
            }),
        );
    });

    const approvals = { ...members, CentralBankMSP: false, CooperativeMSP: false, RegulatorMSP: false };
    const others = { items: ['ChaincodeParameters'] };
    const mismatches = {
        AuthorityMSP: { items: ['EndorsementInfo'] },
        CentralBankMSP: others,
        CooperativeMSP: others,
        RegulatorMSP: others,
    };
    test.each([
        ['checkcommitreadiness', payload(lifecycle.CheckCommitReadinessResult, { approvals, mismatches })],
        ['checkcommitreadiness-json', payload(lifecycle.CheckCommitReadinessResult, { approvals, mismatches })],
        [
            'checkcommitreadiness-inspect',
            payload(lifecycle.CheckCommitReadinessResult, {
                approvals: { ...approvals, AuthorityMSP: false },
                mismatches,
            }),
        ],
    ])('%s', (id, answers) => expectRecorded(replay, id, answers));

    test.each([
        'approve-vector-1-authority',
        'approve-vector-1-cooperative',
        'approve-vector-2-authority',
        'commit',
        'commit-upgrade',
    ])('%s is endorsed, sent and waited for', (id) => expectRecorded(replay, id, endorsed({ status: 200 })));

    test('commit-one-endorser', async () => {
        await expectRecorded(replay, 'commit-one-endorser', {
            ...endorsed({ status: 200 }),
            code: TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
        });
    });

    test('commit-not-enough-approvals: one peer of three refuses', async () => {
        const message =
            "failed to invoke backing implementation of 'CommitChaincodeDefinition': chaincode definition not agreed to by this org (CentralBankMSP)";
        const agreed = endorsed({ status: 200 }).propose;
        await expectRecorded(replay, 'commit-not-enough-approvals', {
            propose: (call, index) => (index === 1 ? { response: { status: 500, message } } : agreed(call, index)),
        });
    });
});
