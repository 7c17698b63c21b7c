// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { readCollections } from '../../src/commands/peer/lifecycle/collections.js';
import type { Answers } from '../../src/commands/peer/testing/standInNetwork.js';
import { Status, TxValidationCode } from '../../src/wire/codes.js';
import { asBuffer, decode, encode } from '../../src/wire/decode.js';
import { common, lifecycle, orderer, protos } from '../../src/wire/protobuf.js';
import type { RecordedCall } from '../recordedCalls.js';
import type { Recordings } from '../recordings.js';

/** What the nodes answered a recorded command, as far as its output tells. */
export function answersTo(call: RecordedCall, recordings: Recordings, folder: string): Partial<Answers> {
    const refusal = refusalOf(call);
    if (refusal !== undefined) return refusal;
    const [, group = '', ...verbs] = call.argv;
    const verb = group === 'lifecycle' ? (verbs[1] ?? '') : `${group} ${verbs[0] ?? ''}`;
    const answer = byVerb[verb];
    return answer === undefined ? {} : answer(call, recordings, folder);
}

type Answer = (call: RecordedCall, recordings: Recordings, folder: string) => Partial<Answers>;

const byVerb: Readonly<Record<string, Answer>> = {
    'channel join': () => answered({ status: 200 }),
    'channel list': ({ stdout }) => {
        const channels = stdout
            .split('\n')
            .slice(1)
            .filter((name) => name.trim() !== '');
        return message(protos.ChannelQueryResponse, { channels: channels.map((channelId) => ({ channelId })) });
    },
    'channel getinfo': ({ stdout }) => {
        const { height, currentBlockHash, previousBlockHash } = JSON.parse(stdout.replace('Blockchain info: ', '')) as {
            height: number;
            currentBlockHash: string;
            previousBlockHash?: string;
        };
        return message(common.BlockchainInfo, {
            height,
            currentBlockHash: Buffer.from(currentBlockHash, 'base64'),
            ...(previousBlockHash !== undefined && { previousBlockHash: Buffer.from(previousBlockHash, 'base64') }),
        });
    },
    'channel fetch': (call, recordings) => ({ deliver: deliverAnswers(call, recordings) }),
    'channel update': broadcastAnswer,
    'chaincode query': ({ argv, stdout }) => {
        const text = stdout.replace(/\n$/, '');
        if (argv.includes('--hex')) return endorsed({ status: 200, payload: Buffer.from(text, 'hex') });
        if (!argv.includes('--raw')) return endorsed({ status: 200, payload: Buffer.from(text) });
        return endorsed({ status: 200, payload: Buffer.from(text.match(/\d+/g)?.map(Number) ?? []) });
    },
    'chaincode invoke': (call, recordings) => {
        const [, status = '200', payload = ''] = /result: status:(\d+)(?: {2}payload:"(.*)")?/.exec(call.stderr) ?? [];
        const response = { status: Number(status), payload: goUnquoted(payload) };
        return { ...endorsed(response), ...divergence(call, recordings), ...codeOf(call) };
    },
    install: ({ argv }, recordings) => {
        const file = argv.find((argument) => argument.endsWith('.tar.gz')) ?? '';
        const label = file.replace(/^.*\/|\.tar\.gz$/g, '');
        return message(lifecycle.InstallChaincodeResult, { label, packageId: packageIdOf(recordings, label) });
    },
    queryinstalled: (call) =>
        message(lifecycle.QueryInstalledChaincodesResult, { installedChaincodes: installed(call) }),
    getinstalledpackage: ({ argv }, recordings) => {
        const label = (argv[argv.indexOf('--package-id') + 1] ?? '').split(':')[0] ?? '';
        const chaincodeInstallPackage = recordings.bytes(`network/chaincode/${label}.tar.gz`);
        return message(lifecycle.GetInstalledChaincodePackageResult, { chaincodeInstallPackage });
    },
    queryapproved: (call, _recordings, folder) =>
        message(lifecycle.QueryApprovedChaincodeDefinitionResult, approved(call, folder)),
    querycommitted: (call, _recordings, folder) => committed(call, folder),
    checkcommitreadiness: (call) => message(lifecycle.CheckCommitReadinessResult, readiness(call)),
    approveformyorg: (call) => ({ ...endorsed({ status: 200 }), ...codeOf(call) }),
    commit: (call) => ({ ...endorsed({ status: 200 }), ...codeOf(call) }),
};

const answered = (response: protos.Response.$Properties): Partial<Answers> => ({ propose: () => ({ response }) });

const message = <P>(type: { encode(content: P): { finish(): Uint8Array } }, content: P): Partial<Answers> =>
    answered({ status: 200, payload: encode(type, content) });

const endorsed = (response: protos.Response.$Properties): Pick<Answers, 'propose'> => ({
    propose: () => ({
        version: 1,
        response,
        payload: encode(protos.ProposalResponsePayload, {
            proposalHash: Buffer.alloc(32),
            extension: encode(protos.ChaincodeAction, { response }),
        }),
        endorsement: { endorser: Buffer.from('peer'), signature: Buffer.from('signature') },
    }),
});

