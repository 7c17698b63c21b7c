// SPDX-License-Identifier: Apache-2.0
import { decode, encode } from '../../../wire/decode.js';
import { lifecycle } from '../../../wire/protobuf.js';
import type { Invocation } from '../commandLine.js';
import { definitionArguments, requireDefinition } from './definitionArguments.js';
import { mapField, printJson, wantsJson } from './goJsonOutput.js';
import { callLifecycle, withLifecycle } from './lifecycleCall.js';

const descriptions: Readonly<Record<string, string>> = {
    ChaincodeParameters: 'ChaincodeParameters (Check the Sequence, ChaincodeName)',
    EndorsementInfo: 'EndorsementInfo (Check the Version, InitRequired, EndorsementPlugin)',
    ValidationInfo: 'ValidationInfo (Check the ValidationParameter, ValidationPlugin)',
    Collections: 'Collections (Check the Collections)',
};

/** `peer lifecycle chaincode checkcommitreadiness` */
export async function checkCommitReadiness(invocation: Invocation): Promise<void> {
    const args = encode(lifecycle.CheckCommitReadinessArgs, definitionArguments(invocation));
    await withLifecycle(invocation, async (context) => {
        requireDefinition(invocation);
        const payload = await callLifecycle(context, {
            channelId: invocation.text('channelID'),
            functionName: 'CheckCommitReadiness',
            args,
            failure: 'query failed',
        });
        const result = decode(lifecycle.CheckCommitReadinessResult, payload, 'CheckCommitReadinessResult');
        if (wantsJson(invocation)) {
            printReadinessJson(invocation, result);
        } else {
            printReadiness(invocation, result);
        }
    });
}

function printReadiness(invocation: Invocation, { approvals, mismatches }: lifecycle.CheckCommitReadinessResult): void {
    const [name, version] = [invocation.text('name'), invocation.text('version')];
    const sequence = String(invocation.integer('sequence'));
    const lines = Object.entries(approvals)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([organisation, approved]) => {
            const items = invocation.boolean('inspect') ? (mismatches[organisation]?.items ?? []) : [];
            const note = items.length === 0 ? '' : ` (mismatch: [${items.join(', ')}])`;
            return `${organisation}: ${String(approved)}${note}\n`;
        });
    process.stdout.write(
        `Chaincode definition for chaincode '${name}', version '${version}', sequence '${sequence}' on channel '${invocation.text('channelID')}' approval status by org:\n${lines.join('')}`,
    );
}

function printReadinessJson(
    invocation: Invocation,
    { approvals, mismatches }: lifecycle.CheckCommitReadinessResult,
): void {
    const described = Object.entries(mismatches).map(([organisation, { items }]) => [
        organisation,
        { items: (items ?? []).map((item) => descriptions[item] ?? item) },
    ]);
    printJson({
        ...mapField('approvals', approvals),
        ...(invocation.boolean('inspect')
            ? mapField('mismatches', Object.fromEntries(described) as Record<string, unknown>)
            : {}),
    });
}
