// SPDX-License-Identifier: Apache-2.0
import { isConfigBlock, lastConfigIndex } from '../../src/channel/configBlock.js';
import { ChannelConfiguration } from '../../src/channel/channelConfiguration.js';
import type { RecordedBlock } from '../../src/ledger/testing/recordings.js';
import { RecordedFollower } from '../../src/ledger/validation/testing/recordedFollower.js';
import { BlockMetadataIndex, validationCodeName } from '../../src/wire/codes.js';
import { asBuffer, decode, encode } from '../../src/wire/decode.js';
import type { SignedData } from '../../src/wire/envelope.js';
import { blockDataHash, blockHeaderBytes, blockHeaderHash, sha256 } from '../../src/wire/hashing.js';
import { common } from '../../src/wire/protobuf.js';
import type { Checks, Place } from '../checks.js';
import type { Recordings } from '../recordings.js';

interface IndexEntry {
    readonly number: number;
    readonly file: string;
    readonly headerBytes: string;
    readonly headerHash: string;
    readonly previousHash: string;
    readonly dataHash: string;
    readonly commitHash: string | null;
    readonly lastConfig: number;
    readonly ordererBlock: { readonly sha256: string } | null;
    readonly transactions: readonly { readonly codeName: string; readonly label?: string }[];
}

/** Every recorded block through the peer's verification, validation and commit: hashes, codes, signatures, bytes. */
export async function replayChain(recordings: Recordings, checks: Checks): Promise<void> {
    const follower = await RecordedFollower.start(recordings.mspId(recordings.set.lead), recordings.genesis());
    try {
        const chain = recordings.blocks('blocks');
        const crafted = recordings.blocks('crafted');
        const entries = new Map(
            ['blocks', 'crafted'].flatMap((part) =>
                recordings
                    .json<{ blocks: readonly IndexEntry[] }>(`${part}/index.json`)
                    .blocks.map((entry) => [entry.number, entry] as const),
            ),
        );
        const take = async (block: RecordedBlock): Promise<void> => {
            const entry = entries.get(block.number);
            const place = { file: block.file, label: `block ${String(block.number)}` };
            if (entry === undefined) checks.notReplayed(place);
            else await checks.guard(place, () => replayBlock(block, entry, follower, checks));
        };
        for (const block of chain) await take(block);
        // The last crafted block shows that the peers went on after the blocks which they refused.
        for (const block of crafted.slice(0, -1)) await take(block);
        replayRejected(recordings, follower, checks);
        for (const block of crafted.slice(-1)) await take(block);
    } finally {
        await follower.stop();
    }
}

async function replayBlock(
    block: RecordedBlock,
    entry: IndexEntry,
    follower: RecordedFollower,
    checks: Checks,
): Promise<void> {
    const at = (what: string): Place => ({ file: block.file, label: `block ${String(block.number)}: ${what}` });
    compareEncoding(block, entry, at, checks);
    if (block.number === 0) return;
    compareSignature(block.ordererBlock, follower.configuration(), at, checks);
    const committed = await follower.take(block.ordererBlock);
    const names = Array.from(committed.codes, validationCodeName);
    for (const [index, { codeName, label }] of entry.transactions.entries()) {
        checks.equal(at(`code of transaction ${String(index)} ${label ?? ''}`.trimEnd()), codeName, names[index]);
    }
    checks.equal(at('number of transactions'), entry.transactions.length, names.length);
    checks.equal(at('commit hash'), entry.commitHash, committed.commitHash?.toString('hex') ?? null);
    checks.equal(at('stored bytes'), block.peerBytes.toString('hex'), committed.bytes.toString('hex'));
}

function compareEncoding(
    { ordererBlock, peerBytes, ordererSha256 }: RecordedBlock,
    entry: IndexEntry,
    at: (what: string) => Place,
    checks: Checks,
): void {
    const header = ordererBlock.header ?? {};
    const again = encode(common.Block, decode(common.Block, peerBytes, 'Block'));
    checks.equal(at('bytes after decoding and encoding'), peerBytes.toString('hex'), again.toString('hex'));
    checks.equal(at('header bytes'), entry.headerBytes, blockHeaderBytes(header).toString('hex'));
    checks.equal(at('header hash'), entry.headerHash, blockHeaderHash(header).toString('hex'));
    checks.equal(at('previous hash'), entry.previousHash, asBuffer(header.previousHash).toString('hex'));
    checks.equal(at('data hash'), entry.dataHash, blockDataHash(ordererBlock.data ?? {}).toString('hex'));
    checks.equal(at('data hash of the header'), entry.dataHash, asBuffer(header.dataHash).toString('hex'));
    checks.equal(at('last config'), entry.lastConfig, lastConfigIndex(ordererBlock));
    if (ordererSha256 !== undefined) {
        const asOrdered = sha256(encode(common.Block, ordererBlock)).toString('hex');
        checks.equal(at('bytes that the orderer sent'), ordererSha256, asOrdered);
    }
    if (isConfigBlock(ordererBlock)) ChannelConfiguration.fromConfigBlock(ordererBlock);
}

/** Signed as BlockValidation demands, and no byte may change. */
function compareSignature(
    block: common.Block,
    configuration: ChannelConfiguration,
    at: (what: string) => Place,
    checks: Checks,
): void {
    const policy = configuration.policies.getOrReject('/Channel/Orderer/BlockValidation');
    const outcome = (signed: readonly SignedData[]): string => {
        try {
            policy.evaluate([...signed]);
            return 'accepted';
        } catch {
            return 'refused';
        }
    };
    const signed = signaturesOf(block);
    checks.equal(at('signature'), 'accepted', outcome(signed));
    const changed = signed.map((one) => ({ ...one, data: Buffer.concat([one.data, Buffer.of(0)]) }));
    checks.equal(at('signature with one byte more'), 'refused', outcome(changed));
}

function signaturesOf({ header, metadata }: common.Block): SignedData[] {
    const entry = asBuffer(metadata?.metadata?.[BlockMetadataIndex.SIGNATURES]);
    const { value, signatures } = decode(common.Metadata, entry, 'Metadata');
    return signatures.map(({ signatureHeader, signature }) => ({
        data: Buffer.concat([asBuffer(value), asBuffer(signatureHeader), blockHeaderBytes(header ?? {})]),
        identity: asBuffer(decode(common.SignatureHeader, asBuffer(signatureHeader), 'SignatureHeader').creator),
        signature: asBuffer(signature),
    }));
}

function replayRejected(recordings: Recordings, follower: RecordedFollower, checks: Checks): void {
    const file = 'crafted/rejected-blocks.json';
    const rejected = recordings.json<{ name: string; blockBase64: string; peerMessage: string }[]>(file);
    for (const { name, blockBase64, peerMessage } of rejected) {
        const [, reason = ''] = peerMessage.split('could not be verified: ');
        const refusal = comparableReason(refusalOf(follower, Buffer.from(blockBase64, 'base64')));
        checks.equal({ file, label: name }, comparableReason(reason), refusal);
    }
}

function refusalOf(follower: RecordedFollower, bytes: Buffer): string {
    try {
        follower.verify(decode(common.Block, bytes, 'Block'));
        return 'accepted';
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

/** Without texts of Go's protobuf library and bytes quoted at length, which the recording cuts. */
function comparableReason(text: string): string {
    return text.replace(/is invalid: .*/s, 'is invalid').replace(/(transaction \d+) (\(|does not match).*/s, '$1');
}