const refusals = [
    /with status: (\d+) - (.*)\n/,
    /bad proposal response (\d+): (.*)\)\n/,
    /bad response, status (\d+): (.*)\n/,
    /during \w+\. response: status:(\d+) {2}message:"(.*?)"(?: {2}payload:"(.*)")?\n/,
];

/** What the peers answered when they refused: status and message are in the recorded text. */
function refusalOf({ exit, stderr }: RecordedCall): Partial<Answers> | undefined {
    if (exit === 0) return undefined;
    for (const form of refusals) {
        const [, status, text, body] = form.exec(stderr) ?? [];
        if (status === undefined) continue;
        return answered({
            status: Number(status),
            message: goUnquoted(text ?? '').toString(),
            payload: goUnquoted(body ?? ''),
        });
    }
    // The first peer agreed, or its refusal would have been the text.
    const [, status, text] = /proposal response was not successful, error code (\d+), msg (.*)\n/.exec(stderr) ?? [];
    if (status === undefined) return undefined;
    const agreed = endorsed({ status: 200 }).propose;
    const refused = { response: { status: Number(status), message: text ?? '' } };
    return { propose: (proposal, peer) => (peer === 0 ? agreed(proposal, peer) : refused) };
}

/** Two peers whose results differ, as the text quotes them. */
function divergence({ argv, stderr }: RecordedCall, recordings: Recordings): Partial<Answers> {
    const [, first, second] = /do not match \(base64\): '(.*?)' vs '(.*?)'/.exec(stderr) ?? [];
    if (first === undefined || second === undefined) return {};
    const address = argv[argv.indexOf('--peerAddresses') + 1];
    const firstPeer = Object.values(recordings.ports.peers).findIndex(
        (port) => address === `localhost:${String(port)}`,
    );
    return {
        propose: (_proposal, peer) => {
            const bytes = Buffer.from(peer === firstPeer ? second : first, 'base64');
            const { extension } = decode(protos.ProposalResponsePayload, bytes, 'ProposalResponsePayload');
            const { response } = decode(protos.ChaincodeAction, asBuffer(extension), 'ChaincodeAction');
            return {
                version: 1,
                response: response ?? {},
                payload: bytes,
                endorsement: { endorser: Buffer.from('peer'), signature: Buffer.from('signature') },
            };
        },
    };
}

function codeOf({ stderr }: RecordedCall): Partial<Answers> {
    const [, name] =
        /committed with status \((\w+)\)/.exec(stderr) ??
        /transaction invalidated with status \((\w+)\)/.exec(stderr) ??
        [];
    const code = Object.entries(TxValidationCode).find(([known]) => known === name)?.[1];
    return code === undefined ? {} : { code };
}

/** The blocks that the command says it received, by what it asks for. */
function deliverAnswers({ exit, stderr }: RecordedCall, recordings: Recordings): Answers['deliver'] {
    if (exit !== 0) return () => [{ status: 404 }];
    const received = [...stderr.matchAll(/Received block: (\d+)/g)].map(([, number]) => Number(number));
    return ({ payload }) => {
        const { data } = decode(common.Payload, asBuffer(payload), 'Payload');
        const { start } = decode(orderer.SeekInfo, asBuffer(data), 'SeekInfo');
        const number = start?.newest || start?.oldest ? received[0] : (start?.specified?.number ?? 0);
        if (number === undefined || !received.includes(number)) return [{ status: 404 }];
        const name = `blocks/${String(number).padStart(4, '0')}.pb`;
        return [{ block: decode(common.Block, recordings.bytes(name), 'Block') }, { status: 200 }];
    };
}

/** What the orderer said to an update. */
function broadcastAnswer({ stderr }: RecordedCall): Partial<Answers> {
    const [, name = '', info = ''] = /got unexpected status: (\w+) -- (.*)\n/.exec(stderr) ?? [];
    const status = Object.entries(Status).find(([known]) => known === name)?.[1];
    return status === undefined ? {} : { broadcast: () => ({ status, info }) };
}

function packageIdOf(recordings: Recordings, label: string): string {
    return (
        recordings.json<Record<string, { packageId: string }>>('network/chaincode/package-ids.json')[label]
            ?.packageId ?? ''
    );
}

const isJson = ({ argv }: RecordedCall): boolean => argv.includes('json');

function installed(call: RecordedCall): lifecycle.QueryInstalledChaincodesResult.InstalledChaincode.$Properties[] {
    if (!isJson(call)) {
        return [...call.stdout.matchAll(/^Package ID: (.*), Label: (.*)$/gm)].map(([, packageId = '', label = '']) => ({
            packageId,
            label,
        }));
    }
    const { installed_chaincodes: list = [] } = JSON.parse(call.stdout) as {
        installed_chaincodes?: {
            package_id: string;
            label: string;
            references?: Record<string, { chaincodes: { name: string; version: string }[] }>;
        }[];
    };
    return list.map(({ package_id: packageId, label, references }) => ({
        packageId,
        label,
        ...(references !== undefined && { references }),
    }));
}

