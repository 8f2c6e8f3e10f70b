import type { Id } from '../../platform/ids.ts'
/**
 * Who guesses. What a client asked comes in, answer by answer: how much was wrong, about whom (person.ts), and which
 * names and birth dates were tried under number after number (tried-numbers.ts). By the rule of the day (law.ts) it is
 * decided who is slowed, who is stopped, and which names are answered no more. What goes out: waits and stops, and for
 * a person's own page who guessed about them. Deeds: verification.stopped, .client-stopped, .numbers-stopped.
 */

import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import { addDays, dayAt } from '../../platform/day.ts'
import { deleteBySteps } from '../../platform/jobs/delete-by-steps.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { clientLimit, type PartyCounts, type ProbingRule, probingShownDays } from '../law.ts'
import type { AnswerCounts, ClientCountsRow, NewTriedName, ProbingClient, ProbingOfDay } from './guess-counts.ts'
import * as store from './store.ts'
import type { ProbedPerson } from './withheld-answer.ts'

export type ClientTally = {
  readonly before: Omit<AnswerCounts, 'strange'>
  /** All clients of the party, this one too. */
  readonly ofParty: PartyCounts
  readonly added: { -readonly [Count in keyof AnswerCounts]: number }
  wrongAt: number
}

/** A party's clients guess together; a sandbox client knows invented people alone, and guesses for itself. */
export const probingClientOf = ({ now }: Work, { clientId, partyId, sandbox }: parties.Client): ProbingClient => ({
  clientId,
  partyId,
  guesser: sandbox ? clientId : partyId,
  day: dayAt(now),
})

export const clientTallyOf = (row: ClientCountsRow | undefined): ClientTally => ({
  before: { asked: row?.client_asked ?? 0, again: row?.client_again ?? 0, wrong: row?.client_wrong ?? 0 },
  ofParty: { wrong: row?.guesser_wrong ?? 0, strange: row?.guesser_strange ?? 0 },
  added: { asked: 0, again: 0, wrong: 0, strange: 0 },
  wrongAt: row?.client_wrong_at?.getTime() ?? 0,
})

/**
 * Whoever was confirmed before is not asked about anew: of a batch in which one true row comes again and again, the
 * others are what it asks.
 */
export function clientLimitOf(
  rule: ProbingRule,
  { before, added, ofParty }: ClientTally,
): ReturnType<typeof clientLimit> {
  const asked = before.asked + added.asked - before.again - added.again
  return clientLimit(rule, asked, before.wrong + added.wrong, {
    wrong: ofParty.wrong + added.wrong,
    strange: ofParty.strange + added.strange,
  })
}

/** Counts an answer. `known`: it was yes, about somebody whom the party had looked up before. */
export function countAnswer({ now }: Work, tally: ClientTally, answer: 'right' | 'known' | 'wrong'): void {
  const { added } = tally
  added.asked += 1
  if (answer === 'known') added.again += 1
  if (answer !== 'wrong') return
  added.wrong += 1
  tally.wrongAt = now.getTime()
}

/**
 * Keeps what a work's answers changed: of the client, of some persons, and of what was tried. A person who is now
 * stopped for a client has the deed.
 */
export async function saveCounts(
  work: Work,
  guesser: ProbingClient,
  added: AnswerCounts,
  probed: Iterable<ProbedPerson>,
  tries: readonly NewTriedName[],
): Promise<void> {
  const changed = [...probed].filter(({ isChanged }) => isChanged)
  if (added.asked === 0 && changed.length === 0) return
  const persons = changed.map(({ personId, wrongs, refused, freeAt, stopped }) => ({
    personId,
    wrongs,
    refused,
    freeAt: new Date(Math.max(freeAt, work.now.getTime())),
    stoppedAt: stopped ? work.now : undefined,
  }))
  await store.addAnswerCounts(work, guesser, added, persons, tries)
  for (const { personId, stopped, wasStopped, wrongs } of changed)
    if (stopped && !wasStopped)
      await audit.record(work, 'verification.stopped', { kind: 'client', id: guesser.clientId, personId }, { wrongs })
}

/** The work that stops a client has its deed; so has one that stops names, for all of them. */
export async function recordStops(
  work: Work,
  rule: ProbingRule,
  { clientId }: parties.Client,
  tally: ClientTally,
  names: number,
): Promise<void> {
  const client = { kind: 'client', id: clientId }
  const { before, added, ofParty } = tally
  const nothing = { asked: 0, again: 0, wrong: 0, strange: 0 }
  if (clientLimitOf(rule, tally) === 'stopped' && clientLimitOf(rule, { ...tally, added: nothing }) !== 'stopped')
    await audit.record(work, 'verification.client-stopped', client, {
      asked: before.asked + added.asked,
      again: before.again + added.again,
      wrong: before.wrong + added.wrong,
      strange: ofParty.strange + added.strange,
    })
  if (names > 0) await audit.record(work, 'verification.numbers-stopped', client, { stopped: names })
}

const stopChecks = { 'client-stopped': 'too-much-wrong', 'numbers-stopped': 'numbers-tried' } as const

/**
 * The party's engineer sees by the id of the request, or of the batch, that answers were withheld: once a work, however
 * many.
 */
export const noteStops = (
  work: Work,
  clientId: string,
  withheld: ReadonlyMap<keyof typeof stopChecks, string>,
): Promise<void> =>
  parties.recordFlights(
    work,
    [...withheld].map(([why, requestId]) => ({
      requestId,
      clientId,
      endpoint: 'verification',
      outcome: 'failed',
      check: stopChecks[why],
    })),
  )

/**
 * Which clients said something wrong about a person, on which days, how often, and since when they are answered no
 * more: for the person's own page.
 */
export const probingAbout: (work: Work, personId: Id<'person'>) => Promise<ProbingOfDay[]> = store.findProbingOfPerson

const countsToldFrom = (work: Work) => addDays(dayAt(work.now), -ruleOn(probingShownDays, work.today, work))

/** Forgets what was tried once its day is over, and counts that are told no more. */
export async function forgetProbing(openWork: OpenWork): Promise<void> {
  const authority = asSystem('verification')
  await deleteBySteps(openWork, authority, (work, most) => store.forgetTried(work, dayAt(work.now), most))
  await deleteBySteps(openWork, authority, (work, most) => store.forgetWrongs(work, countsToldFrom(work), most))
  await deleteBySteps(openWork, authority, (work, most) => store.forgetTallies(work, countsToldFrom(work), most))
}
