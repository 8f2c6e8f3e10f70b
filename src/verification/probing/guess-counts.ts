import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'

/** What is counted of those who guess: by client and party, by person, and by what was tried. */

/**
 * Whose guesses they are. A party's clients guess together; a sandbox client, which knows invented people alone, for
 * itself.
 */
export type ProbingClient = {
  readonly clientId: string
  readonly partyId: Id<'party'>
  readonly guesser: string
  readonly day: Day
}

/** Today's counts of a client and of its whole party. */
export type ClientCountsRow = {
  readonly client_asked: number
  readonly client_again: number
  readonly client_wrong: number
  readonly client_wrong_at: Date | null
  readonly guesser_wrong: number
  readonly guesser_strange: number
}

/** Today's wrong answers about a person, by any of their numbers. */
export type ProbedPersonRow = {
  readonly wrongs: number
  readonly free_at: Date | null
  readonly stopped: boolean
  readonly wrongs_of_all: number
  /** Whether the party has looked them up before, on this day. */
  readonly known: boolean
}

export type WrongAnswerRow = {
  readonly personId: Id<'person'>
  readonly wrongs: number
  readonly refused: number
  readonly freeAt: Date
  readonly stoppedAt: Date | undefined
}

/** That a name with a birth date, or one of both, was tried under a number more; under which, of both together. */
export type NewTriedName = { readonly told: string; readonly under: number | null }

/**
 * Counts of a client's answers: all, those about persons confirmed before, wrong ones, and wrong ones about a number
 * that belongs to nobody or to an altogether different person (`strange`).
 */
export type AnswerCounts = {
  readonly asked: number
  readonly again: number
  readonly wrong: number
  readonly strange: number
}

export type ProbingOfDay = {
  readonly clientId: string
  readonly day: Day
  readonly wrongs: number
  readonly refused: number
  readonly stoppedAt: Date | null
}
