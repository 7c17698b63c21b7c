// SPDX-License-Identifier: Apache-2.0
/** What the gateway itself can fail with: a closed union of codes with typed facts. Rules of the ledger fail with domain errors. */
export interface FailureDetails {
    XML_TOO_LARGE: { bytes: number; bytesMax: number };
    XML_FORBIDDEN: { construct: string };
    XML_TOO_DEEP: { depthMax: number };
    XML_MALFORMED: { problem: string };
    ENERGY_DOCUMENT_UNKNOWN: { found: string };
    ENERGY_DOCUMENT_INVALID: { where: string; problem: string };
    ENERGY_NO_DATA: { zone: string; reasonCode: string; reasonText: string };
    ENERGY_DAY_INCOMPLETE: { series: string; day: string; missingFrom: string; missingTo: string };
    ENERGY_DAY_OVERLAP: { series: string; day: string; at: string };
    ENERGY_ZONE_UNKNOWN: { eic: string };
    ENERGY_ZONE_REPEATED: { eic: string };
    ENERGY_FILE_INVALID: { file: string; problem: string };
    SOURCE_FILE_INVALID: { file: string; place: string; problem: string };
    SOURCE_MISMATCH: { file: string; field: string; problem: string };
    REPORT_CHAIN_BROKEN: { file: string; line: number; problem: string };
    ENTSOE_TOKEN_MISSING: { variable: string };
    ENTSOE_REFUSED: { httpStatus: number; reason: string };
    ENTSOE_UNAVAILABLE: { attempts: number; reason: string };
    BROKER_UNREACHABLE: { url: string; problem: string };
    CONFIG_INVALID: { file: string; problem: string };
    CONTEXT_UNKNOWN: { context: string; known: string };
    IDENTITY_INVALID: { folder: string; problem: string };
    KEY_FILE_INVALID: { file: string; problem: string };
    FILE_NOT_FOUND: { file: string };
    FILE_EXISTS: { file: string };
    FILE_TOO_LARGE: { file: string; bytesMax: number };
    FILE_UNUSABLE: { problem: string };
    INPUT_INVALID: { field: string; problem: string };
    BLOCKS_DAMAGED: { block: number; problem: string };
    INTENT_FILE_INVALID: { file: string; problem: string };
    STATEMENT_MISMATCH: { walletId: string; asset: string; computed: string; ledger: string };
    ATTESTATION_NOT_VERIFIED: { signaturesOk: number; required: number; problems: string };
    CA_REFUSED: { url: string; reason: string };
    FABRIC_UNAVAILABLE: { peer: string; attempts: number; reason: string };
    FABRIC_DEADLINE: { peer: string; step: string };
    FABRIC_REFUSED: { step: string; grpcStatus: string; reason: string };
    FABRIC_ENDORSERS_DISAGREE: { answers: string };
    FABRIC_TRANSACTION_INVALID: { txId: string; validationCode: string };
    FABRIC_CONFLICT_PERSISTS: { attempts: number; validationCode: string };
    FABRIC_OUTCOME_UNKNOWN: { txId: string; reason: string };
    CHAINCODE_UNEXPECTED: { text: string };
    NOT_FOUND: { what: string };
    JOBS_RUNNING: { file: string; pid: number };
    DEMO_STEP_FAILED: { step: string; problem: string };
}
export type FailureCode = keyof FailureDetails;

