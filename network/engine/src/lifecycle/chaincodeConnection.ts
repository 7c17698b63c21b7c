// SPDX-License-Identifier: Apache-2.0
import { parseGoDuration } from '../process/duration.js';
import { readTarGz } from './tarArchive.js';
import type { ChaincodeEndpoint } from '../chaincode/chaincodeEndpoint.js';

const connectionFile = 'connection.json';
const defaultDialTimeoutMs = 3000;

/**
 * What Fabric's builder for chaincode as a service makes of the connection.json in a package: texts are templates over
 * the JSON of CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG, and only the fields that will be used are kept
 * (ccaas_builder/cmd/build). Throws with the reason, where Fabric only says `exit status 1`.
 */
export async function buildConnection(code: Buffer, builderConfiguration: string | undefined): Promise<string> {
    const files = await readTarGz(code);
    const file = files.find(({ name }) => name === connectionFile || name === `./${connectionFile}`);
    if (file === undefined) {
        throw new Error(`${connectionFile} not found in the code package`);
    }
    const fields = parseObject(file.content.toString('utf8'), connectionFile);
    const variables = parseObject(builderConfiguration ?? '{}', 'CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG');
    const filled = (name: string): string => fillTemplate(textField(fields, name), variables);
    const dialTimeout = filled('dial_timeout');
    if (parseGoDuration(dialTimeout) === undefined) {
        throw new Error(`${connectionFile}: dial_timeout must be a duration such as "10s"`);
    }
    const connection = {
        address: filled('address'),
        dial_timeout: dialTimeout,
        tls_required: fields.tls_required === true,
        ...(fields.tls_required === true && {
            client_auth_required: fields.client_auth_required === true,
            client_key: filled('client_key'),
            client_cert: filled('client_cert'),
            root_cert: filled('root_cert'),
        }),
    };
    const text = JSON.stringify(connection);
    parseConnection(text, connectionFile);
    return text;
}

/** Reads a built connection.json; `what` names it in errors. TLS texts are required where TLS is. */
export function parseConnection(text: string, what: string): ChaincodeEndpoint {
    const fields = parseObject(text, what);
    const address = textField(fields, 'address');
    if (address === '') {
        throw new Error('chaincode address not provided');
    }
    const dialTimeoutMs = parseGoDuration(textField(fields, 'dial_timeout'));
    if (dialTimeoutMs === undefined) {
        throw new Error(`malformed chaincode info at '${what}': dial_timeout is not a duration`);
    }
    const endpoint = { address, dialTimeoutMs: dialTimeoutMs === 0 ? defaultDialTimeoutMs : dialTimeoutMs };
    if (fields.tls_required !== true) {
        return { ...endpoint, tlsRequired: false, clientAuthRequired: false };
    }
    const required = (name: string, missing: string): string => {
        const value = textField(fields, name);
        if (value === '') {
            throw new Error(missing);
        }
        return value;
    };
    const rootCert = required('root_cert', 'chaincode tls root cert not provided');
    if (fields.client_auth_required !== true) {
        return { ...endpoint, tlsRequired: true, clientAuthRequired: false, rootCert };
    }
    const clientKey = required('client_key', 'chaincode tls key not provided');
    const clientCert = required('client_cert', 'chaincode tls cert not provided');
    return { ...endpoint, tlsRequired: true, clientAuthRequired: true, rootCert, clientKey, clientCert };
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string, what: string): Fields {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new Error(`${what} is not a JSON object`);
    }
    return { ...parsed };
}

function textField(fields: Fields, name: string): string {
    const value = fields[name] ?? '';
    if (typeof value !== 'string') {
        throw new Error(`${connectionFile}: ${name} must be a string`);
    }
    return value;
}

/** Replaces `{{.name}}`; every other construct of Go's templates is refused. */
function fillTemplate(template: string, variables: Fields): string {
    const filled = template.replaceAll(/\{\{\s*\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g, (_whole, name: string) => {
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
            throw new Error(`template: map has no entry for key "${name}"`);
        }
        return String(value).replaceAll('{{', '{\u0000{');
    });
    if (filled.includes('{{')) {
        throw new Error(`only {{.name}} is understood in templates: ${template}`);
    }
    return filled.replaceAll('{\u0000{', '{{');
}
