import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { yearOf } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { longestRoster, oldestOnRoster } from '../law.ts'
import { needsAt } from '../needs-at-session.ts'
import { planningProblem } from '../problems.ts'
import type { TeamSession, TeamSessionId } from '../session.ts'
import { needsKit } from '../sessions/capacity.ts'
import { capacityFor, type PlanningConsent, type RaisedWarning, refuseUnconfirmed } from '../sessions/checks.ts'
import { getKits } from '../sessions/kits.ts'
import { caseKind, casesFor, holdTeamSession } from '../sessions/sessions.ts'
import { getSite } from '../sessions/sites.ts'
import * as store from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import { ownPlaces, setOwnComing } from './store-own.ts'
import { ageAt, isTooYoung } from './who-may-be-asked.ts'

/**
 * The roster of a session: the people invited and their outcomes. People come in by name, class or unit. Decided here:
 * who lacks what the session gives, who fits in its hours, and who waits in another session. At the session each line
 * gets its outcome (session-run.ts), or from a station's capture (follow-application.ts); closing.ts counts the lines
 * and signs off. What goes out: the roster that a station takes along, and the session's closing document. Deeds:
 * roster.*, session.opened, session.closed, sessions.history-imported.
 */

/** The rosters that a person is on, for their own page. */
export { type OwnPlace, ownPlaces } from './store-own.ts'

/**
 * The people to invite: named ones, or everyone of a school's classes or of a unit who lacks what the session gives.
 */
export type RosterRequest =
  | { readonly persons: readonly register.PersonId[] }
  | { readonly schoolId: Id<'school'>; readonly classes?: readonly string[] | undefined }
  | { readonly unitId: Id<'unit'> }

type RosterCandidate = {
  readonly personId: register.PersonId
  readonly schoolId?: Id<'school'> | null
  readonly class?: string | null
}

/** A list is read in pages; a roster longer than some of them is no session any more. */
const pageOf = 1000

type NeedListFilter = Parameters<typeof campaign.listPeopleInNeed>[1]

function needFilterOf(
  work: Work,
  { kind }: TeamSession,
  request: Exclude<RosterRequest, { persons: unknown }>,
): NeedListFilter {
  const latest = yearOf(work.today) - ageAt(kind, work)
  return {
    needs: [...needsAt[kind]],
    ...(ageAt(kind, work) > 0 && { born: Array.from({ length: oldestOnRoster }, (_, n) => latest - n) }),
    ...('schoolId' in request
      ? {
          basis: 'school',
          schools: [request.schoolId],
          ...(request.classes?.length && { classes: [...request.classes] }),
        }
      : { basis: 'permanent', unit: request.unitId }),
  }
}

async function findPeopleLacking(
  work: Work,
  session: TeamSession,
  request: Exclude<RosterRequest, { persons: unknown }>,
): Promise<RosterCandidate[]> {
  const filter = needFilterOf(work, session, request)
  const found: RosterCandidate[] = []
  for (let after: string | undefined; ; ) {
    const { people, next } = await campaign.listPeopleInNeed(work, filter, { limit: pageOf, ...(after && { after }) })
    for (const { id, school, class: inClass, born } of people)
      if (!isTooYoung(work, session.kind, born))
        found.push({ personId: id, schoolId: school?.id ?? null, class: inClass })
    if (!next || found.length >= longestRoster) return found.slice(0, longestRoster)
    after = next
  }
}

/** Who is on the roster, by class and name, with a trace of the reading. Throws session-gone. */
export async function readRoster(work: Work, id: TeamSessionId): Promise<store.NamedRosterLine[]> {
  if (!(await sessions.findSession(work, id))) throw planningProblem('session-gone')
  const lines = await store.namedLinesOf(work, id)
  await audit.noteReading(
    work,
    lines.map(({ personId }) => personId),
    ['identity'],
  )
  return withNamesOfOthers(work, lines)
}

/** Who lives elsewhere is opened to a session by what a review compares: enough to call them by name. */
async function withNamesOfOthers(
  work: Work,
  lines: readonly store.NamedRosterLine[],
): Promise<store.NamedRosterLine[]> {
  const others = lines.flatMap(({ name, personId }) => (name === null ? [personId] : []))
  const compared = new Map((await register.listCompared(work, others)).map(person => [person.id, person]))
  return lines.map(line => {
    const other = compared.get(line.personId)
    if (!other) return line
    const { y, m = null, d = null } = other.birthDate
    return { ...line, name: other.fullName, birthY: y, birthM: m, birthD: d }
  })
}

export type CandidateCounts = {
  readonly classes: readonly { readonly name: string; readonly lacking: number }[]
  readonly unit: { readonly name: string; readonly lacking: number }
}

/**
 * How many could be asked: of each class of the site's school, and of the unit's people. Counts alone; who they are is
 * read when they are added.
 */
