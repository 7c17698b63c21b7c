// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { parsePolicyText } from '../../../policy/policyText.js';
import { errorText } from '../../../wire/errorText.js';
import type { protos } from '../../../wire/protobuf.js';
import { UsageError } from '../commandLine.js';
import { goSyntaxError } from '../goSyntaxError.js';
import { fileErrorText } from '../fileErrorText.js';
import { applicationPolicy } from './endorsementPolicy.js';

type Collection = Readonly<Record<string, unknown>>;

/** Reads a file of private data collections (internal/peer/chaincode/common.go). @throws UsageError */
export function readCollections(file: string): protos.CollectionConfigPackage.$Properties {
    try {
        return {
            config: parseCollections(file).map((collection) => ({ staticCollectionConfig: staticConfig(collection) })),
        };
    } catch (error) {
        const message = errorText(error);
        throw new UsageError(`invalid collection configuration in file ${file}: ${message}`, { cause: error });
    }
}

function parseCollections(file: string): readonly Collection[] {
    let content: string;
    try {
        content = readFileSync(file, 'utf8');
    } catch (error) {
        throw new Error(`could not read file '${file}': ${fileErrorText(error, file)}`, { cause: error });
    }
    let collections: unknown;
    try {
        collections = JSON.parse(content);
    } catch (error) {
        throw new Error(`could not parse the collection configuration: ${goSyntaxError(error, content)}`, {
            cause: error,
        });
    }
    if (!Array.isArray(collections)) {
        throw new Error('could not parse the collection configuration: json: not a list');
    }
    if (!collections.every(isCollection)) {
        throw new Error('could not parse the collection configuration: json: not a list of objects');
    }
    return collections;
}

function isCollection(value: unknown): value is Collection {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Numbers and booleans stay unset at their defaults, so that the bytes are those of Fabric's peer command.
function staticConfig(collection: Collection): protos.StaticCollectionConfig.$Properties {
    const requiredPeerCount = number(collection, 'requiredPeerCount', 0);
    const maximumPeerCount = number(collection, 'maxPeerCount', 1);
    const blockToLive = number(collection, 'blockToLive', 0);
    const endorsement = collection.endorsementPolicy as Collection | undefined;
    const endorsementPolicy =
        endorsement === undefined
            ? undefined
            : applicationPolicy(string(endorsement, 'signaturePolicy'), string(endorsement, 'channelConfigPolicy'));
    return {
        name: string(collection, 'name'),
        memberOrgsPolicy: { signaturePolicy: memberPolicy(string(collection, 'policy')) },
        ...(requiredPeerCount === 0 ? {} : { requiredPeerCount }),
        ...(maximumPeerCount === 0 ? {} : { maximumPeerCount }),
        ...(blockToLive === 0 ? {} : { blockToLive }),
        ...(collection.memberOnlyRead === true ? { memberOnlyRead: true } : {}),
        ...(collection.memberOnlyWrite === true ? { memberOnlyWrite: true } : {}),
        ...(endorsementPolicy === undefined ? {} : { endorsementPolicy }),
    };
}

function memberPolicy(text: string): ReturnType<typeof parsePolicyText> {
    try {
        return parsePolicyText(text);
    } catch (error) {
        const message = errorText(error);
        throw new Error(`invalid policy ${text}: ${message}`, { cause: error });
    }
}

function string(collection: Collection, name: string): string {
    const value = collection[name] ?? '';
    if (typeof value !== 'string') {
        throw new Error(`could not parse the collection configuration: ${name} is not a string`);
    }
    return value;
}

function number(collection: Collection, name: string, fallback: number): number {
    const value = collection[name] ?? fallback;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
        throw new Error(`could not parse the collection configuration: ${name} is not a whole number`);
    }
    return value;
}
