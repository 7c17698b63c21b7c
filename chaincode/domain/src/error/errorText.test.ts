// SPDX-License-Identifier: Apache-2.0
import { DomainError } from './domainError.js';
import { encodeErrorText, parseErrorText } from './errorText.js';

const error = new DomainError('INSUFFICIENT_FUNDS', {
    ...{ walletId: 'anna', asset: 'PC', available: '1', amount: '2' },
});

describe('the text of a refusal', () => {
    it('is its code and its canonical details [V69]', () => {
        expect(encodeErrorText(error)).toBe(
            'INSUFFICIENT_FUNDS {"amount":"2","asset":"PC","available":"1","walletId":"anna"}',
        );
    });

    it.each([
        '',
        'chaincode response 500, ',
        'error in simulation: transaction returned with failure: ',
        'rpc error: code = Aborted desc = failed to endorse transaction, see attached details: ',
    ])('is found after %j', (prefix) => {
        const parsed = parseErrorText(prefix + encodeErrorText(error));
        expect(parsed?.code).toBe('INSUFFICIENT_FUNDS');
        expect({ ...parsed?.details }).toEqual(error.details);
    });

    it.each([
        'INSUFFICIENT_FUNDS',
        'INSUFFICIENT_FUNDS {',
        'SOMETHING_ELSE {}',
        'constructor {}',
        'UNEXPECTED boom',
        'XINSUFFICIENT_FUNDS {}',
        '',
    ])('is not %j', (text) => {
        expect(parseErrorText(text)).toBeUndefined();
    });
});
