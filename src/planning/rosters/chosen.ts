import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { lastDayOffered, longestRoster } from '../law.ts'
import { needsAt } from '../needs-at-session.ts'
import { planningProblem } from '../problems.ts'
import type { TeamSession, TeamSessionId } from '../session.ts'
import { needsKit } from '../sessions/capacity.ts'
import { casesFor, holdTeamSession } from '../sessions/sessions.ts'
import { getSite } from '../sessions/sites.ts'
import * as store from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import type { NotPlaced } from './contract-chosen.ts'
import { capacityOfSession } from './rosters.ts'
import { isTooYoung } from './who-may-be-asked.ts'

/**
 * People who are chosen from a list are put on a session. In: their ids. Decided: which sessions are offered (ahead,
 * in sight, by how many of them live or learn there), who cannot be put on one and why, who gets the places that are
 * free: the first of the list. Out: an answer for each. Deed: roster.added.
 */

type Chosen = Awaited<ReturnType<typeof campaign.describeChosen>>[number]

/** What the sessions ahead already have of the chosen people, read once for all of them. */
type Commitments = {
  readonly lines: readonly store.OpenLine[]
  readonly absences: readonly store.AbsenceAhead[]
}

const readCommitments = async (work: Work, ids: readonly Id<'person'>[]): Promise<Commitments> => ({
  lines: await store.openLinesOf(work, ids),
  absences: await store.absencesAhead(work, ids),
})

/** Why a person cannot be put on a session; undefined where they can, while there is a place. */
function whyNot(
  work: Work,
  { id, kind, day }: TeamSession,
  { id: personId, needs, born }: Chosen,
  { lines, absences }: Commitments,
): NotPlaced | undefined {
  const theirs = lines.filter(line => line.personId === personId)
  if (theirs.some(line => line.sessionId === id)) return 'already'
  if (theirs.some(line => line.kind === kind && line.isWaiting)) return 'elsewhere'
  if (!needs.some(need => (needsAt[kind] as readonly string[]).includes(need))) return 'no-need'
  if (isTooYoung(work, kind, born)) return 'too-young'
  const isAway = absences.some(one => one.personId === personId && one.from <= day && day <= one.until)
  return isAway ? 'away' : undefined
}

/** Places left; undefined where none are reckoned yet. */
async function freePlaces(work: Work, session: TeamSession): Promise<number | undefined> {
  const invited = (await store.countsOf(work, [session.id])).get(session.id)?.invited ?? 0
  const capacity = await capacityOfSession(work, session)
  if (needsKit(session.kind) && capacity === 0) return undefined
  return Math.max(0, Math.min(capacity, longestRoster) - invited)
}

type Answer = 'placed' | NotPlaced

/** What happens to each, in the order of the list: who comes first gets a place. */
function answersFor(
  work: Work,
  session: TeamSession,
  {
    ids,
    people,
    commitments,
    free,
  }: {
    readonly ids: readonly Id<'person'>[]
    readonly people: ReadonlyMap<string, Chosen>
    readonly commitments: Commitments
    readonly free: number | undefined
  },
): Map<Id<'person'>, Answer> {
  let left = free ?? longestRoster
  const answers = new Map<Id<'person'>, Answer>()
  for (const id of ids) {
    const person = people.get(id)
    const why = person ? whyNot(work, session, person, commitments) : 'unseen'
    const isPlaced = why === undefined && left > 0
    if (isPlaced) left -= 1
    answers.set(id, why ?? (isPlaced ? 'placed' : 'no-place'))
  }
  return answers
}

const refusedOf = (answers: ReadonlyMap<string, Answer>) =>
  [...Map.groupBy(answers.values(), answer => answer)].flatMap(([why, { length }]) =>
    why === 'placed' ? [] : [{ why, people: length }],
  )

/** Until when what a session gives is asked for in time, by the place in which it is held. */
async function lastSafeDayAt(work: Work, unitId: Id<'unit'>, kind: TeamSession['kind']): Promise<Day | undefined> {
  if (kind === 'activation') return undefined
  const { days } = await campaign.listSafeDays(work, { unit: unitId })
  const asked = kind === 'raise-level' ? 'account' : undefined
  const first = days.filter(({ what }) => asked === undefined || what === asked).map(({ lastSafeOn }) => lastSafeOn)
  const day = first.toSorted()[0]
  return day ? asDay(day) : undefined
}

