/**
 * Answers checks within a party's work: few or thousands at once, by the same rules. The data that a party gives about
 * a person come in, as person-data.ts read them. Decided here: whether there is an answer at all (probing), and
 * which fields differ from the register's. What goes out is yes or no with the names of those fields, and an entry in
 * the person's access log. Single checks of one moment share a transaction (queue.ts). Deeds: those of probing.
 */

import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import type { PartialDay } from '../../platform/day.ts'
import { mapInTurns } from '../../platform/jobs/turns.ts'
import type { Work } from '../../platform/work.ts'
import { differingFields, type Identity } from '../compare-identity.ts'
import { type ProbingRule, probingRuleOn, tellsStatus } from '../law.ts'
import type { CheckField, CheckRequest } from '../person-data.ts'
import type { ProbingClient } from '../probing/guess-counts.ts'
import {
  type ClientTally,
  clientLimitOf,
  clientTallyOf,
  countAnswer,
  noteStops,
  probingClientOf,
  recordStops,
  saveCounts,
} from '../probing/probing.ts'
import {
  countTry,
  hashesOf,
  isTriedOut,
  readTriedNames,
  type SoughtPerson,
  secretOf,
  type TriedNames,
} from '../probing/tried-numbers.ts'
import {
  countWrongAnswer,
  type ProbedPerson,
  probedPersonOf,
  secondsToWait,
  type WithheldAnswer,
  withheldForPerson,
} from '../probing/withheld-answer.ts'
import * as store from './store.ts'

/** Yes or no, and the names of the fields by which it is no; `status` only to whom the policy of the day lets. */
export type CheckAnswer = {
  readonly matched: boolean
  readonly differs: readonly CheckField[]
  readonly status?: 'cancelled' | 'deceased'
}

export type CheckOutcome = CheckAnswer | WithheldAnswer

/** A check, and the request that it came with where that is another than the work's. */
export type Check = { readonly asked: CheckRequest; readonly requestId?: string }

/** Equal to the answer for an unknown number in everything that the party can see. */
const nobody: CheckAnswer = { matched: false, differs: ['person_number'] }

type NumberHolder = {
  readonly identity: Identity
  readonly status: CheckAnswer['status']
  readonly guessed: ProbedPerson
}

/** The state that the answers of one work share. */
type CheckSession = {
  readonly work: Work
  readonly rule: ProbingRule
  readonly mayTellStatus: boolean
  readonly pace: 'singly' | 'in-bulk'
  readonly client: ClientTally
  readonly tried: TriedNames
}

const birthOf = ({ birth_y, birth_m, birth_d }: store.HolderRow): PartialDay => ({
  y: birth_y,
  ...(birth_m !== null && { m: birth_m }),
  ...(birth_m !== null && birth_d !== null && { d: birth_d }),
})

const statusOf = ({ number_state, life_status }: store.HolderRow): CheckAnswer['status'] =>
  number_state === 'cancelled' ? 'cancelled' : life_status === 'dead' ? 'deceased' : undefined

/**
 * Whether a client is to be answered at all. A batch waits for nothing: where it would be slowed it goes on, and where
 * it is stopped the rest has no answer.
 */
function clientWithheld({ work, rule, client, pace }: CheckSession): WithheldAnswer | undefined {
  const standing = clientLimitOf(rule, client)
  if (standing === 'stopped') return { withheld: 'client-stopped' }
  if (standing === 'free' || pace === 'in-bulk') return undefined
  const freeAt = client.wrongAt + standing.seconds * 1000
  return freeAt > work.now.getTime() ? { withheld: 'client-slowed', seconds: secondsToWait(work, freeAt) } : undefined
}

/** A cancelled number or a dead holder is no match, even where every field agrees. */
function compareWithHolder(request: CheckRequest, { identity, status }: NumberHolder): CheckAnswer {
  const differs: CheckField[] = [
    ...(status === 'cancelled' ? (['person_number'] as const) : []),
    ...differingFields(request, identity),
  ]
  return { matched: differs.length === 0 && !status, differs, ...(status && { status }) }
}

/**
 * The number belongs to nobody or to an altogether different person, as nearly every number does for a client that
 * tries them out.
 */
function countStrangeName({ rule, client, tried }: CheckSession, sought: SoughtPerson): void {
  client.added.strange += 1
  countTry(rule, tried, sought)
}