export async function countCandidates(work: Work, id: TeamSessionId): Promise<CandidateCounts> {
  const session = await holdTeamSession(work, id)
  const { schoolId } = await getSite(work, session.siteId)
  const ofSchool = schoolId ? (await campaign.countNeeds(work, needFilterOf(work, session, { schoolId }))).byClass : []
  const { of, all } = await campaign.countNeeds(work, needFilterOf(work, session, { unitId: session.unitId }))
  return {
    classes: ofSchool
      .filter(({ counted }) => counted.inNeed > 0)
      .map(({ name, counted }) => ({ name, lacking: counted.inNeed })),
    unit: { name: of.unit.name, lacking: all.inNeed },
  }
}

/** People by name: those whom the scope sees. Throws person-unknown for anyone else. */
async function peopleByIds(work: Work, ids: readonly register.PersonId[]): Promise<RosterCandidate[]> {
  const seen = await register.listSummaries(work, ids)
  const missing = ids.find(id => !seen.some(person => person.id === id))
  if (missing) await register.getSummary(work, missing)
  await audit.noteReading(work, ids, ['identity'])
  return ids.map(personId => ({ personId }))
}

export type RosterAddition = {
  readonly added: number
  /** On this roster before. */
  readonly already: number
  /** Wait for another session of the same kind, and were left there. */
  readonly elsewhere: number
  readonly invited: number
  readonly capacity: number
}

/**
 * Puts people on the roster, and lets the session's unit see them until thirty days after it. Who waits for another
 * such session stays there. More than fit in the hours are refused with session-needs-confirmation until 'capacity' is
 * confirmed.
 */
export async function addToRoster(
  work: Work,
  id: TeamSessionId,
  request: RosterRequest,
  leave: PlanningConsent = {},
): Promise<RosterAddition> {
  const session = await holdTeamSession(work, id)
  if (session.kind === 'counter' || (session.state !== 'planned' && session.state !== 'open'))
    throw planningProblem('session-state-refused', { state: session.state })
  const found =
    'persons' in request ? await peopleByIds(work, request.persons) : await findPeopleLacking(work, session, request)
  const ids = found.map(({ personId }) => personId)
  const waiting = new Set(await store.waitingElsewhere(work, session, ids))
  const before = new Set((await store.linesOf(work, id)).map(({ personId }) => personId))
  const fresh = found.filter(({ personId }) => !waiting.has(personId) && !before.has(personId))

  const invited = ((await store.countsOf(work, [id])).get(id)?.invited ?? 0) + fresh.length
  const capacity = await capacityOfSession(work, session)
  const isReckoned = !needsKit(session.kind) || capacity > 0
  const raised: RaisedWarning[] =
    isReckoned && invited > capacity && fresh.length > 0 ? [{ code: 'capacity', capacity, invited }] : []
  refuseUnconfirmed(raised, leave)

  const lines = fresh.map(one => ({ ...one, id: newId<'line'>(work.now) }))
  await store.insertLines(work, session, lines, undefined)
  await register.openAccessCases(work, casesFor(work, session, lines))
  if (lines.length > 0)
    await audit.record(
      work,
      'roster.added',
      { kind: 'session', id, unitId: session.unitId },
      { people: lines.length, invited, capacity },
    )
  return {
    added: lines.length,
    already: ids.filter(one => before.has(one)).length,
    elsewhere: waiting.size,
    invited,
    capacity,
  }
}

export async function capacityOfSession(work: Work, session: TeamSession): Promise<number> {
  const kits = await getKits(
    work,
    (await sessions.kitsOf(work, [session.id])).map(({ kitId }) => kitId),
  )
  return capacityFor(work, { session, kits, officers: await sessions.seatsOf(work, [session.id]) })
}

/**
 * Takes people off who have no outcome yet; the session's unit no longer sees them for it. Throws roster-line-unknown
 * where none of them was.
 */
export async function removeFromRoster(
  work: Work,
  id: TeamSessionId,
  persons: readonly register.PersonId[],
): Promise<number> {
  const session = await holdTeamSession(work, id)
  if (session.state === 'closed' || session.state === 'cancelled')
    throw planningProblem('session-state-refused', { state: session.state })
  const removed = await store.deleteLines(work, id, persons)
  if (removed.length === 0) throw planningProblem('roster-line-unknown')
  await register.closeAccessCasesOfKind(work, caseKind, removed)
  await audit.record(
    work,
    'roster.removed',
    { kind: 'session', id, unitId: session.unitId },
    { people: removed.length },
  )
  return removed.length
}

/**
 * The person whose own page is read, or their family, says that they will come to a session on whose list they are; the
 * list shows it. Said again it changes nothing, and neither does it where they are on no such list.
 */
export async function sayOwnComing(work: Work, id: TeamSessionId, coming: 'coming' | 'unsaid'): Promise<void> {
  const place = (await ownPlaces(work)).find(({ sessionId }) => sessionId === id)
  if (!place || !work.ownOf || !(await setOwnComing(work, id, coming))) return
  await audit.record(work, coming === 'coming' ? 'roster.coming' : 'roster.coming-unsaid', {
    kind: 'session',
    id,
    personId: work.ownOf,
    unitId: place.unitId,
  })
}
