// SPDX-License-Identifier: Apache-2.0

/** What an operator does about a file system that refuses a write, by the error's code. */
const remedies: Readonly<Record<string, string>> = {
    ENOSPC: 'The disk is full: make room, then start the node again.',
    EDQUOT: 'The quota is used up: raise it or make room, then start the node again.',
    EFBIG: 'The file may not grow further (ulimit -f): raise the limit, then start the node again.',
    EROFS: 'The file system is mounted read-only: mount it for writing, then start the node again.',
    EACCES: 'Give the user that runs the node the right to read and write there, then start it again.',
    EPERM: 'Give the user that runs the node the right to read and write there, then start it again.',
    EIO: 'The disk does not answer as it should: check it, and restore the node from a backup if data was lost.',
};

/** ` <remedy> Nothing that was acknowledged is lost.` for an error that the disk caused, itself or deeper; '' for others. */
export function diskAdvice(error: unknown): string {
    for (
        let cause = error;
        typeof cause === 'object' && cause !== null;
        cause = 'cause' in cause ? cause.cause : null
    ) {
        const remedy = remedies[codeOf(cause)];
        if (remedy !== undefined) return ` ${remedy} Nothing that was acknowledged is lost.`;
    }
    return '';
}

/** SQLite's primary result codes (sqlite.org/rescode.html) by what the system would say. */
const sqliteCodes: Readonly<Record<number, string>> = { 8: 'EROFS', 10: 'EIO', 13: 'ENOSPC', 14: 'EACCES' };

function codeOf(error: object): string {
    if ('errcode' in error && typeof error.errcode === 'number') return sqliteCodes[error.errcode & 0xff] ?? '';
    return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