const isStrange = ({ differs }: CheckAnswer) => differs.includes('full_name') && differs.includes('birth_date')

function answerCheck(
  session: CheckSession,
  request: CheckRequest,
  sought: SoughtPerson,
  holder: NumberHolder | undefined,
): CheckOutcome {
  const withheld = clientWithheld(session)
  if (withheld) return withheld
  // Before any comparison: that a name gets no more answers says nothing about whose number it is.
  if (isTriedOut(session.rule, session.tried, sought)) return { withheld: 'numbers-stopped' }
  // A hidden holder is not counted either: a wait would reveal that the number has a holder.
  if (!holder || isHidden(session, holder)) {
    countAnswer(session.work, session.client, 'wrong')
    countStrangeName(session, sought)
    return nobody
  }
  const { guessed } = holder
  const held = withheldForPerson(session.work, session.rule, guessed)
  if (held) {
    guessed.refused += 1
    guessed.isChanged = true
    return held
  }
  const told = compareWithHolder(request, holder)
  countAnswer(session.work, session.client, told.differs.length > 0 ? 'wrong' : guessed.isKnown ? 'known' : 'right')
  guessed.isKnown = true
  if (isStrange(told)) countStrangeName(session, sought)
  if (told.differs.some(field => field !== 'person_number')) countWrongAnswer(session.work, session.rule, guessed)
  return told
}

const isHidden = ({ mayTellStatus: told }: CheckSession, { status }: NumberHolder) => status !== undefined && !told

/** Groups of fields as the person's access log shows them. */
const groups: Readonly<Record<CheckField, string>> = {
  person_number: 'number',
  full_name: 'name',
  birth_date: 'birth',
  sex: 'sex',
}
const lookedAtFields = ({ sex }: CheckRequest): string[] => [
  groups.person_number,
  groups.full_name,
  groups.birth_date,
  ...(sex === undefined ? [] : [groups.sex]),
]

/**
 * A sandbox knows invented people alone: of real numbers nothing is looked up, they count as unknown, and the answer
 * does not say so. The empty number, which is nobody's, brings the client's counts where no other number is left.
 */
async function sandboxNumbers(work: Work, numbers: readonly string[]): Promise<string[]> {
  const held = await store.findNumberHolders(work, numbers)
  const invented = await parties.sandboxPeople(
    work,
    held.map(({ personId }) => personId),
  )
  return [...held.flatMap(({ number, personId }) => (invented.has(personId) ? [number] : [])), '']
}

/** What checks of one work have in common before anybody is looked up. */
type Asking = {
  readonly work: Work
  readonly client: parties.Client
  readonly checks: readonly Check[]
  readonly guesser: ProbingClient
  readonly sought: readonly SoughtPerson[]
  readonly numbers: readonly string[]
}

async function prepare(work: Work, client: parties.Client, checks: readonly Check[]): Promise<Asking> {
  const guesser = probingClientOf(work, client)
  const secret = secretOf(guesser.guesser, guesser.day)
  return {
    ...{ work, client, checks, guesser },
    sought: await mapInTurns(checks, ({ asked }) => hashesOf(secret, asked)),
    numbers: [...new Set(checks.map(one => one.asked.number))],
  }
}

const namedIn = (sought: readonly SoughtPerson[]) => sought.flatMap(one => one.named)

function holdersOf(rows: readonly store.HolderRow[]) {
  const guessed = new Map<string, ProbedPerson>()
  const holders = new Map<string, NumberHolder>()
  for (const row of rows) {
    if (row.person_id === null) continue
    const one = guessed.get(row.person_id) ?? probedPersonOf(row, row.person_id)
    guessed.set(row.person_id, one)
    holders.set(row.number, {
      identity: { fullName: row.full_name, birth: birthOf(row), sex: row.sex === 'F' ? 'F' : 'M' },
      status: statusOf(row),
      guessed: one,
    })
  }
  return { holders, guessed }
}

/**
 * The access log's entries: for each holder who was found, the fields that were compared; where the answer hid the
 * holder, the number alone.
 */
