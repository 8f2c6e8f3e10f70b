/**
 * Orders of a commander to units, and how far each unit has come. An order comes in, with a question where it asks for
 * a figure. Decided here: its addressees, the version in force, and who may revise or answer it. What goes out: each
 * unit's step (view.ts), reminders (reminder.ts), and units that have not reported (not-reported.ts). Deeds:
 * directive.issued, .revised, .closed, .read, .acknowledged, .answered.
 */

import * as audit from '../../audit/audit.ts'
import { asDay, yearOf } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { campaignTitle } from '../cohorts/cohorts.ts'
import { definitionProblem } from '../cohorts/contract.ts'
import type { DirectiveGiven, DirectiveRevised } from './contract.ts'
import type { Directive, DirectiveId, Order } from './directive.ts'
import { directiveProblem } from './problems.ts'
import * as store from './store.ts'

/** The units that the actor acts for: their own, and those that were merged into it. */
export async function ownUnits(work: Work): Promise<Id<'unit'>[]> {
  if (!work.unitId) return []
  const homes = await units.homesOn(work, work.unitId, work.today)
  return [...homes].filter(([, home]) => home === work.unitId).map(([written]) => written)
}

const orderOf = (given: DirectiveRevised): Order => ({
  title: given.title.trim(),
  body: given.body.trim(),
  dueOn: asDay(given.dueOn),
  issuedBy: given.issuedBy.trim(),
  question: given.question && {
    label: given.question.label.trim(),
    ...(given.question.metric && { metric: given.question.metric }),
  },
})

/** The named units, with all communes below `communesOf`; each must be below the issuing unit today. */
async function addresseesOf(work: Work, issuing: Id<'unit'>, given: DirectiveRevised): Promise<Id<'unit'>[]> {
  const below = new Map((await units.subtreeOn(work, issuing, work.today)).map(unit => [unit.id, unit]))
  below.delete(issuing)
  const named = (given.units ?? []).map(id => asId<'unit'>(id))
  const communes = given.communesOf ? await units.subtreeOn(work, asId<'unit'>(given.communesOf), work.today) : []
  const asked = [...new Set([...named, ...communes.filter(({ level }) => level === 'commune').map(({ id }) => id)])]
  const outside = asked.filter(id => !below.has(id))
  if (outside.length)
    throw directiveProblem('directive-unit-outside', {
      units: await Promise.all(outside.map(id => units.nameOf(work, id))),
    })
  if (asked.length === 0) throw directiveProblem('directive-nobody')
  return asked
}

function refuseOrder(work: Work, order: Order, campaignId: string | undefined): void {
  if (order.dueOn < work.today) throw directiveProblem('directive-due-past', { today: work.today })
  if (order.question?.metric && !campaignId) throw directiveProblem('directive-metric-alone')
}

/** The unit that issues: the actor's. The command line acts in no unit, and so cannot issue. */
function issuingUnit({ unitId }: Work): Id<'unit'> {
  if (!unitId) throw directiveProblem('directive-of-another')
  return unitId
}

const facts = (order: Order, { version }: Pick<Directive, 'version'>, unitIds: readonly string[]) => ({
  version,
  issuedBy: order.issuedBy,
  dueOn: order.dueOn,
  units: unitIds.length,
  asks: order.question !== undefined,
})

/**
 * Issues a directive to units below the actor's own. It is numbered among those of the unit and year; its versions from
 * 1 on.
 */
export async function issue(work: Work, given: DirectiveGiven): Promise<DirectiveId> {
  const issuingUnitId = issuingUnit(work)
  const order = orderOf(given)
  refuseOrder(work, order, given.campaign)
  if (given.campaign && (await campaignTitle(work, given.campaign)) === undefined)
    throw definitionProblem('campaign-unknown')
  const unitIds = await addresseesOf(work, issuingUnitId, given)

  const year = yearOf(work.today)
  const number = await store.nextNumber(work, issuingUnitId, year)
  const one = { id: newId<'directive'>(work.now), issuingUnitId, year, number, version: 1 }
  await store.insertDirective(work, { ...one, ...(given.campaign && { campaignId: given.campaign }) })
  await store.insertVersion(work, one, order, unitIds)
  await audit.record(
    work,
    'directive.issued',
    { kind: 'directive', id: one.id, unitId: issuingUnitId },
    { ...facts(order, one, unitIds), number, year },
  )
  return one.id
}

