// SPDX-License-Identifier: Apache-2.0
import { isTest, read, repositoryFiles } from './sources';

const sources = repositoryFiles().filter(
    (file) => file.startsWith('chaincode/src/') && file.endsWith('.ts') && !isTest(file),
);
const users = (name: string): string[] => sources.filter((file) => new RegExp(`(\\.|\\b)${name}\\(`).test(read(file)));

describe('the chaincode', () => {
    it('is looked through at all: it does call the stub', () => {
        expect(users('getStateByRangeWithPagination')).toEqual(['chaincode/src/ledger/shimState.ts']);
    });

    it.each(['getStateByRange', 'getStateByPartialCompositeKey'])(
        'never calls %s: ranges are for queries, page by page [V22]',
        (name) => {
            expect(users(name)).toEqual([]);
        },
    );

    it.each(['getQueryResult', 'getQueryResultWithPagination'])(
        'never calls %s, whose answers are not checked at commit [V23]',
        (name) => {
            expect(users(name)).toEqual([]);
        },
    );

    it('looks into histories in one place, whose users have the commit check that nothing changed since [V23]', () => {
        expect(users('getHistoryForKey')).toEqual(['chaincode/src/ledger/peek.ts']);
        expect(users('peek')).toEqual(['chaincode/src/contracts/commercialContract.ts']);
        expect(read('chaincode/src/contracts/commercialContract.ts')).toContain('load: () => [walletChangesRef]');
    });

    it.each(['getPrivateDataByPartialCompositeKey', 'getPrivateDataQueryResult'])(
        'never calls %s, which is not checked at commit either [V24]',
        (name) => {
            expect(users(name)).toEqual([]);
        },
    );

    it('reads ranges of private data in pages alone, after which the peer lets nothing be written [V24]', () => {
        expect(users('getPrivateDataByRange')).toEqual(['chaincode/src/ledger/shimState.ts']);
    });

    it('calls no other chaincode [V29]', () => {
        expect(users('invokeChaincode')).toEqual([]);
    });

    it.each(['setStateValidationParameter', 'setPrivateDataValidationParameter', 'purgePrivateData'])(
        'never calls %s: the policies of keys are the chaincode’s own [V48]',
        (name) => {
            expect(users(name)).toEqual([]);
        },
    );
});