/** A list of sessions longer than this helps nobody to choose. */
const mostOffers = 12

/**
 * The sessions ahead, in sight, to which somebody of the chosen could go: those in time before the others, then by how
 * many get a place, how many are near, and the day.
 */
export async function offerSessions(work: Work, personIds: readonly Id<'person'>[]) {
  const ids = [...new Set(personIds)]
  const people = new Map((await campaign.describeChosen(work, ids)).map(one => [one.id as string, one]))
  const commitments = await readCommitments(work, ids)
  const until = lastDayOffered(work.today, work)
  const safeDays = new Map<string, Promise<Day | undefined>>()
  const safeDayOf = ({ unitId, kind }: TeamSession) => {
    const key = `${unitId} ${kind}`
    const known = safeDays.get(key) ?? lastSafeDayAt(work, unitId, kind)
    safeDays.set(key, known)
    return known
  }
  const offerOf = async (session: TeamSession) => {
    const [free, site, lastSafeOn] = [
      await freePlaces(work, session),
      await getSite(work, session.siteId),
      await safeDayOf(session),
    ]
    const answers = answersFor(work, session, { ids, people, commitments, free })
    const isNear = ({ schoolId, homeId }: Chosen) =>
      (site.schoolId && schoolId === site.schoolId) || homeId === site.unitId
    return {
      id: session.id as string,
      code: session.code,
      kind: session.kind,
      day: session.day,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      site: site.name,
      unit: await units.unitName(work, session.unitId),
      ...(free !== undefined && { free }),
      near: [...people.values()].filter(isNear).length,
      placed: [...answers.values()].filter(answer => answer === 'placed').length,
      refused: refusedOf(answers),
      ...(lastSafeOn && { lastSafeOn }),
    }
  }
  const offers: Awaited<ReturnType<typeof offerOf>>[] = []
  for (const session of await sessions.sessionsAhead(work, until)) offers.push(await offerOf(session))
  const isLate = (offer: (typeof offers)[number]) =>
    Number(offer.lastSafeOn !== undefined && offer.day > offer.lastSafeOn)
  return offers
    .filter(({ placed, refused }) => placed > 0 || refused.some(({ why }) => why === 'already' || why === 'no-place'))
    .toSorted((a, b) => isLate(a) - isLate(b) || b.placed - a.placed || b.near - a.near || (a.day < b.day ? -1 : 1))
    .slice(0, mostOffers)
}

/**
 * Puts chosen people on a session, the first of the list first, as many as there are free places; the session's unit
 * sees them until thirty days after it. Whoever is on it already stays, so that a second press changes nothing.
 */
export async function placeChosenPeople(work: Work, id: TeamSessionId, personIds: readonly Id<'person'>[]) {
  const session = await holdTeamSession(work, id)
  if (session.kind === 'counter' || (session.state !== 'planned' && session.state !== 'open'))
    throw planningProblem('session-state-refused', { state: session.state })
  const ids = [...new Set(personIds)]
  const people = new Map((await campaign.describeChosen(work, ids)).map(one => [one.id as string, one]))
  const commitments = await readCommitments(work, ids)
  const answers = answersFor(work, session, { ids, people, commitments, free: await freePlaces(work, session) })
  const fresh = ids.filter(one => answers.get(one) === 'placed')
  if (fresh.length > 0) {
    const lines = fresh.map(personId => ({
      personId: asId<'person'>(personId) as register.PersonId,
      id: newId<'line'>(work.now),
      schoolId: people.get(personId)?.schoolId ?? null,
      class: people.get(personId)?.class ?? null,
    }))
    await store.insertLines(work, session, lines, undefined)
    await register.openAccessCases(work, casesFor(work, session, lines))
    const invited = (await store.countsOf(work, [id])).get(id)?.invited ?? fresh.length
    await audit.record(
      work,
      'roster.added',
      { kind: 'session', id, unitId: session.unitId },
      { people: fresh.length, invited, chosen: ids.length },
    )
  }
  const results = ids.flatMap(person => {
    const result = answers.get(person) ?? 'unseen'
    return result === 'unseen' ? [] : [{ person, result }]
  })
  return { placed: fresh.length, unseen: ids.length - results.length, results }
}
