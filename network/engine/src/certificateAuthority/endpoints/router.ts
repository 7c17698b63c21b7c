// SPDX-License-Identifier: Apache-2.0
import {
    addAffiliation,
    getAffiliation,
    listAffiliations,
    removeAffiliation,
    renameAffiliation,
} from './affiliations.js';
import { caInfo } from './caInfo.js';
import { listCertificates, removeCertificates } from './certificates.js';
import type { Endpoint } from './endpoint.js';
import { enroll, reenroll } from './enroll.js';
import { generateRevocationList } from './generateRevocationList.js';
import { addIdentity, getIdentity, listIdentities, modifyIdentity, removeIdentity } from './identities.js';
import { register } from './register.js';
import { revoke } from './revoke.js';

type Methods = Readonly<Record<string, Endpoint>>;

/** Paths without a name after them. Each exists twice: under `/api/v1/` and under `/`. */
const collections: Readonly<Record<string, Methods>> = {
    cainfo: { GET: caInfo, POST: caInfo, HEAD: caInfo },
    enroll: { POST: enroll },
    reenroll: { POST: reenroll },
    register: { POST: register },
    revoke: { POST: revoke },
    gencrl: { POST: generateRevocationList },
    identities: { GET: listIdentities, POST: addIdentity },
    affiliations: { GET: listAffiliations, POST: addAffiliation },
    certificates: { GET: listCertificates, DELETE: removeCertificates },
};

const members: Readonly<Record<string, Methods>> = {
    identities: { GET: getIdentity, PUT: modifyIdentity, DELETE: removeIdentity },
    affiliations: { GET: getAffiliation, PUT: renameAffiliation, DELETE: removeAffiliation },
};

type Route =
    | { readonly kind: 'found'; readonly endpoint: Endpoint; readonly name: string }
    | { readonly kind: 'methodNotAllowed' }
    | { readonly kind: 'notFound' };

/** Finds the endpoint for a method and a path. */
export const route = (method: string, path: string): Route => {
    const [collection = '', encodedName, ...rest] = path.replace(/^\/(?:api\/v1\/)?/, '').split('/');
    const name = encodedName === undefined ? '' : decoded(encodedName);
    if (rest.length > 0 || name === undefined || encodedName === '') return { kind: 'notFound' };
    const table = encodedName === undefined ? collections : members;
    const methods = Object.hasOwn(table, collection) ? table[collection] : undefined;
    if (methods === undefined) return { kind: 'notFound' };
    const endpoint = Object.hasOwn(methods, method) ? methods[method] : undefined;
    return endpoint === undefined ? { kind: 'methodNotAllowed' } : { kind: 'found', endpoint, name };
};

const decoded = (text: string): string | undefined => {
    try {
        return decodeURIComponent(text);
    } catch {
        return undefined;
    }
};