/** The directive as it stands, locked; throws where it is not in sight. */
async function hold(work: Work, id: DirectiveId): Promise<Directive> {
  const found = await store.holdDirective(work, id)
  if (!found) throw directiveProblem('directive-unknown')
  return found
}

async function holdOwn(work: Work, id: DirectiveId): Promise<Directive> {
  const found = await hold(work, id)
  if (!(await ownUnits(work)).includes(found.issuingUnitId)) throw directiveProblem('directive-of-another')
  if (found.closedOn) throw directiveProblem('directive-closed', { closedOn: found.closedOn })
  return found
}

/**
 * Issues a later version. A unit that acknowledged or answered an earlier one must do so anew; the earlier acts stay
 * with their version.
 */
export async function revise(work: Work, id: DirectiveId, given: DirectiveRevised): Promise<number> {
  const found = await holdOwn(work, id)
  const order = orderOf(given)
  refuseOrder(work, order, found.campaignId)
  const unitIds = await addresseesOf(work, issuingUnit(work), given)
  const next = { ...found, version: found.version + 1 }
  await store.insertVersion(work, next, order, unitIds)
  await audit.record(
    work,
    'directive.revised',
    { kind: 'directive', id, unitId: found.issuingUnitId },
    { ...facts(order, next, unitIds), supersedes: found.version },
  )
  return next.version
}

/** Closes a directive: it stays readable, and nobody owes anything on it. */
export async function close(work: Work, id: DirectiveId): Promise<void> {
  const { issuingUnitId, version } = await holdOwn(work, id)
  await store.setClosed(work, id)
  await audit.record(work, 'directive.closed', { kind: 'directive', id, unitId: issuingUnitId }, { version })
}

/**
 * The actor's own units to which the version in force is addressed; refuses where there is none, or where it is another
 * version.
 */
async function holdAddressed(work: Work, id: DirectiveId, version: number): Promise<store.Addressee[]> {
  const found = await hold(work, id)
  if (found.closedOn) throw directiveProblem('directive-closed', { closedOn: found.closedOn })
  if (found.version !== version) throw directiveProblem('directive-superseded', { version: found.version })
  const own = await store.ownAddressees(work, id, version, await ownUnits(work))
  if (own.length === 0) throw directiveProblem('directive-not-yours')
  return own.map(unitId => ({ id, version, unitId, issuingUnitId: found.issuingUnitId }))
}

async function acknowledgeFor(work: Work, one: store.Addressee): Promise<void> {
  if (!(await store.insertAcknowledgement(work, one))) return
  await audit.record(
    work,
    'directive.acknowledged',
    { kind: 'directive', id: one.id, unitId: one.unitId },
    { version: one.version },
  )
}

/** The actor's own unit acknowledges the version in force; to do so again changes nothing. */
export async function acknowledge(work: Work, id: DirectiveId, { version }: { version: number }): Promise<void> {
  for (const one of await holdAddressed(work, id, version)) await acknowledgeFor(work, one)
}

export type Answer = {
  readonly version: number
  readonly figure?: number | undefined
  readonly words?: string | undefined
}

/** The actor's own unit answers, and so acknowledges. The last answer counts; the earlier ones stay. */
export async function answer(work: Work, id: DirectiveId, { version, figure, words: typed }: Answer): Promise<void> {
  const words = typed?.trim() || undefined
  if (figure === undefined && words === undefined) throw directiveProblem('directive-answer-empty')
  const addressed = await holdAddressed(work, id, version)
  const { question } = (await store.versions(work, id)).find(one => one.version === version) ?? { question: null }
  if (figure !== undefined && question === null) throw directiveProblem('directive-asks-nothing')
  for (const one of addressed) {
    await acknowledgeFor(work, one)
    await store.insertAnswer(work, one, { figure, words })
    await audit.record(
      work,
      'directive.answered',
      { kind: 'directive', id, unitId: one.unitId },
      { version, ...(figure !== undefined && { figure }), inWords: words !== undefined },
    )
  }
}

/** Notes that the actor has opened a version that is addressed to their own unit. */
export async function noteRead(
  work: Work,
  { id, issuingUnitId }: Pick<Directive, 'id' | 'issuingUnitId'>,
  version: number,
): Promise<void> {
  if (work.by.kind !== 'officer') return
  for (const unitId of await store.ownAddressees(work, id, version, await ownUnits(work))) {
    const isNew = await store.insertReading(work, { id, version, unitId, issuingUnitId })
    if (isNew) await audit.record(work, 'directive.read', { kind: 'directive', id, unitId }, { version })
  }
}
