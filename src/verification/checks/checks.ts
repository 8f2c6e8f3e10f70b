/**
 * Answers checks within a party's work: few or thousands at once, by the same rules. The data that a party gives about
 * a person come in, as asked.ts read them. Decided here: whether there is an answer at all (probing), and which fields
 * differ from the register's. What goes out is yes or no with the names of those fields, and an entry in the person's
 * access log. Single checks of one moment share a transaction (queue.ts). Deeds: those of probing.
 */

import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import { type Asked, differing, type Field, type Identity } from '../asked.ts'
import { type GuessingRule, guessingRule, tellsStatus } from '../law.ts'
import type { Guesser } from '../probing/guess.ts'
import { countWrong, type Guessed, guessedOf, personWithheld, secondsUntil, type Withheld } from '../probing/person.ts'
import {
  countAnswer,
  guesserOf,
  noteStops,
  recordStops,
  saveCounts,
  standingOf,
  type Tally,
  tallyOf,
} from '../probing/probing.ts'
import { countTry, findTried, isTriedOut, type Sought, secretOf, soughtBy, type Tried } from '../probing/tried.ts'
import * as store from './store.ts'

/** Yes or no, and the names of the fields by which it is no; `status` only to whom the policy of the day lets. */
export type Answer = {
  readonly matched: boolean
  readonly differs: readonly Field[]
  readonly status?: 'cancelled' | 'deceased'
}

export type Outcome = Answer | Withheld

/** A check, and the request that it came with where that is another than the work's. */
export type Check = { readonly asked: Asked; readonly requestId?: string }

/** Equal to the answer for an unknown number in everything that the party can see. */
const nobody: Answer = { matched: false, differs: ['person_number'] }

type Holder = { readonly identity: Identity; readonly status: Answer['status']; readonly guessed: Guessed }

/** The state that the answers of one work share. */
type Session = {
  readonly work: Work
  readonly rule: GuessingRule
  readonly told: boolean
  readonly pace: 'singly' | 'in-bulk'
  readonly client: Tally
  readonly tried: Tried
}

const partial = ({ birth_y, birth_m, birth_d }: store.FoundRow): PartialDay => ({
  y: birth_y,
  ...(birth_m !== null && { m: birth_m }),
  ...(birth_m !== null && birth_d !== null && { d: birth_d }),
})

const statusOf = ({ number_state, life_status }: store.FoundRow): Answer['status'] =>
  number_state === 'cancelled' ? 'cancelled' : life_status === 'dead' ? 'deceased' : undefined

/**
 * Whether a client is to be answered at all. A batch waits for nothing: where it would be slowed it goes on, and where
 * it is stopped the rest has no answer.
 */
function clientWithheld({ work, rule, client, pace }: Session): Withheld | undefined {
  const standing = standingOf(rule, client)
  if (standing === 'stopped') return { withheld: 'client-stopped' }
  if (standing === 'free' || pace === 'in-bulk') return undefined
  const freeAt = client.wrongAt + standing.seconds * 1000
  return freeAt > work.now.getTime() ? { withheld: 'client-slowed', seconds: secondsUntil(work, freeAt) } : undefined
}

/** A cancelled number or a dead holder is no match, even where every field agrees. */
function compare(asked: Asked, { identity, status }: Holder): Answer {
  const differs: Field[] = [
    ...(status === 'cancelled' ? (['person_number'] as const) : []),
    ...differing(asked, identity),
  ]
  return { matched: differs.length === 0 && !status, differs, ...(status && { status }) }
}

/**
 * The number belongs to nobody or to an altogether different person, as nearly every number does for a client that
 * tries them out.
 */
function countStrange({ rule, client, tried }: Session, sought: Sought): void {
  client.added.strange += 1
  countTry(rule, tried, sought)
}

const isStrange = ({ differs }: Answer) => differs.includes('full_name') && differs.includes('birth_date')

function answer(session: Session, asked: Asked, sought: Sought, holder: Holder | undefined): Outcome {
  const withheld = clientWithheld(session)
  if (withheld) return withheld
  // Before any comparison: that a name gets no more answers says nothing about whose number it is.
  if (isTriedOut(session.rule, session.tried, sought)) return { withheld: 'numbers-stopped' }
  // A hidden holder is not counted either: a wait would reveal that the number has a holder.
  if (!holder || isHidden(session, holder)) {
    countAnswer(session.work, session.client, 'wrong')
    countStrange(session, sought)
    return nobody
  }
  const { guessed } = holder
  const held = personWithheld(session.work, session.rule, guessed)
  if (held) {
    guessed.refused += 1
    guessed.isChanged = true
    return held
  }
  const told = compare(asked, holder)
  countAnswer(session.work, session.client, told.differs.length > 0 ? 'wrong' : guessed.isKnown ? 'known' : 'right')
  guessed.isKnown = true
  if (isStrange(told)) countStrange(session, sought)
  if (told.differs.some(field => field !== 'person_number')) countWrong(session.work, session.rule, guessed)
  return told
}

