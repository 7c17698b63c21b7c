// SPDX-License-Identifier: Apache-2.0

/** Why a file could not be opened, in Go's words. */
export function fileErrorText(error: unknown, file: string): string {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
        return `open ${file}: no such file or directory`;
    }
    return code === 'EACCES' ? `open ${file}: permission denied` : message;
}
