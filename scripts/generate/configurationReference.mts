// SPDX-License-Identifier: Apache-2.0
import { networkDir, projectDir, readConsortium } from '../network/consortium.mts';
import type { Engine } from '../network/engineChoice.mts';
import { certificateAuthoritySpec, chaincodeSpec, ordererSpec, peerSpec } from '../network/nodeSpecs.mts';
import type { ProcessSpec } from '../network/processes.mts';
import { environmentVariables } from './environmentVariables.mts';
import { code, generatedFrom, table } from './markdown.mts';

/** docs/reference/configuration.md: our own variables, then the settings the network gives each node. */
export function configurationReference(): string {
    const [organisation] = readConsortium().organisations;
    if (!organisation) throw new Error('network/members.yaml names no organisation');
    const engine: Engine = { kind: 'embedded', version: '', binDir: '$BIN', configDir: '$CONFIG' };
    const specs: readonly (readonly [string, ProcessSpec])[] = [
        ['Certificate authority', certificateAuthoritySpec(engine, organisation, '$SECRET')],
        ['Orderer', ordererSpec(engine, organisation, ['$NETWORK/…/ca.pem'])],
        ['Peer', peerSpec(engine, organisation)],
        ['Chaincode', chaincodeSpec(organisation, '$PACKAGE_ID')],
    ];
    const own = environmentVariables.map(({ name, read, meaning }) => [code(name), read, meaning]);
    return [
        generatedFrom('`scripts/generate/environmentVariables.mts` and `scripts/network/nodeSpecs.mts`'),
        '# Configuration\n',
        '## Environment variables of the project\n',
        table(['Variable', 'Read by', 'Meaning'], own),
        '\n## Settings of the test network’s nodes\n',
        'Names are Fabric’s own, the same on both engines; shown for the authority. `$NETWORK` is the network’s folder, ',
        '`$PROJECT` the project’s, `$BIN` the engine’s executables, `$CONFIG` their configuration.\n',
        ...specs.map(([title, spec]) => `\n### ${title}\n\n${settingsOf(spec)}`),
    ].join('\n');
}

function settingsOf(spec: ProcessSpec): string {
    const shown = (text: string): string => text.replaceAll(networkDir, '$NETWORK').replaceAll(projectDir, '$PROJECT');
    const rows = Object.entries(spec.environment).map(([name, value]) => [code(name), code(shown(value) || ' ')]);
    return `Command: ${code(shown(spec.command.join(' ')))}\n\n${table(['Setting', 'Value'], rows)}\n`;
}