const isHidden = ({ told }: Session, { status }: Holder) => status !== undefined && !told

/** Groups of fields as the person's access log shows them. */
const groups: Readonly<Record<Field, string>> = {
  person_number: 'number',
  full_name: 'name',
  birth_date: 'birth',
  sex: 'sex',
}
const looked = ({ sex }: Asked): string[] => [
  groups.person_number,
  groups.full_name,
  groups.birth_date,
  ...(sex === undefined ? [] : [groups.sex]),
]

/** A sandbox knows invented people alone: real numbers count as unknown, and the answer does not say so. */
async function keepSandbox(work: Work, holders: Map<string, Holder>): Promise<void> {
  for (const [number, { guessed }] of holders)
    if (!(await parties.isSandboxPerson(work, guessed.personId))) holders.delete(number)
}

async function find(
  work: Work,
  client: parties.Client,
  guesser: Guesser,
  checks: readonly Check[],
  sought: readonly Sought[],
  pace: Session['pace'],
) {
  const numbers = [...new Set(checks.map(({ asked }) => asked.number))]
  const isSingle = pace === 'singly'
  const named = isSingle ? sought.flatMap(one => one.named) : []
  const rows = await store.find(work, numbers, named, guesser, isSingle ? 'numbers' : 'client')
  const guessed = new Map<string, Guessed>()
  const holders = new Map<string, Holder>()
  for (const row of rows) {
    if (row.person_id === null) continue
    const one = guessed.get(row.person_id) ?? guessedOf(row, row.person_id)
    guessed.set(row.person_id, one)
    holders.set(row.number, {
      identity: { fullName: row.full_name, birth: partial(row), sex: row.sex === 'F' ? 'F' : 'M' },
      status: statusOf(row),
      guessed: one,
    })
  }
  if (client.sandbox) await keepSandbox(work, holders)
  return { holders, guessed, tally: tallyOf(rows[0]) }
}

/**
 * The access log's entries: for each holder who was found, the fields that were compared; where the answer hid the
 * holder, the number alone.
 */
function readingsOf(
  session: Session,
  checks: readonly Check[],
  outcomes: readonly Outcome[],
  holders: ReadonlyMap<string, Holder>,
) {
  return checks.flatMap(({ asked, requestId }, at): audit.OneReading[] => {
    const holder = holders.get(asked.number)
    if (!holder || 'withheld' in (outcomes[at] as Outcome)) return []
    const seen = isHidden(session, holder) ? [groups.person_number] : looked(asked)
    return [{ personId: holder.guessed.personId, fields: seen, ...(requestId !== undefined && { requestId }) }]
  })
}

/** The first request that met each kind of stop; in a batch, the batch. */
function stopsAmong(work: Work, checks: readonly Check[], outcomes: readonly Outcome[], code: string | undefined) {
  const found = new Map<'client-stopped' | 'numbers-stopped', string>()
  for (const [at, outcome] of outcomes.entries()) {
    if (!('withheld' in outcome) || (outcome.withheld !== 'client-stopped' && outcome.withheld !== 'numbers-stopped'))
      continue
    const requestId = checks[at]?.requestId ?? code ?? work.requestId
    if (requestId !== undefined && !found.has(outcome.withheld)) found.set(outcome.withheld, requestId)
  }
  return found
}

/**
 * Answers checks of one client, in their order. The work is the party's, sees the house, and has the purpose
 * `verification`; the caller spends the quota. A check that found a person is logged in that person's history. Of a
 * check that found nobody only the client's count is kept, and hashes of what it tried until the day is over. In bulk a
 * party's other batches count too, and a client that would be slowed is not. `code`: the id under which the flight
 * recorder finds it, where that is not the request's.
 */
export async function answerAll(
  work: Work,
  client: parties.Client,
  checks: readonly Check[],
  pace: 'singly' | 'in-bulk',
  code?: string,
): Promise<Outcome[]> {
  if (checks.length === 0) return []
  const guesser = guesserOf(work, client)
  const secret = secretOf(guesser.guesser, guesser.day)
  const sought = checks.map(({ asked }) => soughtBy(secret, asked))
  const { holders, guessed, tally } = await find(work, client, guesser, checks, sought, pace)
  const session: Session = {
    work,
    rule: guessingRule(work.today, work),
    told: tellsStatus(work.today, client.legalBasis, work),
    pace,
    client: tally,
    // A party that has named no existing number yet has nothing to look up.
    tried: await findTried(work, tally.ofParty.strange > 0 ? sought : [], guesser.guesser, guesser.day),
  }
  const outcomes = checks.map(({ asked }, at) =>
    answer(session, asked, sought[at] as Sought, holders.get(asked.number)),
  )

  await audit.noteReadings(work, readingsOf(session, checks, outcomes, holders))
  await saveCounts(work, guesser, tally.added, guessed.values(), session.tried.added)
  await recordStops(work, session.rule, client, tally, session.tried.stopped)
  await noteStops(work, client.clientId, stopsAmong(work, checks, outcomes, code))
  return outcomes
}
