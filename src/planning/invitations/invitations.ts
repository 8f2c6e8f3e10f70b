/**
 * What families are told of a session. In: an officer who invites, a session that is moved, cancelled or closed, the
 * evening before. Decided: who is told (those on the roster who are not done), by which phone (where it
 * takes nothing and the day is still to come, the same person's other ways), and who cannot be: no phone, or asked not
 * to be reminded; they are the teacher's or the group's to tell, and are counted. Out: messages, each once.
 * Deed: families.invited; the messages have deeds of their own.
 */

import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as outreach from '../../outreach/outreach.ts'
import { dayAfter } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { asSystem, type Deed, type OpenWork, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Hour } from '../hour.ts'
import { lastDayOffered } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { TeamSession, TeamSessionId } from '../session.ts'
import { publicSessionsIn } from '../sessions/public-sessions.ts'
import { getSite } from '../sessions/sites.ts'
import { getWorkingHours } from '../sessions/unit-hours.ts'
import * as roster from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import { visitCode } from '../visit-code.ts'
import * as store from './store.ts'
import { invitationText } from './words.ts'

type Content = Pick<outreach.OutgoingMessage, 'template' | 'facts'>
type Recipient = {
  readonly person: string
  /** Opens the family's page without an account. */
  readonly code: string
  /** Of a class on a roll: a homeroom teacher can be told. */
  readonly isPupil: boolean
  /** The hour that they chose themselves; without one they are told the hours of the session. */
  readonly hour: Hour | undefined
}
type Writer = (to: Recipient) => Content

type TextKey = Parameters<ReturnType<typeof invitationText>>[0]

/** A text in both languages, its places filled. */
function bothLanguages(work: Work, key: TextKey, facts: (language: Language) => Readonly<Record<string, string>>) {
  const write = (language: Language) =>
    Object.entries(facts(language)).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, value),
      invitationText(language, { day: work.today, lawRows: work.lawRows })(key),
    )
  return { vi: write('vi'), en: write('en') }
}

const noFacts = () => ({})

/** What is said of a session, whatever is said of it. */
async function sessionFacts(work: Work, session: TeamSession) {
  const site = await getSite(work, session.siteId)
  const { startsAt: from, endsAt: to, kind, day } = session
  return {
    what: bothLanguages(work, `what-${kind}` as TextKey, noFacts),
    bring: bothLanguages(work, `bring-${kind}` as TextKey, noFacts),
    hours: bothLanguages(work, 'hours', () => ({ from, to })),
    day,
    isAtSchool: site.schoolId !== undefined,
    place: [site.name, site.address].filter(Boolean).join(', '),
    unit: (await units.letterheadOf(work, session.unitId, work.today)).name,
  }
}

/** When a unit's counter is open, in words. */
export async function openingHoursText(work: Work, unitId: units.UnitId) {
  const hours = await getWorkingHours(work, unitId, work.today)
  return bothLanguages(work, hours.saturday === 'morning' ? 'open-saturday' : 'open-weekdays', () => ({
    morning: `${hours.morningFrom}–${hours.morningTo}`,
    afternoon: `${hours.afternoonFrom}–${hours.afternoonTo}`,
  }))
}

/** The unit's next session of the kind. */
async function nextSessionOf(work: Work, session: TeamSession) {
  const ahead = await publicSessionsIn(work, [session.unitId], {
    from: dayAfter(work.today),
    to: lastDayOffered(work.today, work),
  })
  return ahead.find(({ id, kind, state }) => id !== session.id && kind === session.kind && state === 'planned')
}

/** Where somebody can come instead: the unit's next session of the kind, else its counter. */
async function nextPlace(work: Work, session: TeamSession) {
  const { name: police } = await units.letterheadOf(work, session.unitId, work.today)
  const next = await nextSessionOf(work, session)
  if (!next) return bothLanguages(work, 'next-counter', () => ({ police }))
  return bothLanguages(work, 'next-session', language => ({
    from: next.startsAt,
    to: next.endsAt,
    day: dayIn(next.day, language),
    place: next.site,
  }))
}

async function writerOf(work: Work, session: TeamSession, kind: store.NoticeKind): Promise<Writer> {
  const { what, bring, hours, day, place, unit, isAtSchool } = await sessionFacts(work, session)
  const both = (text: string) => ({ vi: text, en: text })
  const when = (hour: Hour | undefined) => (hour ? both(hour) : hours)
  if (kind === 'invited')
    return ({ person, code, hour, isPupil }) => ({
      template: 'session-invitation',
      facts: {
        ...{ person, what, hours: when(hour), day, place, bring, unit, code: both(code) },
        contact: bothLanguages(work, isAtSchool && isPupil ? 'contact-school' : 'contact-police', noFacts),
      },
    })
  if (kind === 'moved')
    return ({ person, hour }) => ({
      template: 'session-moved',
      facts: { person, what, hours: when(hour), day, place, unit },
    })
  if (kind === 'tomorrow')
    return ({ person, code, hour }) => ({
      template: 'session-tomorrow',
      facts: { person, what, hours: when(hour), day, place, bring, code: both(code) },
    })
  const next = await nextPlace(work, session)
  const template = kind === 'cancelled' ? 'session-cancelled' : 'session-missed'
  return ({ person }) => ({ template, facts: { person, what, day, next, unit } })
}

