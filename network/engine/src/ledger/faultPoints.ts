// SPDX-License-Identifier: Apache-2.0

/** The steps between which a crash leaves different things on disk, in the order of a commit. */
export type CommitStep = 'privateDataWritten' | 'blockPartlyWritten' | 'blockWritten' | 'blockIndexed' | 'stateWritten';

/** Called after each durable step; crash tests throw from it. */
export type AfterStep = (step: CommitStep) => void;
