// SPDX-License-Identifier: Apache-2.0
import type { Endorser } from '../endorser/endorser.js';
import { ProposalError } from '../endorser/proposalError.js';
import type { GrpcChannel } from '../process/grpcClient.js';
import { GrpcCode, GrpcStatus } from '../process/grpcStatus.js';
import { goErrorText } from '../process/goErrorText.js';
import { decode, encode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { protos } from '../wire/protobuf.js';

/** What one peer answered to a proposal, judged as the gateway does (internal/pkg/gateway/apiutils.go). */
export type EndorserAnswer =
    | { readonly ok: true; readonly response: protos.ProposalResponse.$Properties }
    | {
          readonly ok: false;
          readonly code: number;
          readonly message: string;
          readonly tryOther: boolean;
          /** The peer does not run the chaincode, which Fabric's discovery would have told before. */
          readonly runsNot?: boolean;
      };

/** A peer that can be asked to run a proposal. */
export interface PeerEndorser {
    /** As it stands in error details; the local peer's may be ''. */
    readonly address: string;
    readonly mspId: string;
    readonly local: boolean;
    /** True for a while after the peer could not be reached: others are asked first. */
    readonly suspect: boolean;
    process(signed: protos.SignedProposal.$Properties): Promise<EndorserAnswer>;
}

/** As much of a connection as asking a peer takes. */
type Connection = Pick<GrpcChannel, 'unary' | 'close'>;

const processProposalPath = '/protos.Endorser/ProcessProposal';
const suspicionMs = 10_000;

/** The peer that the gateway is part of. */
export class LocalEndorser implements PeerEndorser {
    readonly address: string;
    readonly mspId: string;
    readonly local = true;
    readonly suspect = false;
    readonly #endorser: Endorser;

    constructor(endorser: Endorser, address: string, mspId: string) {
        this.#endorser = endorser;
        this.address = address;
        this.mspId = mspId;
    }

    async process(signed: protos.SignedProposal.$Properties): Promise<EndorserAnswer> {
        try {
            return judge(await this.#endorser.processProposal(signed));
        } catch (error) {
            // What Fabric's authentication filters refuse never becomes a response, as if the peer were not there.
            const filtered = !(error instanceof ProposalError) || error.stage === 'filter';
            const message = errorText(error);
            return filtered
                ? { ok: false, code: GrpcCode.UNAVAILABLE, message, tryOther: true }
                : { ok: false, code: GrpcCode.FAILED_PRECONDITION, message, tryOther: false };
        }
    }
}

/** A peer of this or another organisation, reached over the network. */
export class RemoteEndorser implements PeerEndorser {
    readonly address: string;
    readonly mspId: string;
    readonly local = false;
    readonly #connect: () => Connection;
    readonly #timeoutMs: number;
    #connection: Connection | undefined;
    #failedAt = -Infinity;

    constructor(peer: { address: string; mspId: string; connect: () => Connection }, timeoutMs: number) {
        this.address = peer.address;
        this.mspId = peer.mspId;
        this.#connect = peer.connect;
        this.#timeoutMs = timeoutMs;
    }

    get suspect(): boolean {
        return performance.now() - this.#failedAt < suspicionMs;
    }

    async process(signed: protos.SignedProposal.$Properties): Promise<EndorserAnswer> {
        this.#connection ??= this.#connect();
        const request = encode(protos.SignedProposal, signed);
        try {
            const bytes = await this.#connection.unary(processProposalPath, request, { deadlineMs: this.#timeoutMs });
            this.#failedAt = -Infinity;
            return judge(decode(protos.ProposalResponse, bytes, 'ProposalResponse'));
        } catch (error) {
            this.#failedAt = performance.now();
            // A new connection dials at once, where this one would first wait: the peer may be back already.
            if (error instanceof GrpcStatus && error.code === GrpcCode.UNAVAILABLE) this.close();
            return { ok: false, code: GrpcCode.UNAVAILABLE, message: goErrorText(error), tryOther: true };
        }
    }

    close(): void {
        this.#connection?.close();
        this.#connection = undefined;
    }
}

function judge(answer: protos.ProposalResponse.$Properties): EndorserAnswer {
    const { status, message } = answer.response ?? {};
    const code = status ?? 0;
    if (code >= 200 && code < 400) return { ok: true, response: answer };
    const text = message ?? '';
    if (code === 500 && (answer.payload ?? []).length === 0) {
        const runsNot = /^make sure the chaincode \S+ has been successfully defined on channel \S+ and try again/.test(
            text,
        );
        return { ok: false, code: GrpcCode.ABORTED, message: text, tryOther: true, runsNot };
    }
    const quoted = `chaincode response ${String(code)}, ${text}`;
    return { ok: false, code: GrpcCode.UNKNOWN, message: quoted, tryOther: false };
}
