// SPDX-License-Identifier: Apache-2.0
import type { AccessControl } from '../lifecycle/accessControl.js';
import { GrpcCode } from '../process/grpcStatus.js';
import type { SignedData } from '../wire/envelope.js';
import { errorText } from '../wire/errorText.js';
import { gatewayError } from './gatewayError.js';

/** Throws PERMISSION_DENIED unless the signer may use the resource. */
export function checkGatewayAccess(
    accessControl: AccessControl,
    resource: 'gateway/CommitStatus' | 'gateway/ChaincodeEvents',
    channelId: string,
    signed: SignedData,
): void {
    if (channelId === '') {
        throw gatewayError(
            GrpcCode.PERMISSION_DENIED,
            'Invalid channel ID name during check policy on signed data. Name must be different from nil.',
        );
    }
    try {
        accessControl.checkAcl(resource, channelId, signed);
    } catch (error) {
        throw gatewayError(GrpcCode.PERMISSION_DENIED, errorText(error));
    }
}
