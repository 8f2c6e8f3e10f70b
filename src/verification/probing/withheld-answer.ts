import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type ProbingRule, waitAfter } from '../law.ts'
import type { ProbedPersonRow } from './guess-counts.ts'

/**
 * No answer: too much was wrong lately, about this person or altogether, or this name and birth date were tried under
 * too many numbers.
 */
export type WithheldAnswer = {
  readonly withheld: 'person-slowed' | 'person-stopped' | 'client-slowed' | 'client-stopped' | 'numbers-stopped'
  readonly seconds?: number
}

/** Today's wrong answers about a person, by any of their numbers. */
export type ProbedPerson = {
  readonly personId: Id<'person'>
  wrongs: number
  readonly others: number
  refused: number
  freeAt: number
  stopped: boolean
  readonly wasStopped: boolean
  isChanged: boolean
  /** Whether its party has looked them up before, on this day. */
  isKnown: boolean
}

export const probedPersonOf = (row: ProbedPersonRow, personId: Id<'person'>): ProbedPerson => ({
  personId,
  wrongs: row.wrongs,
  others: row.wrongs_of_all - row.wrongs,
  refused: 0,
  freeAt: row.free_at?.getTime() ?? 0,
  stopped: row.stopped,
  wasStopped: row.stopped,
  isChanged: false,
  isKnown: row.known,
})

export const secondsToWait = (work: Work, instant: number) =>
  Math.max(1, Math.ceil((instant - work.now.getTime()) / 1000))

/** Whether about a person there is an answer for this client, and if not, why. */
export function withheldForPerson(work: Work, rule: ProbingRule, person: ProbedPerson): WithheldAnswer | undefined {
  if (person.stopped || person.wrongs + person.others >= rule.stopOfAll) return { withheld: 'person-stopped' }
  return person.freeAt > work.now.getTime()
    ? { withheld: 'person-slowed', seconds: secondsToWait(work, person.freeAt) }
    : undefined
}

/**
 * Counts a wrong answer about a person: some are free, then each doubles the wait, and at the last there is no answer
 * more.
 */
export function countWrongAnswer(work: Work, rule: ProbingRule, person: ProbedPerson): void {
  person.wrongs += 1
  person.isChanged = true
  const wait = waitAfter(rule, person.wrongs)
  if (wait > 0) person.freeAt = work.now.getTime() + wait * 1000
  if (person.wrongs >= rule.stop || person.wrongs + person.others >= rule.stopOfAll) person.stopped = true
}
