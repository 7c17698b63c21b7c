// SPDX-License-Identifier: Apache-2.0
import {
    type Decoded,
    object,
    signature,
    type SourceReport,
    sourceReport,
    sourceReportBytes,
} from '@power-currency/domain';

/** A report with its source's Ed25519 signature, as it is sent and kept. */
export const signedReport = object({ report: sourceReport, signature });
export type SignedReport = Decoded<typeof signedReport>;

/** @param sign the source's own key */
export function signReport(report: SourceReport, sign: (message: Uint8Array) => Uint8Array): SignedReport {
    return { report, signature: sign(sourceReportBytes(report)) };
}
