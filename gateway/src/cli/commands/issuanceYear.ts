// SPDX-License-Identifier: Apache-2.0
import { year } from '@power-currency/domain';

/** The year a command was given. @throws INVALID_ARGUMENT */
export function yearOf(text: string): number {
    return year.decode(/^[0-9]{4}$/.test(text) ? Number(text) : text, 'year');
}
