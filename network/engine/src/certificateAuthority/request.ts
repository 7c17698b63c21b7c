// SPDX-License-Identifier: Apache-2.0
import { CaError } from './caError.js';
import { booleanText } from './registry/attributes.js';
import { RequestFields } from './requestFields.js';

/** One HTTP request to the CA, its body read in full. */
export interface CaRequest {
    readonly method: string;
    /** Path and query exactly as sent: clients sign these bytes. */
    readonly target: string;
    /** The name after the collection, as in `/identities/{name}`, decoded. */
    readonly name: string;
    readonly query: URLSearchParams;
    readonly authorization: string | undefined;
    readonly body: Buffer;
}

/** What an endpoint answers with; `result` becomes the `result` of the JSON envelope. */
export interface CaResponse {
    readonly status: number;
    readonly result: unknown;
    readonly location?: string;
}

/** The fields of the JSON body. @throws CaError `emptyBody` or `invalidBody`. */
export const requiredFields = (request: CaRequest): RequestFields => {
    if (request.body.length === 0) throw new CaError('emptyBody', 'Empty request body');
    return RequestFields.parse(request.body);
};

/** The CA a request is for: the query names it before the body, and neither means the default. */
export const targetCa = (request: CaRequest): string => {
    const inQuery = request.query.get('ca') ?? '';
    if (inQuery !== '' || request.body.length === 0) return inQuery;
    return RequestFields.parse(request.body).string('caname');
};

/** Whether `?force=true` was given. @throws CaError for text that is no boolean. */
export const isForced = (request: CaRequest): boolean => booleanParameter(request, 'force');

export const booleanParameter = (request: CaRequest, name: string): boolean => {
    const parameter = (request.query.get(name) ?? '').toLowerCase();
    const value = parameter === '' ? false : booleanText(parameter);
    if (value === undefined) {
        throw new CaError(
            'invalidForceParameter',
            `Failed to correctly parse value of '${name}' query parameter: strconv.ParseBool: parsing "${parameter}": invalid syntax`,
        );
    }
    return value;
};