type Family = { readonly personId: register.PersonId; readonly name: string; readonly ways: campaign.FamilyWays }
type Sorted = { readonly reached: readonly Family[]; readonly notTold: readonly store.FamilyNotice[] }

/** Who of some people is reached by which phone, and why the others are not. */
async function sortFamilies(work: Work, personIds: readonly register.PersonId[]): Promise<Sorted> {
  // A session's unit sees whoever is on its roster; after a cancellation only the house does, and it shows nobody.
  return withHouseScope(work, async house => {
    const people = await register.listSummaries(house, personIds)
    await audit.noteReading(house, personIds, ['identity', 'phones', 'residence'])
    const declining = new Set(await outreach.peopleWithoutReminders(house, personIds))
    const reached: Family[] = []
    const notTold: store.FamilyNotice[] = []
    for (const { id, fullName } of people) {
      const ways = declining.has(id) ? undefined : await campaign.findFamilyWays(house, id)
      if (ways) reached.push({ personId: id, name: fullName, ways })
      else notTold.push({ personId: id, notTold: declining.has(id) ? 'declined' : 'no-phone' })
    }
    return { reached, notTold }
  })
}

/** Owed to whoever was invited: it goes out at any cost, and no cap holds it. */
const owed: ReadonlySet<store.NoticeKind> = new Set(['moved', 'cancelled'])

/** What pays for a notice: the campaign of its session, else the unit that holds it, as for reminders. */
const payerOf = ({ campaignId, unitId }: TeamSession): outreach.BudgetRef =>
  campaignId ? { kind: 'campaign', id: campaignId } : { kind: 'unit', id: unitId }

/** Sends one notice to the families of some people, and writes down who was told. Gives how many were. */
async function notify(
  work: Work,
  session: TeamSession,
  { kind, version = 0 }: { readonly kind: store.NoticeKind; readonly version?: number },
  personIds: readonly register.PersonId[],
): Promise<Sorted> {
  const sorted = await sortFamilies(work, personIds)
  const { reached, notTold } = sorted
  const write = await writerOf(work, session, kind)
  // Who missed a session is told where to come next; anything else is of use until its day.
  const usefulUntil = kind === 'missed' ? (await nextSessionOf(work, session))?.day : session.day
  const lineOf = new Map((await roster.linesOf(work, session.id)).map(line => [line.personId, line]))
  // Of those alone who are told here; a session that went to another unit's site was booked with the former unit.
  const hourOf = await withHouseScope(work, house => store.bookedHoursAt(house, session.id))
  const ids = await outreach.sendMessages(
    work,
    reached.map(({ personId, name, ways }) => {
      const line = lineOf.get(personId)
      return {
        ...write({
          person: name,
          code: line ? visitCode(line.id) : '',
          isPupil: Boolean(line?.class),
          hour: hourOf.get(personId),
        }),
        language: 'vi',
        ...ways,
        usefulUntil,
        about: { kind: 'session', id: session.id, personId, unitId: session.unitId },
        key: `session-${kind}:${session.id}:${personId}:${version}`,
        ...(!owed.has(kind) && { budget: payerOf(session) }),
      } as outreach.OutgoingMessage
    }),
  )
  await store.putNotices(work, session, { kind, version }, [
    ...reached.map(({ personId }, at) => ({ personId, messageId: ids[at] })),
    ...notTold,
  ])
  return sorted
}

const waiting = (lines: readonly roster.RosterLine[]) => lines.filter(({ outcome }) => !outcome)

async function knownSession(work: Work, id: TeamSessionId): Promise<TeamSession> {
  const session = await sessions.findSession(work, id)
  if (!session) throw planningProblem('session-gone')
  return session
}

/** Those on the roster who are not done and were not invited yet; who could not be told before is tried again. */
async function peopleToInvite(work: Work, session: TeamSession) {
  if (session.state !== 'planned' && session.state !== 'open')
    throw planningProblem('session-state-refused', { state: session.state })
  const noticed = new Set(
    (await store.noticedPeople(work, session.id, ['invited']))
      .filter(({ notTold }) => notTold === null)
      .map(({ personId }) => personId),
  )
  const left = waiting(await roster.linesOf(work, session.id)).map(({ personId }) => personId)
  return { fresh: left.filter(id => !noticed.has(id)), already: left.filter(id => noticed.has(id)).length }
}

