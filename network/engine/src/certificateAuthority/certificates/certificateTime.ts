// SPDX-License-Identifier: Apache-2.0

const minuteMs = 60_000;

/** Certificates carry whole minutes: half a minute and more rounds up, as Go's time.Round does. */
export const roundToMinute = (time: Date): Date => new Date(Math.round(time.getTime() / minuteMs) * minuteMs);

export const addMs = (time: Date, ms: number): Date => new Date(time.getTime() + ms);

export const earlier = (left: Date, right: Date): Date => (left < right ? left : right);

export const later = (left: Date, right: Date): Date => (left > right ? left : right);
