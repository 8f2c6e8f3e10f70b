// The people of one session, given to a station: nobody else, nothing that is not needed at the table, and not for
// longer than the day and a night.

import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import { addDays, type Day, dayAfter, dayAt, daysBetween, formatPartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { stationDaysAhead } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { TeamSession, TeamSessionId } from '../session.ts'
import { getSite } from '../sessions/sites.ts'
import * as lines from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import type { Roster, RosterPerson } from './contract-station.ts'

/** When a station must not read it any more: six in the morning after the session's day, by the real calendar. */
function rosterEndsAt(work: Work, day: Day): Date {
  const real = addDays(dayAt(work.now), daysBetween(work.today, day))
  return new Date(`${dayAfter(real)}T06:00:00+07:00`)
}

const optionalField = <K extends string>(key: K, value: string | null | undefined) =>
  value ? ({ [key]: value } as { [k in K]: string }) : {}

async function residenceOf(work: Work, { residences }: register.Person): Promise<string | undefined> {
  const home = residences.find(({ to, kind }) => !to && kind === 'permanent') ?? residences.find(({ to }) => !to)
  if (!home) return undefined
  const names = (await units.unitPath(work, home.unitId, work.today)).map(({ name }) => name)
  return [...(home.address ? [home.address] : []), ...names].join(', ')
}

type PersonContext = {
  readonly needs: ReadonlyMap<string, readonly string[]>
  readonly cards: ReadonlyMap<string, readonly cards.Card[]>
  readonly accounts: ReadonlyMap<string, readonly accounts.Account[]>
  readonly correcting: ReadonlySet<string>
}

async function rosterPersonOf(work: Work, line: lines.RosterLine, context: PersonContext): Promise<RosterPerson> {
  const person = await register.getPerson(work, line.personId)
  const card = context.cards.get(person.id)?.findLast(({ state }) => state !== 'revoked')
  const account = context.accounts.get(person.id)?.find(({ state }) => state !== 'cancelled')
  const school = line.schoolId ? (await units.getSchool(work, line.schoolId as Id<'school'>)).name : undefined
  return {
    id: person.id,
    ...optionalField('number', person.number),
    ...optionalField('oldNumber', person.oldNumbers[0]),
    fullName: person.fullName,
    birthDate: formatPartialDay(person.birthDate),
    sex: person.sex,
    ...optionalField('ethnicity', person.ethnicity),
    ...optionalField('nationality', person.nationality),
    ...optionalField('hometown', person.hometown),
    ...optionalField('residence', await residenceOf(work, person)),
    ...optionalField('class', line.class),
    ...optionalField('school', school),
    kin: person.kin.map(({ relation, name, number }) => ({
      relation,
      ...optionalField('name', name),
      ...optionalField('number', number),
    })),
    needs: [...(context.needs.get(person.id) ?? [])],
    ...(card && {
      card: {
        state: card.state,
        ...optionalField('serial', card.serial),
        ...optionalField('issuedOn', card.issuedOn),
        ...optionalField('expiresOn', card.expiresOn),
      },
    }),
    ...(account && { account: { level: account.level, state: account.state } }),
    correctionOpen: context.correcting.has(person.id),
    lifeStatus: person.lifeStatus,
  }
}

async function readPersonContexts(work: Work, ids: readonly register.PersonId[]): Promise<PersonContext> {
  return {
    needs: await campaign.needsOf(work, ids, work.today),
    cards: await cards.cardsOf(work, ids),
    accounts: await accounts.accountsOf(work, ids),
    correcting: new Set(await lines.personsWithOpenCorrection(work, ids)),
  }
}

export type RosterReader = { readonly stationId: string; readonly officerId: Id<'officer'> }

/**
 * Gives a station the people of a session who have no outcome yet, for the officer who asks. Throws
 * roster-of-another-officer, session-gone, session-state-refused, station-unknown, station-revoked.
 */
export async function takeRoster(
  work: Work,
  id: TeamSessionId,
  { stationId, officerId }: RosterReader,
): Promise<Roster> {
  if (work.by.id !== officerId) throw planningProblem('roster-of-another-officer')
  const session = await sessions.findSession(work, id)
  if (!session) throw planningProblem('session-gone')
  if (session.state !== 'planned' && session.state !== 'open')
    throw planningProblem('session-state-refused', { state: session.state })
  const station = await enrolment.getStation(work, stationId)
  const waiting = (await lines.linesOf(work, id)).filter(({ outcome }) => outcome !== 'served')
  const beside = await readPersonContexts(
    work,
    waiting.map(({ personId }) => personId),
  )
  const people: RosterPerson[] = []
  for (const line of waiting) people.push(await rosterPersonOf(work, line, beside))
  const until = rosterEndsAt(work, session.day)
  await audit.record(
    work,
    'roster.taken',
    { kind: 'session', id, unitId: session.unitId },
    { station: station.id, people: people.length, until: until.toISOString() },
  )
  return {
    session: await sessionShape(work, session),
    officer: officerId,
    givenAt: work.now.toISOString(),
    until: until.toISOString(),
    people,
    communes: await communesHere(work),
  }
}

/** Each commune of the province with the name of what it lies in, since some have the same name. */
async function communesHere(work: Work): Promise<NonNullable<Roster['communes']>> {
  const province = await units.findHomeProvince(work, work.today)
  if (!province) return []
  const within = new Set((await units.subtreeOn(work, province, work.today)).map(({ id }) => id))
  const all = await units.unitsOn(work, work.today)
  const nameOf = new Map(all.map(({ id, name }) => [id, name]))
  return all
    .filter(({ id, level }) => level === 'commune' && within.has(id))
    .map(({ id, name, parentId }) => {
      const above = parentId && parentId !== province ? nameOf.get(parentId) : undefined
      return { id, name: [name, above].filter(Boolean).join(', ') }
    })
}

async function sessionShape(work: Work, { id, code, kind, day, startsAt, endsAt, unitId, siteId }: TeamSession) {
  const { name } = await getSite(work, siteId)
  return { id, code, place: name, kind, day, fromAt: startsAt, toAt: endsAt, unit: await units.unitName(work, unitId) }
}

/** The sessions of the officer's units to which a station may go, the next first. */
export async function sessionsFor(work: Work) {
  if (!work.unitId) return []
  const { units: within } = await units.scopePartsOf(work, work.unitId, work.today)
  const found = (
    await sessions.sessionsIn(work, within, work.today, addDays(work.today, ruleOn(stationDaysAhead, work.today, work)))
  ).filter(({ state }) => state === 'planned' || state === 'open')
  const counts = await lines.countsOf(
    work,
    found.map(({ id }) => id),
  )
  return Promise.all(
    found.map(async session => {
      const { unit: _unit, ...shown } = await sessionShape(work, session)
      return { ...shown, state: session.state, people: counts.get(session.id)?.invited ?? 0 }
    }),
  )
}
