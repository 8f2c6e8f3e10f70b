import * as audit from '../audit/audit.ts'
import * as cards from '../cards/cards.ts'
import { formatPartialDay } from '../platform/day.ts'
import { type Id, isId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { needsHotline } from './account.ts'
import type { AccountOf, AccountRowOf } from './contract.ts'
import { isOver } from './desk-card.ts'
import { toldOf } from './desk-tell.ts'
import { accountProblem } from './problems.ts'
import * as store from './store.ts'
import * as desk from './store-desk.ts'
import type { Asked, Row } from './store-desk-list.ts'
import { type Course, courseOf, onTheWeb } from './store-funnel.ts'
import { portraitFacts } from './store-level-one.ts'
import * as kept from './store-lock.ts'
import { moveList } from './store-moves.ts'

/** Accounts as they are shown. */

const placeOf = async (work: Work, id: string) => ({ id, name: await units.nameOf(work, id as Id<'unit'>) })

const bornOf = ({ birthY, birthM, birthD }: Row) =>
  birthY === null ? '' : formatPartialDay({ y: birthY, ...(birthM && { m: birthM }), ...(birthM && birthD && { d: birthD }) })

const noDay = '9999-12-31'

function dueOf(day: string | undefined, today: string): AccountRowOf['due'] {
  if (!day) return 'none'
  if (day === today) return 'today'
  return day < today ? 'overdue' : 'later'
}

export async function shownRow(work: Work, row: Row): Promise<AccountRowOf> {
  const dueOn = row.urgent === noDay ? undefined : row.urgent
  const { demandId, demandKind, demandStep } = row
  return {
    id: row.id,
    personId: row.personId,
    name: row.name ?? '',
    born: bornOf(row),
    level: row.level,
    state: row.state,
    ...(row.raises && { asks: 2 as const }),
    ...(row.via && { via: row.via }),
    ...(row.unitId && { unit: await placeOf(work, row.unitId) }),
    ...(dueOn && { dueOn }),
    due: dueOf(dueOn, work.today),
    hasPhone: row.hasPhone,
    ...(row.lockedFor && { lockedFor: row.lockedFor }),
    ...(demandId && demandKind && demandStep && { demand: { id: demandId, kind: demandKind, step: demandStep } }),
    mine: [row.receivedBy, row.raises ? row.raisedBy : row.requestedBy].includes(work.by.id),
  }
}

const clock = (at: Date | null) => at?.toISOString()

/** The account's own card: that in force, else the latest on its way. */
async function cardOf(work: Work, personId: string): Promise<AccountOf['card']> {
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const inForce = theirs.find(card => card.state === 'handed-over' && !isOver(card, work.today))
  const card = inForce ?? theirs.findLast(({ state }) => state !== 'cancelled')
  return card && { id: card.id, state: card.state, inForce: card === inForce }
}

/** An account whole, as the work may see it, with a trace of the reading. Throws account-unknown. */
export async function whole(work: Work, id: string): Promise<AccountOf> {
  const row = await desk.deskRow(work, id)
  if (!row) throw accountProblem('account-unknown')
  await audit.noteReading(work, [row.personId], ['identity', 'account'], { kind: 'account', id })
  const person = await register.getSummary(work, row.personId as register.PersonId)
  const raising = await desk.openRaising(work, row)
  const [locks, demands, deeds] = [await kept.locksOf(work, row), await kept.demandsOf(work, row), await audit.deedsOf(work, id)]
  const account = (await store.accountsOf(work, [row.personId])).map(store.accountOf).find(one => one.id === id)
  const nameOf = await namesIn(work, [
    row.requestedBy,
    row.approvedBy,
    ...locks.flatMap(({ byId, endedBy }) => [byId, endedBy]),
    ...demands.flatMap(({ receivedBy, decidedBy }) => [receivedBy, decidedBy]),
    ...deeds.map(({ byId }) => byId),
  ])
  const portrait = await portraitFacts(work, row)
  const card = await cardOf(work, row.personId)
  const unitId = raising?.unitId ?? row.unitId
  return {
    id,
    personId: row.personId,
    name: person.fullName,
    born: formatPartialDay(person.birthDate),
    level: row.level,
    state: row.state,
    ...(raising && { asks: 2 as const, proof: raising.proof }),
    ...((raising?.askedVia ?? row.askedVia) && { via: raising?.askedVia ?? row.askedVia ?? 'desk' }),
    imported: row.origin === 'imported',
    ...(unitId && { unit: await placeOf(work, unitId) }),
    ...(row.phone && { phone: row.phone.slice(-3) }),
    ...(await representativeIn(work, row.representativeId)),
    ...optional({
      requestedAt: clock(row.requestedAt),
      requestedBy: nameOf(raising?.askedBy ?? row.requestedBy),
      dueOn: raising?.dueOn ?? row.dueOn ?? undefined,
      approvedAt: clock(row.approvedAt),
      approvedBy: nameOf(row.approvedBy),
      notifiedAt: clock(row.notifiedAt),
      activateBy: account?.activateBy,
      activatedAt: clock(row.activatedAt),
    }),
    needsHotline: account !== undefined && needsHotline(account, work.today),
    ...(card && { card }),
    ...(portrait && { portrait: { ...portrait, sentAt: portrait.sentAt.toISOString() } }),
    cardPortrait: (await cards.portraitOf(work, row.personId)) !== undefined,
    locks: locks.map(one => shownLock(one, nameOf)),
    demands: await Promise.all(demands.map(one => shownDemand(work, one, nameOf))),
    moves: (await moveList(work, row)).map(({ state, level, onDay, at }) => ({ state, level, onDay, at: at.toISOString() })),
    deeds: deeds.map(({ deed, at, byKind, byId }) => ({ deed, at: at.toISOString(), by: nameOf(byId) ?? byKind })),
    told: (await toldOf(work, row)).map(({ id: message, template, queuedAt, state, endedAt }) => ({
      id: message,
      template,
      queuedAt: queuedAt.toISOString(),
      state,
      ...(endedAt && { endedAt: endedAt.toISOString() }),
    })),
    mine: (raising ? raising.askedBy : row.requestedBy) === work.by.id,
  }
}

type NameOf = (officer: string | null | undefined) => string | undefined

async function namesIn(work: Work, officers: readonly (string | null)[]): Promise<NameOf> {
  const names = await staff.namesOf(work, officers.filter(id => id !== null).filter(isId))
  return officer => (officer ? names.get(officer) : undefined)
}

async function representativeIn(work: Work, id: string | null) {
  if (!id) return {}
  const [person] = await register.summariesOf(work, [id as register.PersonId])
  return { representative: { id, name: person?.fullName ?? '' } }
}

/** Leaves out what is not known: nothing on the wire is empty. */
function optional<Values extends Readonly<Record<string, string | undefined>>>(values: Values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: NonNullable<Values[Name]>
  }
}

