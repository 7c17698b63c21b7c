// SPDX-License-Identifier: Apache-2.0
import { Failure } from './failure.js';

const FILE_SYSTEM_CODES: ReadonlySet<string> = new Set([
    ...['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOENT', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'ELOOP', 'ENAMETOOLONG'],
    ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EMFILE', 'ENFILE', 'EXDEV', 'ETXTBSY', 'EBUSY'],
]);

/** What the file system refused becomes FILE_UNUSABLE; anything else comes back as it was thrown. */
export function fileFailureOf(thrown: unknown): unknown {
    const { syscall, code, message } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
    if (syscall === undefined || code === undefined || !FILE_SYSTEM_CODES.has(code)) {
        return thrown;
    }
    return new Failure('FILE_UNUSABLE', { problem: message ?? code }, { cause: thrown });
}
