import * as audit from '../audit/audit.ts'
import * as parties from '../parties/parties.ts'
import { dayAt, type PartialDay } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { type Asked, differing, type Field, type Identity } from './asked.ts'
import { clientStanding, type GuessingRule, guessingRule, tellsStatus, waitAfter } from './policy.ts'
import * as store from './store.ts'

/** Checks in a work of the party's: few or thousands at once, by the same rules. */

/** Yes or no, and the names of the fields by which it is no; `status` only to whom the policy of the day lets. */
export type Answer = { readonly matched: boolean; readonly differs: readonly Field[]; readonly status?: 'cancelled' | 'deceased' }

/** No answer: too much was wrong lately, about this person or altogether. */
export type Withheld = {
  readonly withheld: 'person-slowed' | 'person-stopped' | 'client-slowed' | 'client-stopped'
  readonly seconds?: number
}

export type Outcome = Answer | Withheld

/** A check, and the request that it came with where that is another than the work's. */
export type Check = { readonly asked: Asked; readonly requestId?: string }

/** Unlike an unknown number in nothing that is told. */
const nobody: Answer = { matched: false, differs: ['person_number'] }

/** What was guessed about a person today, by whichever of their numbers. */
type Guessed = {
  readonly personId: string
  wrongs: number
  readonly others: number
  refused: number
  freeAt: number
  stopped: boolean
  readonly wasStopped: boolean
  isChanged: boolean
}

type Holder = { readonly identity: Identity; readonly status: Answer['status']; readonly guessed: Guessed }

type Client = { asked: number; wrong: number; wrongAt: number; newWrong: number; newAsked: number }

/** What the answers of one work rest on. */
type Session = {
  readonly work: Work
  readonly rule: GuessingRule
  readonly told: boolean
  readonly pace: 'singly' | 'in-bulk'
  readonly client: Client
}

const partial = ({ birth_y, birth_m, birth_d }: store.FoundRow): PartialDay => ({
  y: birth_y,
  ...(birth_m !== null && { m: birth_m }),
  ...(birth_m !== null && birth_d !== null && { d: birth_d }),
})

const statusOf = ({ number_state, life_status }: store.FoundRow): Answer['status'] =>
  number_state === 'cancelled' ? 'cancelled' : life_status === 'dead' ? 'deceased' : undefined

const guessedOf = (row: store.FoundRow, personId: string): Guessed => ({
  personId,
  wrongs: row.wrongs,
  others: row.wrongs_of_all - row.wrongs,
  refused: 0,
  freeAt: row.free_at?.getTime() ?? 0,
  stopped: row.stopped,
  wasStopped: row.stopped,
  isChanged: false,
})

const secondsUntil = (work: Work, instant: number) => Math.max(1, Math.ceil((instant - work.now.getTime()) / 1000))

/** Whether a client is to be answered at all. A batch waits for nothing: where it would be slowed it goes on, and where it is stopped the rest has no answer. */
function clientWithheld({ work, rule, client, pace }: Session): Withheld | undefined {
  const standing = clientStanding(rule, client.asked, client.wrong)
  if (standing === 'stopped') return { withheld: 'client-stopped' }
  if (standing === 'free' || pace === 'in-bulk') return undefined
  const freeAt = client.wrongAt + standing.seconds * 1000
  return freeAt > work.now.getTime() ? { withheld: 'client-slowed', seconds: secondsUntil(work, freeAt) } : undefined
}

function personWithheld({ work, rule }: Session, person: Guessed): Withheld | undefined {
  if (person.stopped || person.wrongs + person.others >= rule.stopOfAll) return { withheld: 'person-stopped' }
  return person.freeAt > work.now.getTime() ? { withheld: 'person-slowed', seconds: secondsUntil(work, person.freeAt) } : undefined
}

function countWrong({ work, rule }: Session, person: Guessed): void {
  person.wrongs += 1
  person.isChanged = true
  const wait = waitAfter(rule, person.wrongs)
  if (wait > 0) person.freeAt = work.now.getTime() + wait * 1000
  if (person.wrongs >= rule.stop || person.wrongs + person.others >= rule.stopOfAll) person.stopped = true
}

/** Nobody acts by a number that was cancelled, nor as somebody who died: whatever else agrees, it is no match. */
function compare(asked: Asked, { identity, status }: Holder): Answer {
  const differs: Field[] = [...(status === 'cancelled' ? (['person_number'] as const) : []), ...differing(asked, identity)]
  return { matched: differs.length === 0 && !status, differs, ...(status && { status }) }
}

function countClient({ work, client }: Session, { differs }: Answer): void {
  client.asked += 1
  client.newAsked += 1
  if (differs.length === 0) return
  client.wrong += 1
  client.newWrong += 1
  client.wrongAt = work.now.getTime()
}

