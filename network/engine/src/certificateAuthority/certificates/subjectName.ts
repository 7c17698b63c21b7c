// SPDX-License-Identifier: Apache-2.0
import { type JsonAttributeObject, type JsonNameParams, Name } from './x509.js';

/** Attribute types in the order Go's crypto/x509/pkix writes them. */
const order = [
    { field: 'country', oid: '2.5.4.6', label: 'country name', charactersMax: 2 },
    { field: 'state', oid: '2.5.4.8', label: 'state name', charactersMax: 128 },
    { field: 'locality', oid: '2.5.4.7', label: 'locality name', charactersMax: 128 },
    { field: 'organization', oid: '2.5.4.10', label: 'organization name', charactersMax: 64 },
    { field: 'organizationalUnit', oid: '2.5.4.11', label: 'organizational unit name', charactersMax: 64 },
    { field: 'commonName', oid: '2.5.4.3', label: 'CN', charactersMax: 64 },
    { field: 'serialNumber', oid: '2.5.4.5', label: 'serial number', charactersMax: 64 },
] as const;

type SubjectField = (typeof order)[number]['field'];
export type Subject = Readonly<Partial<Record<SubjectField, readonly string[]>>>;

/** The fields of a distinguished name that Fabric CA carries over into certificates. */
export const readSubject = (name: Name): Subject =>
    Object.fromEntries(order.map(({ field, oid }) => [field, name.getField(oid)]));

/** What is wrong with the lengths of the fields (RFC 5280 appendix A.1, ub-*), or undefined. */
export const overlongField = (subject: Subject): string | undefined => {
    for (const { field, label, charactersMax } of order) {
        const value = subject[field]?.find((candidate) => Buffer.byteLength(candidate) > charactersMax);
        if (value !== undefined) {
            return `The ${label} '${value}' exceeds the maximum character limit of ${String(charactersMax)}`;
        }
    }
    return undefined;
};

/**
 * Encodes the subject as Go does: one relative distinguished name per attribute type, holding all of its values as a DER
 * SET OF. Chaincode sees this order in `ClientIdentity.getID()`.
 */
export const subjectName = (subject: Subject): Name => {
    const json: JsonNameParams = [];
    for (const { field, oid } of order) {
        const values = (subject[field] ?? []).filter((value) => value !== '');
        if (values.length > 0) json.push({ [oid]: [...values].sort(compareEncodings).map(directoryString) });
    }
    return new Name(json);
};

const directoryString = (value: string): JsonAttributeObject =>
    Name.isPrintableString(value) ? { printableString: value } : { utf8String: value };

// DER orders a SET OF by encoding. Values of one type differ first in length, then in the tag of the string type, then in content.
const compareEncodings = (left: string, right: string): number => Buffer.compare(sortKey(left), sortKey(right));

const sortKey = (value: string): Buffer => {
    const content = Buffer.from(value, 'utf8');
    const head = Buffer.alloc(3);
    head.writeUInt16BE(content.length, 0);
    head.writeUInt8(Name.isPrintableString(value) ? 0x13 : 0x0c, 2);
    return Buffer.concat([head, content]);
};
