// SPDX-License-Identifier: Apache-2.0

/** Every refusal a client of the CA can see, with the numbers clients match on (fabric-ca lib/caerrors/servererror.go). */
const refusals = {
    unclassified: { status: 500, code: 0 },
    methodNotAllowed: { status: 405, code: 1 },
    noAuthorizationHeader: { status: 401, code: 2 },
    unreadableBody: { status: 500, code: 3 },
    emptyBody: { status: 400, code: 4 },
    invalidBody: { status: 400, code: 5 },
    certificateNotFound: { status: 404, code: 8 },
    certificateOfAnotherOwner: { status: 400, code: 9 },
    identityToRevokeNotFound: { status: 404, code: 10 },
    missingRevocationTarget: { status: 400, code: 15 },
    noAffiliations: { status: 404, code: 16 },
    unknownCa: { status: 404, code: 19 },
    authentication: { status: 401, code: 20 },
    invalidCertificateRequest: { status: 400, code: 31 },
    invalidRevocationWindow: { status: 400, code: 36 },
    invalidExpiryWindow: { status: 400, code: 37 },
    missingIdentityId: { status: 400, code: 52 },
    identityRemoval: { status: 403, code: 56 },
    identityModification: { status: 400, code: 58 },
    affiliationExists: { status: 409, code: 60 },
    invalidForceParameter: { status: 400, code: 61 },
    notInRegistry: { status: 404, code: 63 },
    affiliationInUse: { status: 400, code: 64 },
    certificateAlreadyRevoked: { status: 404, code: 66 },
    invalidCertificateFilter: { status: 400, code: 67 },
    authorization: { status: 403, code: 71 },
    passwordAttempts: { status: 401, code: 73 },
    identityExists: { status: 409, code: 74 },
    commonNameMismatch: { status: 403, code: 77 },
    invalidRequestField: { status: 400, code: 80 },
    invalidMaxEnrollments: { status: 400, code: 82 },
} as const;

type Refusal = keyof typeof refusals;

/** A request the CA refuses. `message` goes to the client; `detail`, when present, only to the server's log. */
export class CaError extends Error {
    readonly refusal: Refusal;
    readonly status: number;
    readonly code: number;
    readonly detail: string;

    constructor(refusal: Refusal, message: string, detail?: string) {
        super(message);
        this.name = 'CaError';
        this.refusal = refusal;
        this.status = refusals[refusal].status;
        this.code = refusals[refusal].code;
        this.detail = detail ?? message;
    }
}

/** Who the caller is could not be established. The client learns no more than that, so that it cannot probe for accounts. */
export const authenticationFailure = (detail: string): CaError =>
    new CaError('authentication', 'Authentication failure', detail);

/** The caller is known but may not do this. The reason stays in the server's log. */
export const authorizationFailure = (detail: string): CaError =>
    new CaError('authorization', 'Authorization failure', detail);