function answer(session: Session, asked: Asked, holder: Holder | undefined): Outcome {
  const withheld = clientWithheld(session)
  if (withheld) return withheld
  // Of whom nothing is told, nothing is counted either: a wait would tell that the number is somebody's.
  if (!holder || isHidden(session, holder)) {
    countClient(session, nobody)
    return nobody
  }
  const { guessed } = holder
  const held = personWithheld(session, guessed)
  if (held) {
    guessed.refused += 1
    guessed.isChanged = true
    return held
  }
  const told = compare(asked, holder)
  countClient(session, told)
  if (told.differs.some(field => field !== 'person_number')) countWrong(session, guessed)
  return told
}

const isHidden = ({ told }: Session, { status }: Holder) => status !== undefined && !told

/** Groups of fields as a person's history tells them. */
const groups: Readonly<Record<Field, string>> = { person_number: 'number', full_name: 'name', birth_date: 'birth', sex: 'sex' }
const looked = ({ sex }: Asked): string[] => [
  groups.person_number,
  groups.full_name,
  groups.birth_date,
  ...(sex === undefined ? [] : [groups.sex]),
]

/** A sandbox knows invented people alone: anybody else is nobody there, and is not told of it. */
async function keepSandbox(work: Work, holders: Map<string, Holder>): Promise<void> {
  for (const [number, { guessed }] of holders) if (!(await parties.isSandboxPerson(work, guessed.personId))) holders.delete(number)
}

async function find(work: Work, client: parties.Client, numbers: readonly string[], pace: Session['pace']) {
  const rows = await store.find(work, numbers, client.clientId, dayAt(work.now), pace === 'singly' ? 'numbers' : 'client')
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
  const [first] = rows
  const counts: Client = {
    asked: first?.client_asked ?? 0,
    wrong: first?.client_wrong ?? 0,
    wrongAt: first?.client_wrong_at?.getTime() ?? 0,
    newAsked: 0,
    newWrong: 0,
  }
  return { holders, guessed, counts }
}

/** Who was looked up stands in their history, with what was compared; where nothing was told of them, that their number was asked for. */
function readingsOf(session: Session, checks: readonly Check[], outcomes: readonly Outcome[], holders: ReadonlyMap<string, Holder>) {
  return checks.flatMap(({ asked, requestId }, at): audit.OneReading[] => {
    const holder = holders.get(asked.number)
    if (!holder || 'withheld' in (outcomes[at] as Outcome)) return []
    const seen = isHidden(session, holder) ? [groups.person_number] : looked(asked)
    return [{ personId: holder.guessed.personId, fields: seen, ...(requestId !== undefined && { requestId }) }]
  })
}

async function saveCounts(
  work: Work,
  { clientId }: parties.Client,
  { newAsked, newWrong }: Client,
  guessed: Iterable<Guessed>,
): Promise<void> {
  const changed = [...guessed].filter(({ isChanged }) => isChanged)
  if (newAsked === 0 && changed.length === 0) return
  await store.count(work, clientId, dayAt(work.now), {
    asked: newAsked,
    wrong: newWrong,
    persons: changed.map(({ personId, wrongs, refused, freeAt, stopped }) => ({
      personId,
      wrongs,
      refused,
      freeAt: new Date(Math.max(freeAt, work.now.getTime())),
      stoppedAt: stopped ? work.now : undefined,
    })),
  })
  for (const { personId, stopped, wasStopped, wrongs } of changed)
    if (stopped && !wasStopped) await audit.record(work, 'verification.stopped', { kind: 'client', id: clientId, personId }, { wrongs })
}

/**
 * Answers checks of one client, in their order. The work is the party's, sees the house, and is for the purpose `verification`; the quota is the caller's to
 * spend. Each that found somebody stands in that person's history; of one that found nobody nothing is kept but that a client asked. In bulk a client is held
 * against its other batches, and a client that would be slowed is not.
 */
export async function answerAll(
  work: Work,
  client: parties.Client,
  checks: readonly Check[],
  pace: 'singly' | 'in-bulk',
): Promise<Outcome[]> {
  if (checks.length === 0) return []
  const { holders, guessed, counts } = await find(work, client, [...new Set(checks.map(({ asked }) => asked.number))], pace)
  const session: Session = {
    work,
    rule: guessingRule(work.today),
    told: tellsStatus(work.today, client.legalBasis),
    pace,
    client: counts,
  }
  const outcomes = checks.map(({ asked }) => answer(session, asked, holders.get(asked.number)))

  await audit.noteReadings(work, readingsOf(session, checks, outcomes, holders))
  await saveCounts(work, client, counts, guessed.values())
  return outcomes
}
