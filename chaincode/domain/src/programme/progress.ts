// SPDX-License-Identifier: Apache-2.0
import type { BookValue } from '../money/books.js';
import { addMoney, type Money } from '../money/money.js';
import type { Milestone, MilestoneState, Programme, ProgrammeProgress } from './programmeRecords.js';

export function milestoneState({ released, clawedBackAt }: Milestone): MilestoneState {
    if (released !== null) return 'released';
    return clawedBackAt === null ? 'escrowed' : 'clawed-back';
}

/** What a milestone holds for the books. */
export function milestoneBook(milestone: Milestone): BookValue {
    return { escrow: milestoneState(milestone) === 'escrowed' ? milestone.amount : 0n };
}

/** Where the budget of a programme is, from all of its milestones. */
export function progressOf(programme: Programme, milestones: readonly Milestone[]): ProgrammeProgress {
    const sumOf = (state: MilestoneState): Money =>
        addMoney(...milestones.filter((each) => milestoneState(each) === state).map(({ amount }) => amount));
    return {
        ...programme,
        released: sumOf('released'),
        remaining: sumOf('escrowed'),
        clawedBack: sumOf('clawed-back'),
    };
}
