// SPDX-License-Identifier: Apache-2.0

/** Who signed something, as the certificate names them. A signature without a certificate carries its consenter's number. */
export interface Signatory {
    readonly mspId: string;
    /** Common name of the certificate's subject. */
    readonly name: string;
}

/** Place of a transaction in the chain; Fabric calls it the version of what the transaction wrote. */
export interface Place {
    readonly block: number;
    readonly transaction: number;
}

export interface KeyRead {
    readonly namespace: string;
    readonly key: string;
    /** Null when there was no such key. */
    readonly version: Place | null;
}

export interface RangeRead {
    readonly namespace: string;
    readonly startKey: string;
    /** Not part of the range; empty for one without end. */
    readonly endKey: string;
    /** What was found, unless only hashes of it were recorded. */
    readonly reads: readonly KeyRead[];
    readonly isHashed: boolean;
}

export interface KeyWrite {
    readonly namespace: string;
    readonly key: string;
    readonly isDelete: boolean;
    /** As text where it is UTF-8, else base64. */
    readonly value: string;
}

/** What a transaction did with one private data collection; keys and values are hashes there. */
interface CollectionUse {
    readonly namespace: string;
    readonly collection: string;
    readonly reads: number;
    readonly writes: number;
}

/** What a transaction read and wrote. */
export interface StateUse {
    readonly reads: readonly KeyRead[];
    readonly ranges: readonly RangeRead[];
    readonly writes: readonly KeyWrite[];
    /** Keys whose metadata (endorsement policy of the key) was set. */
    readonly metadataKeys: readonly { readonly namespace: string; readonly key: string }[];
    readonly collections: readonly CollectionUse[];
}

/** The call that a transaction carries, and what the endorsers vouched for. */
export interface ChaincodeCall extends StateUse {
    readonly chaincode: string;
    readonly version: string;
    readonly function: string;
    readonly arguments: readonly string[];
    readonly endorsers: readonly Signatory[];
    readonly status: number;
    readonly message: string;
    readonly event: { readonly name: string; readonly payload: string } | null;
}

export interface TransactionView {
    readonly index: number;
    readonly txId: string;
    /** Header type by Fabric's name; empty when the envelope does not parse. */
    readonly type: string;
    /** The client's clock when it made the proposal, ISO 8601. */
    readonly timestamp: string;
    readonly creator: Signatory | null;
    readonly validationCode: string;
    /** Hexadecimal SHA-256 of the envelope. */
    readonly digest: string;
    /** Null for what is no call of a chaincode, and for what does not parse. */
    readonly call: ChaincodeCall | null;
}

/** A block as a peer committed it. Hashes are hexadecimal SHA-256. */
export interface BlockView {
    readonly number: number;
    readonly hash: string;
    readonly previousHash: string;
    readonly dataHash: string;
    /** Chained over validation codes and state updates; null where Fabric writes none. */
    readonly commitHash: string | null;
    /** Block with the configuration in force. */
    readonly lastConfig: number | null;
    readonly signatories: readonly Signatory[];
    readonly transactions: readonly TransactionView[];
}