const shownLock = (lock: kept.Lock, nameOf: NameOf): AccountOf['locks'][number] => ({
  reason: lock.reason,
  onDay: lock.onDay,
  at: lock.at.toISOString(),
  by: nameOf(lock.byId) ?? lock.byKind,
  ...optional({
    note: lock.note ?? undefined,
    endedAt: lock.endedAt?.toISOString(),
    endedBy: nameOf(lock.endedBy),
    endedFor: lock.endedFor ?? undefined,
  }),
})

const shownDemand = async (work: Work, one: kept.Demand, nameOf: NameOf): Promise<AccountOf['demands'][number]> => ({
  id: one.id,
  kind: one.kind,
  askedBy: one.askedBy,
  reason: one.reason,
  unit: await placeOf(work, one.unitId),
  receivedOn: one.receivedOn,
  receivedBy: nameOf(one.receivedBy) ?? '',
  mine: one.receivedBy === work.by.id,
  decideBy: one.decideBy,
  ...optional({
    agency: one.agency ?? undefined,
    document: one.document ?? undefined,
    forwardBy: one.forwardBy ?? undefined,
    forwardedAt: one.forwardedAt?.toISOString(),
    decidedOn: one.decidedOn ?? undefined,
    decidedBy: nameOf(one.decidedBy),
    answer: one.answer ?? undefined,
  }),
  ...(one.outcome && { outcome: one.outcome }),
})

/** The funnel: requested, approved, told, activated, and where the others stopped; beside it how far those came who activate on the web. */
export async function funnel(work: Work, asked: Asked) {
  const course: Course = await courseOf(work, asked)
  const { began, proven, activated, stops } = await onTheWeb(work, asked)
  const stop = (step: string, why: string, count: number) => (count > 0 ? [{ step, why, count }] : [])
  return {
    steps: [
      { step: 'requested', count: course.requested },
      { step: 'approved', count: course.approved },
      { step: 'told', count: course.told },
      { step: 'activated', count: course.activated },
    ],
    stops: [
      ...stop('approved', 'to-decide', course.toDecide),
      ...stop('approved', 'refused', course.refused),
      ...stop('told', 'no-phone', course.noPhone),
      ...stop('activated', 'in-time', course.inTime),
      ...stop('activated', 'lapsed', course.lapsed),
      ...stop('activated', 'locked', course.locked),
      ...stop('activated', 'ended', course.ended),
    ],
    web: {
      steps: [
        { step: 'began', count: began },
        { step: 'code-right', count: proven },
        { step: 'activated', count: activated },
      ],
      stops: [...stops],
    },
  }
}
