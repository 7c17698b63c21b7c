// SPDX-License-Identifier: Apache-2.0
import { certificateExpiry } from '../delivery/certificateExpiry.js';
import { asBuffer, decode } from '../wire/decode.js';
import { errorText } from '../wire/errorText.js';
import { common } from '../wire/protobuf.js';
import type { OpenedProposal } from './proposal.js';
import { ProposalError } from './proposalError.js';

/** Refuses a creator whose certificate has expired (core/handlers/auth/filter/expiration.go). */
export function checkExpiration({ signatureHeader }: OpenedProposal, now: Date): void {
    const expiry = certificateExpiry(asBuffer(signatureHeader.creator));
    if (expiry !== undefined && expiry < now) throw new ProposalError('filter', 'proposal client identity expired');
}

/** Refuses a proposal made too long ago or ahead of the peer's clock (core/handlers/auth/filter/timewindow.go). */
export function checkTimeWindow(
    { header }: OpenedProposal,
    window: { readonly ms: number; readonly text: string },
    now: Date,
): void {
    const { timestamp } = decodeHeader(asBuffer(header.channelHeader));
    const createdMs = (timestamp?.seconds ?? 0) * 1000 + Math.floor((timestamp?.nanos ?? 0) / 1e6);
    // A Date cannot hold every timestamp; comparing one that it cannot with anything is false.
    if (Math.abs(now.getTime() - createdMs) > window.ms) {
        const created = new Date(createdMs);
        throw new ProposalError(
            'filter',
            `request unauthorized due to incorrect timestamp ${rfc3339(created)}, peer time ${rfc3339(now)}, ` +
                `peer.authentication.timewindow ${window.text}`,
        );
    }
}

function decodeHeader(bytes: Buffer): common.ChannelHeader {
    try {
        return decode(common.ChannelHeader, bytes, 'ChannelHeader');
    } catch (cause) {
        const reason = errorText(cause);
        throw new ProposalError('filter', `failed parsing channel header: ${reason}`, { cause });
    }
}

function rfc3339(date: Date): string {
    return Number.isNaN(date.getTime()) ? 'invalid' : `${date.toISOString().slice(0, 19)}Z`;
}
