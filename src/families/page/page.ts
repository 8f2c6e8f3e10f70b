/**
 * The page of a family: what its children need, by when and where. In: a session that the right birth date opened
 * behind a link. Decided: which children the link shows today (the database does), nearest first. Out: an answer for
 * each, read in a work that sees that child alone. Deeds: roster.coming, .coming-unsaid, phone.disowned, booking.made,
 * .moved, .cancelled, .confirmed.
 */

import * as accessLinks from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import * as planning from '../../planning/planning.ts'
import { dayAt } from '../../platform/day.ts'
import { asId, type Id, isId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { authorityToAct, authorityToRead, type Visitor } from '../actor.ts'
import { isMinor, type PersonAnswer, readAnswer } from '../answer/answer.ts'
import { nearness } from '../answer/answer-html.ts'
import { lookedAt } from '../law.ts'
import { disownPhone } from '../phones.ts'
import * as store from '../store.ts'

export const visitorOf = (
  { linkId, unitId }: Pick<accessLinks.LinkSession, 'linkId' | 'unitId'>,
  requestId: string,
): Visitor => ({ by: { kind: 'family-link', id: linkId }, requestId, ...(unitId && { unitId }) })

/** An answer with the child’s place on the list of the link, by which its hours are asked for. */
export type FamilyAnswer = PersonAnswer & { readonly place: number }

/** Whom the link shows: its own work sees no more than who they are. */
export const childrenOf = (openWork: OpenWork, session: accessLinks.LinkSession): Promise<Id<'person'>[]> =>
  openWork(accessLinks.linkAuthority(session, 'own-page'), store.findChildrenOfLink)

export async function readFamily(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  requestId: string,
): Promise<FamilyAnswer[]> {
  const answers: FamilyAnswer[] = []
  for (const [at, childId] of (await childrenOf(openWork, session)).entries()) {
    const answer = await openWork(authorityToRead(visitorOf(session, requestId), childId), work =>
      readAnswer(work, childId),
    )
    answers.push({ ...answer, place: at + 1 })
  }
  return answers.toSorted((a, b) => (nearness(a) < nearness(b) ? -1 : 1))
}

/** A child that a form names, where the link shows it today. */
export async function findChild(openWork: OpenWork, session: accessLinks.LinkSession, named: string | undefined) {
  return (await childrenOf(openWork, session)).find(id => id === named)
}

/** The child will come to the next session, or it is no longer sure. Anything else that is named changes nothing. */
export async function sayComing(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  { child, visit, coming }: { child: string | undefined; visit: string | undefined; coming: 'coming' | 'unsaid' },
  requestId: string,
): Promise<void> {
  const childId = await findChild(openWork, session, child)
  if (!childId || !visit || !isId(visit)) return
  await openWork(authorityToAct(visitorOf(session, requestId), childId), work =>
    planning.sayOwnComing(work, asId<'session'>(visit), coming),
  )
}

export async function sayPhoneIsAnothers(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  child: string | undefined,
  requestId: string,
): Promise<void> {
  const childId = await findChild(openWork, session, child)
  if (childId)
    await openWork(authorityToAct(visitorOf(session, requestId), childId), work => disownPhone(work, childId))
}

/** Who looked at a child, by role: how often, and when last. */
export type LookedBy = { readonly who: LookedWho; readonly times: number; readonly last: Date }
export type LookedWho =
  | { readonly is: 'role'; readonly role: staff.Role }
  /** By which link: of which class, or of which group; never who held it. */
  | { readonly is: 'class-link' | 'group-link'; readonly label: string }
  | { readonly is: 'officer' | 'citizen' | 'party' | 'family-link' | 'receipt-holder' }
  | { readonly is: 'station' | 'system' | 'operator' }

const keyOfWho = (who: LookedWho) => ('role' in who ? who.role : 'label' in who ? `${who.is} ${who.label}` : who.is)

type LinkOfOthers = 'class-link' | 'group-link'
const isLinkOfOthers = (kind: string): kind is LinkOfOthers => kind === 'class-link' || kind === 'group-link'

async function readLooks(work: Work, personId: Id<'person'>): Promise<LookedBy[]> {
  const { days, most } = ruleOn(lookedAt, work.today, work)
  const since = new Date(work.now.getTime() - days * 86_400_000)
  const rows = await audit.readingsOf(work, personId, { since, before: undefined, own: true, limit: most })
  const officers = rows.flatMap(({ by_kind, by_id, unit_id, at }) =>
    by_kind === 'officer' && isId(by_id) && unit_id
      ? [{ officerId: asId<'officer'>(by_id), unitId: unit_id, day: dayAt(at) }]
      : [],
  )
  const keyOf = (officer: string, unit: string, day: string) => `${officer} ${unit} ${day}`
  const different = [...new Map(officers.map(one => [keyOf(one.officerId, one.unitId, one.day), one])).values()]
  const roles = new Map(
    (await staff.rolesOf(work, different)).map(one => [keyOf(one.officerId, one.unitId, one.day), one.role]),
  )
  const links = await accessLinks.namesOfLinks(
    work,
    rows.flatMap(({ by_kind, by_id }) => (isLinkOfOthers(by_kind) && isId(by_id) ? [by_id] : [])),
  )
  const whoOf = ({ by_kind, by_id, unit_id, at }: (typeof rows)[number]): LookedWho => {
    const role = by_kind === 'officer' && unit_id ? roles.get(keyOf(by_id, unit_id, dayAt(at))) : undefined
    if (role) return { is: 'role', role }
    if (isLinkOfOthers(by_kind)) return { is: by_kind, label: links.find(({ id }) => id === by_id)?.label ?? '' }
    return { is: by_kind as Exclude<LookedWho['is'], 'role' | LinkOfOthers> }
  }
  // One look may read several things: it is one work.
  const byWho = Map.groupBy(rows, row => keyOfWho(whoOf(row)))
  return [...byWho.values()].flatMap(theirs => {
    const [latest] = theirs
    return latest ? [{ who: whoOf(latest), times: new Set(theirs.map(row => row.batch_id)).size, last: latest.at }] : []
  })
}

export async function readLookedAt(
  openWork: OpenWork,
  session: accessLinks.LinkSession,
  requestId: string,
): Promise<
  {
    readonly personId: Id<'person'>
    readonly name: string
    readonly isMinor: boolean
    readonly looks: readonly LookedBy[]
  }[]
> {
  const found = []
  for (const personId of await childrenOf(openWork, session))
    found.push(
      await openWork(authorityToRead(visitorOf(session, requestId), personId), async work => {
        const person = await readName(work, personId)
        return {
          personId,
          name: person.fullName,
          isMinor: isMinor(person, work.today),
          looks: await readLooks(work, personId),
        }
      }),
    )
  return found
}

async function readName(work: Work, personId: Id<'person'>) {
  await audit.noteReading(work, [personId], ['name'])
  return register.getSummary(work, personId)
}
