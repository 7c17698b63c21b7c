// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import {
    caCertificate,
    certificateAuthorityName,
    chaincodeName,
    networkDir,
    ordererName,
    peerName,
    type Consortium,
    type Organisation,
} from './consortium.mts';
import { withFaults } from './faults.mts';
import { bootstrapSecret, enrolOrganisation, isEnrolled } from './identities.mts';
import { recordChoice, type Network } from './network.mts';
import { networkExists, removeNetworkFolder } from './networkFolder.mts';
import { writeNetworkFile } from './networkFile.mts';
import { certificateAuthorityHome, certificateAuthoritySpec, ordererSpec, peerSpec } from './nodeSpecs.mts';
import { recordedNames, runningPid, specOf, startProcess, stopProcess } from './processes.mts';
import { say, step } from './progress.mts';

/** Starts every node that is not running; identities are enrolled the first time. */
export async function bringUp(network: Network): Promise<void> {
    recordChoice(network);
    const { consortium, engine } = network;
    const orders = (organisation: Organisation): boolean => network.orderingOrganisations.includes(organisation);
    await step('certificate authorities', async () => {
        await Promise.all(
            consortium.organisations.map(async (organisation) => {
                if (!isEnrolled(organisation)) await forgetInterruptedEnrolment(organisation);
                await startProcess(
                    withFaults(certificateAuthoritySpec(engine, organisation, bootstrapSecret(organisation)), network),
                );
            }),
        );
    });
    await step('identities', async (note) => {
        await Promise.all(
            consortium.organisations.map((organisation) => enrolOrganisation(organisation, orders(organisation))),
        );
        note('enrolled with each organisation’s own CA');
    });
    await step('orderer and peers', async () => {
        const roots = network.orderingOrganisations.map(caCertificate);
        await Promise.all([
            ...network.orderingOrganisations.map((organisation) =>
                startProcess(withFaults(ordererSpec(engine, organisation, roots), network), 30_000),
            ),
            ...consortium.organisations.map((organisation) =>
                startProcess(
                    withFaults(peerSpec(engine, organisation, witnessesOf(organisation, consortium)), network),
                    30_000,
                ),
            ),
        ]);
    });
    writeNetworkFile(network);
}

/** Whoever endorses nothing watches those who do: the regulator's peer stops when its ledger differs from a member's. */
function witnessesOf(organisation: Organisation, { organisations }: Consortium): readonly Organisation[] {
    return organisation.endorses ? [] : organisations.filter(({ endorses }) => endorses);
}

/**
 * An interrupted enrolment cannot go on: the CA knows identities whose secrets are lost. Nobody has used any of them,
 * so the CA begins again.
 */
async function forgetInterruptedEnrolment(organisation: Organisation): Promise<void> {
    await stopProcess(certificateAuthorityName(organisation));
    rmSync(certificateAuthorityHome(organisation), { recursive: true, force: true });
}

/** Nodes first, then what depends on them, so that nothing logs a lost connection on the way down. */
function stopOrder(network: Network): string[] {
    const { organisations } = network.consortium;
    return [
        ...organisations.map(peerName),
        ...organisations.map(chaincodeName),
        ...organisations.map(ordererName),
        ...organisations.map(certificateAuthorityName),
    ];
}

/** Starts again all that was stopped, in the order they need each other. */
export async function startAll(network: Network): Promise<void> {
    const known = recordedNames();
    const inOrder = stopOrder(network)
        .reverse()
        .filter((name) => known.includes(name));
    await step('starting what was stopped', async () => {
        await Promise.all(inOrder.map((name) => startProcess(specOf(name), 30_000)));
    });
}

export async function stopAll(): Promise<void> {
    await step('stopping every process', async (note) => {
        const stopped = await Promise.all(recordedNames().map((name) => stopProcess(name)));
        note(`${String(stopped.filter(Boolean).length)} stopped; the ledgers stay in ${networkDir}`);
    });
}

/** Stops what this network started and removes its folder. Harmless when there is none. */
export async function takeDown(): Promise<void> {
    if (!networkExists() && recordedNames().length === 0) {
        removeNetworkFolder();
        say('No network here; nothing to take down.');
        return;
    }
    await step('stopping every process', async () => {
        await Promise.all(recordedNames().map((name) => stopProcess(name)));
    });
    await step('removing its files', (note) => {
        if (!removeNetworkFolder()) note(`${networkDir} does not say that it is a network's: left as it is`);
        return Promise.resolve();
    });
}

export function isUp(network: Network): boolean {
    return network.consortium.organisations.every((organisation) => runningPid(peerName(organisation)) !== undefined);
}