/** What the reader of the error can do about it. */
export const failureAdvice: Readonly<Record<FailureCode, string>> = {
    XML_TOO_LARGE: 'ask for one zone and one day per document',
    XML_FORBIDDEN: 'energy documents carry no DTD and no entities; get the document again from its publisher',
    XML_TOO_DEEP: 'this is no ENTSO-E document; get it again from its publisher',
    XML_MALFORMED: 'the file is cut off or no XML; get it again from its publisher',
    ENERGY_DOCUMENT_UNKNOWN:
        'give a GL_MarketDocument of type A65 (total load) or A75 (generation per type), or A44 (prices) where prices are read',
    ENERGY_DOCUMENT_INVALID: 'get the document again from its publisher',
    ENERGY_NO_DATA: 'the publisher has no values for this zone and day yet; try again later or leave the zone out',
    ENERGY_DAY_INCOMPLETE: 'load a document that covers the whole local day of the zone, or leave the zone out',
    ENERGY_DAY_OVERLAP: 'two series give a value for the same time; load only one of them',
    ENERGY_ZONE_UNKNOWN: 'see `power energy zones` for the zones known; add the zone with its timezone to --zones FILE',
    ENERGY_ZONE_REPEATED: 'load one document per zone',
    ENERGY_FILE_INVALID: 'write the file again with `power energy load` and `power energy plan`',
    SOURCE_FILE_INVALID: 'correct the place named; docs/reference/file-formats.md has every format',
    SOURCE_MISMATCH: 'check that the file is about this facility, as it is registered',
    REPORT_CHAIN_BROKEN: 'restore the file from its copy: the ledger takes only the report that follows the last one',
    ENTSOE_TOKEN_MISSING: 'set the variable to the token of your ENTSO-E Transparency Platform account, or give --file',
    ENTSOE_REFUSED: 'check the token and the request; the platform will not change its answer by itself',
    ENTSOE_UNAVAILABLE: 'try again in some minutes, or load a file with --file',
    BROKER_UNREACHABLE: 'check the address, the name and password, and the certificates, then start it again',
    CONFIG_INVALID: 'correct what is named in the file; `power context add` writes the file of contexts again',
    CONTEXT_UNKNOWN: 'see `power context list`; add one with `power context add`',
    IDENTITY_INVALID: 'give an MSP folder with one certificate in signcerts/ and its key in keystore/',
    KEY_FILE_INVALID: 'make a key with `power keys new FILE`',
    FILE_NOT_FOUND: 'check the path',
    FILE_EXISTS: 'give another name; existing keys are never overwritten',
    FILE_TOO_LARGE: 'give a file; a device without an end is none',
    FILE_UNUSABLE: 'check the path, its permissions and the space on the disk',
    BLOCKS_DAMAGED: 'take the blocks from another peer, into an empty folder',
    INPUT_INVALID: 'correct the argument; every command has --help with examples',
    INTENT_FILE_INVALID: 'write the file again with `power intent prepare`, or a verb with --prepare',
    STATEMENT_MISMATCH: 'the blocks read are not those of this ledger, or not all; read them from the own peer',
    ATTESTATION_NOT_VERIFIED: 'collect signatures of two different roles with `power energy sign`',
    CA_REFUSED: 'check the enrolment id, the secret and the URL of the CA',
    FABRIC_UNAVAILABLE: 'check that the peer runs (`./test-network.sh status`) and the endpoint of the context',
    FABRIC_DEADLINE: 'the peer answered too late; look at its log, then try again',
    FABRIC_REFUSED: 'check that the identity of the context belongs to a member of the channel',
    FABRIC_ENDORSERS_DISAGREE:
        'members run different chaincode or state; compare `peer lifecycle chaincode queryinstalled`',
    FABRIC_TRANSACTION_INVALID:
        'the transaction was recorded as invalid and changed nothing; mend the cause and submit again',
    FABRIC_CONFLICT_PERSISTS: 'other writers changed the same keys each time; submit again with the same request id',
    FABRIC_OUTCOME_UNKNOWN: 'ask `power get transaction TXID` before submitting again with the same request id',
    CHAINCODE_UNEXPECTED: 'this is a fault of the chaincode; look at its log',
    NOT_FOUND: 'check the name; `power get` lists what exists',
    JOBS_RUNNING: 'stop that process first; if it is none of yours, remove the file',
    DEMO_STEP_FAILED: 'look at the logs with `./test-network.sh logs`',
};

/** An error of the gateway: code, facts, and what to do next. Its text never holds a secret or unbounded input. */
export class Failure<C extends FailureCode = FailureCode> extends Error {
    readonly code: C;
    readonly details: Readonly<FailureDetails[C]>;

    constructor(code: C, details: FailureDetails[C], options?: ErrorOptions) {
        const facts = Object.entries(details as Record<string, unknown>).map(
            ([name, value]) => `${name}: ${clip(value)}`,
        );
        super(`${code} (${facts.join(', ')})`, options);
        this.name = 'Failure';
        this.code = code;
        this.details = details;
    }

    get advice(): string {
        return failureAdvice[this.code];
    }
}

/** Whether `error` is a Failure with this code. */
export function isFailure<C extends FailureCode>(error: unknown, code: C): error is Failure<C> {
    return error instanceof Failure && (error.code as string) === code;
}

const FACT_LENGTH_MAX = 300;

/** Facts come from files and strangers: control characters would let them draw on the operator's screen. */
function clip(value: unknown): string {
    const text = String(value).replace(/\p{Cc}/gu, '�');
    return text.length <= FACT_LENGTH_MAX ? text : `${text.slice(0, FACT_LENGTH_MAX)}…`;
}
