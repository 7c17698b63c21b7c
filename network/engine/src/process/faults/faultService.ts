// SPDX-License-Identifier: Apache-2.0
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorText } from '../../wire/errorText.js';
import { sha256 } from '../../wire/hashing.js';
import { bareHost, listeningAddress } from '../address.js';
import { readBody, replyJson } from '../httpServer.js';
import { logger } from '../logging.js';
import { faultName, type NodeKind } from './faultNames.js';
import { followFaultPlan, parseFaultPlan } from './faultPlan.js';
import { faultSwitches } from './faultSwitches.js';

/** Fault switches that may not be: too short a token, or a node that others can reach. */
class FaultServiceError extends Error {
    override readonly name = 'FaultServiceError';
}

/** Answers requests to /faults and below. */
export type FaultService = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const tokenCharactersMin = 16;
const maxValueBytes = 1024;
const log = logger('faults');

/**
 * The node's fault switches, undefined unless POWER_FAULTS_TOKEN enables them; POWER_FAULTS_AT plans faults at named
 * steps from the start. Throws FaultServiceError when the node listens on anything but loopback.
 */
export function enableFaults(
    env: NodeJS.ProcessEnv,
    node: NodeKind,
    listenAddresses: readonly string[],
): FaultService | undefined {
    const { POWER_FAULTS_TOKEN: token = '', POWER_FAULTS_AT: plan = '' } = env;
    if (token === '') {
        if (plan !== '') throw new FaultServiceError('POWER_FAULTS_AT needs POWER_FAULTS_TOKEN, which enables faults');
        return undefined;
    }
    requireLoopback(listenAddresses);
    if (token.length < tokenCharactersMin) {
        throw new FaultServiceError(`POWER_FAULTS_TOKEN must have ${String(tokenCharactersMin)} characters or more`);
    }
    try {
        if (plan !== '') followFaultPlan(parseFaultPlan(plan));
    } catch (cause) {
        throw new FaultServiceError(`POWER_FAULTS_AT: ${errorText(cause)}`, { cause });
    }
    log.warning('fault switches are enabled: this node is for tests');
    return (request, response) => serve({ token, node }, request, response);
}

function requireLoopback(addresses: readonly string[]): void {
    for (const address of addresses) {
        const host = bareHost(listeningAddress(address).host);
        if (host !== 'localhost' && host !== '::1' && !/^127(\.\d{1,3}){3}$/.test(host)) {
            throw new FaultServiceError(
                `POWER_FAULTS_TOKEN enables fault switches, but this node listens on ${address}, which is not loopback. ` +
                    'Unset POWER_FAULTS_TOKEN, or listen on 127.0.0.1 only.',
            );
        }
    }
}

async function serve(
    { token, node }: { readonly token: string; readonly node: NodeKind },
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    if (!isBearer(request, token)) {
        replyJson(response, 401, { error: 'the fault switches need their token' });
        return;
    }
    try {
        await change(node, request);
    } catch (error) {
        replyJson(response, 400, { error: errorText(error) });
        return;
    }
    replyJson(response, 200, faultSwitches.list());
}

/** GET /faults changes nothing, PUT /faults/NAME switches on with the body as value, DELETE /faults/NAME off. */
async function change(node: NodeKind, request: IncomingMessage): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://node');
    const [, , wanted] = pathname.split('/');
    if (request.method === 'GET' && wanted === undefined) return;
    const name = faultName(wanted ?? '', node);
    if (request.method === 'PUT') {
        const value = (await readBody(request, maxValueBytes)).toString('utf8');
        faultSwitches.switchOn(name, value);
        log.warning(`${name} is on`, { value });
    } else if (request.method === 'DELETE') {
        faultSwitches.switchOff(name);
        log.warning(`${name} is off`);
    } else {
        throw new TypeError(`invalid request method: ${request.method ?? ''}`);
    }
}

function isBearer({ headers }: IncomingMessage, token: string): boolean {
    const shown = sha256(Buffer.from(headers.authorization ?? ''));
    return timingSafeEqual(shown, sha256(Buffer.from(`Bearer ${token}`)));
}