const countWhy = (notTold: readonly store.FamilyNotice[]) =>
  [...Map.groupBy(notTold, one => one.notTold ?? 'no-phone')].map(([why, { length }]) => ({ why, people: length }))

/** Whom an invitation would reach, why the others not, and what it says, with a word in the place of the name. */
export async function previewInvitations(work: Work, id: TeamSessionId) {
  const session = await knownSession(work, id)
  const { fresh, already } = await peopleToInvite(work, session)
  const { reached, notTold } = await sortFamilies(work, fresh)
  const write = await writerOf(work, session, 'invited')
  const isPupil = (await roster.linesOf(work, id)).some(line => line.class && fresh.includes(line.personId))
  const content = write({
    person: invitationText('vi')('somebody'),
    code: '0A1B-2C3D',
    isPupil,
    hour: undefined,
  }) as outreach.TemplateMessage
  return {
    reached: reached.length,
    already,
    refused: countWhy(notTold),
    text: outreach.previewForPhone(work, content, 'vi'),
  }
}

/**
 * Invites the families of a roster who were not invited yet; pressed again it invites nobody twice. Throws
 * session-gone, session-state-refused.
 */
export async function inviteFamilies(work: Work, id: TeamSessionId) {
  const session = await sessions.holdSession(work, id)
  if (!session) throw planningProblem('session-gone')
  const { fresh, already } = await peopleToInvite(work, session)
  const { reached, notTold } = await notify(work, session, { kind: 'invited' }, fresh)
  if (reached.length > 0)
    await audit.record(
      work,
      'families.invited',
      { kind: 'session', id, unitId: session.unitId },
      { people: reached.length, notTold: notTold.length },
    )
  return { invited: reached.length, already, refused: countWhy(notTold) }
}

const sessionIdOf = ({ subject }: Deed): TeamSessionId => asId<'session'>(subject.id)

/** Who was told of the session: those invited, or reminded of it. */
async function peopleTold(work: Work, id: TeamSessionId): Promise<ReadonlySet<string>> {
  const noticed = await store.noticedPeople(work, id, ['invited', 'tomorrow'])
  return new Set(noticed.filter(({ notTold }) => notTold === null).map(({ personId }) => personId))
}

/** A session that moved in day, hours or place: those who were told of it, and nobody else, are told the new ones. */
export async function notifyMoved(work: Work, deed: Deed): Promise<void> {
  const { from, day, startsAt, endsAt, site } = deed.facts as Record<string, unknown> & { from?: typeof deed.facts }
  if (
    from?.['day'] === day &&
    from?.['startsAt'] === startsAt &&
    from?.['endsAt'] === endsAt &&
    from?.['site'] === site
  )
    return
  const session = await knownSession(work, sessionIdOf(deed))
  const noticed = await peopleTold(work, session.id)
  const left = waiting(await roster.linesOf(work, session.id)).flatMap(({ personId }) =>
    noticed.has(personId) ? [personId] : [],
  )
  if (left.length > 0) await notify(work, session, { kind: 'moved', version: session.version }, left)
}

/** A session that is not held: those who were told of it, and nobody else, learn where else to come. */
export async function notifyCancelled(work: Work, deed: Deed): Promise<void> {
  const session = await knownSession(work, sessionIdOf(deed))
  const noticed = await peopleTold(work, session.id)
  const left = waiting(await roster.linesOf(work, session.id)).flatMap(({ personId }) =>
    noticed.has(personId) ? [personId] : [],
  )
  if (left.length > 0) await notify(work, session, { kind: 'cancelled' }, left)
}

/** Who did not come, but for those who moved away or refused, learns where to come next. */
export async function notifyMissed(work: Work, deed: Deed): Promise<void> {
  const session = await knownSession(work, sessionIdOf(deed))
  const missed = (await roster.linesOf(work, session.id)).flatMap(({ personId, outcome, absentReason }) =>
    outcome === 'absent' && absentReason !== 'moved' && absentReason !== 'refused' ? [personId] : [],
  )
  if (missed.length > 0) await notify(work, session, { kind: 'missed' }, missed)
}

/** The evening before a session everybody who is still expected is reminded; each session in a work of its own. */
export async function remindOfTomorrow(openWork: OpenWork): Promise<number> {
  const authority = asSystem('campaign')
  const ids = await openWork(authority, work => store.sessionsOn(work, dayAfter(work.today)))
  let reminded = 0
  for (const id of ids)
    reminded += await openWork(authority, async work => {
      const session = await sessions.holdSession(work, id)
      if (session?.state !== 'planned' || session.day !== dayAfter(work.today)) return 0
      const noticed = new Set((await store.noticedPeople(work, id, ['tomorrow'])).map(({ personId }) => personId))
      const left = waiting(await roster.linesOf(work, id)).flatMap(({ personId }) =>
        noticed.has(personId) ? [] : [personId],
      )
      return (await notify(work, session, { kind: 'tomorrow' }, left)).reached.length
    })
  return reminded
}