function readingsOf(
  session: CheckSession,
  checks: readonly Check[],
  outcomes: readonly CheckOutcome[],
  holders: ReadonlyMap<string, NumberHolder>,
) {
  return checks.flatMap(({ asked, requestId }, at): audit.PersonReading[] => {
    const holder = holders.get(asked.number)
    if (!holder || 'withheld' in (outcomes[at] as CheckOutcome)) return []
    const seen = isHidden(session, holder) ? [groups.person_number] : lookedAtFields(asked)
    return [{ personId: holder.guessed.personId, fields: seen, ...(requestId !== undefined && { requestId }) }]
  })
}

/** The first request that met each kind of stop; in a batch, the batch. */
function stopsAmong(work: Work, checks: readonly Check[], outcomes: readonly CheckOutcome[], code: string | undefined) {
  const found = new Map<'client-stopped' | 'numbers-stopped', string>()
  for (const [at, outcome] of outcomes.entries()) {
    if (!('withheld' in outcome) || (outcome.withheld !== 'client-stopped' && outcome.withheld !== 'numbers-stopped'))
      continue
    const requestId = checks[at]?.requestId ?? code ?? work.requestId
    if (requestId !== undefined && !found.has(outcome.withheld)) found.set(outcome.withheld, requestId)
  }
  return found
}

/** Answers checks of which has been read whom they mean, what was counted and what was tried. */
async function answerFound(
  { work, client, checks, guesser, sought }: Asking,
  rows: readonly store.HolderRow[],
  tried: TriedNames,
  { pace, code }: { readonly pace: CheckSession['pace']; readonly code?: string | undefined },
): Promise<CheckOutcome[]> {
  const { holders, guessed } = holdersOf(rows)
  const tally = clientTallyOf(rows[0])
  const session: CheckSession = {
    work,
    rule: probingRuleOn(work.today, work),
    mayTellStatus: tellsStatus(work.today, client.legalBasis, work),
    pace,
    client: tally,
    tried,
  }
  const outcomes = await mapInTurns(checks, ({ asked }, at) =>
    answerCheck(session, asked, sought[at] as SoughtPerson, holders.get(asked.number)),
  )

  await audit.noteReadings(work, readingsOf(session, checks, outcomes, holders))
  await saveCounts(work, guesser, tally.added, guessed.values(), tried.added)
  await recordStops(work, session.rule, client, tally, tried.stopped)
  await noteStops(work, client.clientId, stopsAmong(work, checks, outcomes, code))
  return outcomes
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
): Promise<CheckOutcome[]> {
  if (checks.length === 0) return []
  const asking = await prepare(work, client, checks)
  const { guesser, sought } = asking
  const numbers = client.sandbox ? await sandboxNumbers(work, asking.numbers) : asking.numbers
  const rows =
    pace === 'singly'
      ? await store.findHolderRows(work, numbers, namedIn(sought), guesser, 'numbers')
      : await store.findHolderRows(work, numbers, [], guesser, 'client')
  // A party that has named no existing number yet has nothing to look up.
  const isStrange = clientTallyOf(rows[0]).ofParty.strange > 0
  const tried = await readTriedNames(work, isStrange ? sought : [], guesser.guesser, guesser.day)
  return answerFound(asking, rows, tried, { pace, code })
}

/**
 * Spends the quota and answers single checks of one client, as `answerAll`; where the quota is used up, nobody is
 * looked up, and it is told when it begins anew. What is read goes in one message, what is written in another (where
 * the work sends them so).
 */
export async function answerWithinQuota(
  work: Work,
  client: parties.Client,
  checks: readonly Check[],
): Promise<CheckOutcome[] | { readonly resetsAt: Date }> {
  // Which of its numbers are invented people's is looked up in between.
  if (client.sandbox) {
    const spent = await parties.spendQuota(work, client.clientId, 'verification', checks.length)
    return 'over' in spent ? { resetsAt: spent.resetsAt } : answerAll(work, client, checks, 'singly')
  }
  const asking = await prepare(work, client, checks)
  const { guesser, sought, numbers } = asking
  const spending = { count: checks.length, usual: parties.usualLimits('verification') }
  let rows: readonly store.HolderWithinQuotaRow[] = []
  await store.findWithinQuota(work, spending, { numbers, named: namedIn(sought), guesser }, found => {
    rows = found
  })
  const tried = await readTriedNames(work, sought, guesser.guesser, guesser.day)
  const resetsAt = rows[0]?.resets_at
  return resetsAt ? { resetsAt } : answerFound(asking, rows, tried, { pace: 'singly' })
}