interface DefinitionJson {
    readonly sequence: number;
    readonly version: string;
    readonly endorsement_plugin: string;
    readonly validation_plugin: string;
    readonly validation_parameter?: string;
    readonly collections?: { readonly config?: readonly unknown[] };
    readonly init_required?: boolean;
    readonly approvals?: Record<string, boolean>;
    readonly source?: { readonly Type?: { readonly LocalPackage?: { readonly package_id: string } } };
}

/** The fields of a definition that JSON shows. Collections come from the file that the recorded commands named. */
function definition(json: DefinitionJson, folder: string): lifecycle.QueryChaincodeDefinitionResult.$Properties {
    const hasCollections = (json.collections?.config ?? []).length > 0;
    return {
        sequence: json.sequence,
        version: json.version,
        endorsementPlugin: json.endorsement_plugin,
        validationPlugin: json.validation_plugin,
        validationParameter: Buffer.from(json.validation_parameter ?? '', 'base64'),
        collections: hasCollections ? readCollections(join(folder, 'collections.json')) : {},
        ...(json.init_required !== undefined && { initRequired: json.init_required }),
    };
}

function approved(call: RecordedCall, folder: string): lifecycle.QueryApprovedChaincodeDefinitionResult.$Properties {
    if (isJson(call)) {
        const json = JSON.parse(call.stdout) as DefinitionJson;
        const packageId = json.source?.Type?.LocalPackage?.package_id;
        return {
            ...definition(json, folder),
            source: packageId === undefined ? { unavailable: {} } : { localPackage: { packageId } },
        };
    }
    const form =
        /sequence: (\d+), version: (.*), init-required: (\w+), package-id: (.*), endorsement plugin: (.*), validation plugin: (.*)/;
    const [, sequence, version = '', init, packageId = '', endorsementPlugin = '', validationPlugin = ''] =
        form.exec(call.stdout) ?? [];
    return {
        sequence: Number(sequence),
        version,
        initRequired: init === 'true',
        endorsementPlugin,
        validationPlugin,
        source: { localPackage: { packageId } },
    };
}

function committed(call: RecordedCall, folder: string): Partial<Answers> {
    const isOne = call.argv.includes('-n');
    if (isJson(call)) {
        const json = JSON.parse(call.stdout) as DefinitionJson & {
            chaincode_definitions?: readonly (DefinitionJson & { name: string })[];
        };
        if (isOne) {
            return message(lifecycle.QueryChaincodeDefinitionResult, {
                ...definition(json, folder),
                approvals: json.approvals ?? {},
            });
        }
        const chaincodeDefinitions = (json.chaincode_definitions ?? []).map((one) => ({
            name: one.name,
            ...definition(one, folder),
        }));
        return message(lifecycle.QueryChaincodeDefinitionsResult, { chaincodeDefinitions });
    }
    const form =
        /^(?:Name: (.*), )?Version: (.*), Sequence: (\d+), Endorsement Plugin: (\w+), Validation Plugin: (\w+)(?:, Approvals: \[(.*)\])?$/gm;
    const definitions = [...call.stdout.matchAll(form)].map(
        ([, name = '', version = '', sequence, endorsementPlugin = '', validationPlugin = '', approvals = '']) => ({
            name,
            version,
            sequence: Number(sequence),
            endorsementPlugin,
            validationPlugin,
            approvals: approvalsOf(approvals.replaceAll(', ', '\n')),
        }),
    );
    const [first] = definitions;
    if (isOne && first !== undefined) return message(lifecycle.QueryChaincodeDefinitionResult, first);
    return message(lifecycle.QueryChaincodeDefinitionsResult, { chaincodeDefinitions: definitions });
}

function approvalsOf(text: string): Record<string, boolean> {
    const approvals: Record<string, boolean> = {};
    for (const [, mspId = '', agrees] of text.matchAll(/^(\S+): (true|false)/gm)) approvals[mspId] = agrees === 'true';
    return approvals;
}

function readiness(call: RecordedCall): lifecycle.CheckCommitReadinessResult.$Properties {
    if (!isJson(call)) return { approvals: approvalsOf(call.stdout), mismatches: {} };
    const { approvals, mismatches = {} } = JSON.parse(call.stdout) as {
        approvals: Record<string, boolean>;
        mismatches?: Record<string, { items: string[] }>;
    };
    const items = Object.entries(mismatches).map(([mspId, { items: texts }]) => [
        mspId,
        { items: texts.map((text) => text.replace(/ \(Check.*$/, '')) },
    ]);
    return { approvals, mismatches: Object.fromEntries(items) as Record<string, { items: string[] }> };
}

/** Bytes of a text that Go's %q or protobuf's text format wrote. */
function goUnquoted(text: string): Buffer {
    const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' };
    const parts = text.split(/(\\x[0-9a-f]{2}|\\[0-7]{3}|\\.)/g).map((part) => {
        if (part.startsWith('\\x')) return Buffer.of(parseInt(part.slice(2), 16));
        if (/^\\[0-7]{3}$/.test(part)) return Buffer.of(parseInt(part.slice(1), 8));
        return Buffer.from(part.startsWith('\\') ? (named[part.slice(1)] ?? part) : part);
    });
    return Buffer.concat(parts);
}
