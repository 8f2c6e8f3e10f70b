/**
 * Orders of a commander to units, and how far each unit has come. An order comes in, with a question where it asks for
 * a figure. Decided here: its addressees, the version in force, and who may revise or answer it. What goes out: each
 * unit's step (view.ts), reminders (reminder.ts), and units that have not reported (not-reported.ts). Deeds:
 * directive.issued, .revised, .closed, .read, .acknowledged, .answered.
 */

import * as audit from '../../audit/audit.ts'
import { asDay, yearOf } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { campaignTitle } from '../cohorts/campaigns.ts'
import { definitionProblem } from '../cohorts/problems.ts'
import type { DirectiveInput, DirectiveRevision } from './contract.ts'
import type { Directive, DirectiveAddressee, DirectiveId, DirectiveOrder } from './directive.ts'
import { directiveProblem } from './problems.ts'
import * as store from './store.ts'

/**
 * Whom the actor acts for: the police of their unit and of those that were merged into it; of education the office, of
 * a school's staff the school. The scope of the post tells which, since the rows of no other are in it.
 */
export async function ownUnits(work: Work): Promise<Id<'unit'>[]> {
  if (!work.unitId) return []
  const homes = await units.homesOn(work, work.unitId, work.today)
  const own = [...homes].filter(([, home]) => home === work.unitId).map(([written]) => written)
  if (typeof work.scope === 'string' || work.scope.units.includes(work.unitId)) return own
  const offices = (await staff.educationOffices(work, own)).map(({ officeId }) => officeId)
  const inScope = new Set<string>(work.scope.units)
  const ofEducation = offices.filter(id => inScope.has(id))
  return ofEducation.length > 0 ? ofEducation : work.scope.units.map(id => id as Id<'unit'>)
}

const orderOf = (input: DirectiveRevision): DirectiveOrder => ({
  title: input.title.trim(),
  body: input.body.trim(),
  dueOn: asDay(input.dueOn),
  issuedBy: input.issuedBy.trim(),
  question: input.question && {
    label: input.question.label.trim(),
    ...(input.question.metric && { metric: input.question.metric }),
  },
})

/** Education offices of a unit and of those below it, at the levels at which there are such offices today. */
async function educationBelow(work: Work, unitId: Id<'unit'>): Promise<DirectiveAddressee[]> {
  const levels = staff.levelsOn('education-officer', work.today, work)
  const within = (await units.subtreeOn(work, unitId, work.today)).filter(({ level }) => levels.includes(level))
  const offices = await staff.educationOffices(
    work,
    within.map(({ id }) => id),
  )
  return offices.map(({ unitId: ofUnitId, officeId }) => ({ unitId: officeId, office: 'education', ofUnitId }))
}

/** The schools that stand in a unit today. */
async function schoolsBelow(work: Work, unitId: Id<'unit'>): Promise<DirectiveAddressee[]> {
  const homes = await units.homesOn(work, unitId, work.today)
  const schools = await units.schoolsIn(work, [...homes.keys()], work.today)
  return schools.map(school => ({
    unitId: school.id as string as Id<'unit'>,
    office: 'school',
    ofUnitId: homes.get(school.unitId) ?? school.unitId,
  }))
}

/**
 * The named units, with all communes below `communesOf`, the education offices of `educationOf` and the schools of
 * `schoolsOf`; each must be below the issuing unit today.
 */
async function addresseesOf(work: Work, issuing: Id<'unit'>, input: DirectiveRevision): Promise<DirectiveAddressee[]> {
  const below = new Map((await units.subtreeOn(work, issuing, work.today)).map(unit => [unit.id, unit]))
  below.delete(issuing)
  const named = (input.units ?? []).map(id => id)
  const communes = input.communesOf ? await units.subtreeOn(work, input.communesOf, work.today) : []
  const asked = [...new Set([...named, ...communes.filter(({ level }) => level === 'commune').map(({ id }) => id)])]
  const wholes = [input.educationOf, input.schoolsOf].flatMap(id => (id && id !== issuing ? [id] : []))
  const outside = [...asked, ...wholes].filter(id => !below.has(id))
  if (outside.length)
    throw directiveProblem('directive-unit-outside', {
      units: await Promise.all(outside.map(id => units.unitName(work, id))),
    })
  const addressees = [
    ...asked.map((unitId): DirectiveAddressee => ({ unitId, office: 'police', ofUnitId: unitId })),
    ...(input.educationOf ? await educationBelow(work, input.educationOf) : []),
    ...(input.schoolsOf ? await schoolsBelow(work, input.schoolsOf) : []),
  ]
  if (addressees.length === 0) throw directiveProblem('directive-nobody')
  return addressees
}

function refuseFaultyOrder(work: Work, order: DirectiveOrder, campaignId: Id<'campaign'> | undefined): void {
  if (order.dueOn < work.today) throw directiveProblem('directive-due-past', { today: work.today })
  if (order.question?.metric && !campaignId) throw directiveProblem('directive-metric-alone')
}

/** The unit that issues: the actor's. The command line acts in no unit, and so cannot issue. */
function issuingUnit({ unitId }: Work): Id<'unit'> {
  if (!unitId) throw directiveProblem('directive-of-another')
  return unitId
}

const deedFacts = (
  order: DirectiveOrder,
  { version }: Pick<Directive, 'version'>,
  unitIds: readonly DirectiveAddressee[],
) => ({
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
export async function issueDirective(work: Work, input: DirectiveInput): Promise<DirectiveId> {
  const issuingUnitId = issuingUnit(work)
  const order = orderOf(input)
  refuseFaultyOrder(work, order, input.campaign)
  if (input.campaign && (await campaignTitle(work, input.campaign)) === undefined)
    throw definitionProblem('campaign-unknown')
  const unitIds = await addresseesOf(work, issuingUnitId, input)

  const year = yearOf(work.today)
  const number = await store.nextDirectiveNumber(work, issuingUnitId, year)
  const one = { id: newId<'directive'>(work.now), issuingUnitId, year, number, version: 1 }
  await store.insertDirective(work, { ...one, ...(input.campaign && { campaignId: input.campaign }) })
  await store.insertVersion(work, one, order, unitIds)
  await audit.record(
    work,
    'directive.issued',
    { kind: 'directive', id: one.id, unitId: issuingUnitId },
    { ...deedFacts(order, one, unitIds), number, year },
  )
  return one.id
}

/** The directive as it stands, locked; throws where it is not in sight. */
async function holdKnownDirective(work: Work, id: DirectiveId): Promise<Directive> {
  const found = await store.holdDirective(work, id)
  if (!found) throw directiveProblem('directive-unknown')
  return found
}

async function holdOwnDirective(work: Work, id: DirectiveId): Promise<Directive> {
  const found = await holdKnownDirective(work, id)
  if (!(await ownUnits(work)).includes(found.issuingUnitId)) throw directiveProblem('directive-of-another')
  if (found.closedOn) throw directiveProblem('directive-closed', { closedOn: found.closedOn })
  return found
}

/**
 * Issues a later version. A unit that acknowledged or answered an earlier one must do so anew; the earlier acts stay
 * with their version.
 */
export async function reviseDirective(work: Work, id: DirectiveId, revision: DirectiveRevision): Promise<number> {
  const found = await holdOwnDirective(work, id)
  const order = orderOf(revision)
  refuseFaultyOrder(work, order, found.campaignId)
  const unitIds = await addresseesOf(work, issuingUnit(work), revision)
  const next = { ...found, version: found.version + 1 }
  await store.insertVersion(work, next, order, unitIds)
  await audit.record(
    work,
    'directive.revised',
    { kind: 'directive', id, unitId: found.issuingUnitId },
    { ...deedFacts(order, next, unitIds), supersedes: found.version },
  )
  return next.version
}

/** Closes a directive: it stays readable, and nobody owes anything on it. */
export async function closeDirective(work: Work, id: DirectiveId): Promise<void> {
  const { issuingUnitId, version } = await holdOwnDirective(work, id)
  await store.setDirectiveClosed(work, id)
  await audit.record(work, 'directive.closed', { kind: 'directive', id, unitId: issuingUnitId }, { version })
}

/**
 * The actor's own units to which the version in force is addressed; refuses where there is none, or where it is another
 * version.
 */
async function holdAddressed(work: Work, id: DirectiveId, version: number): Promise<store.Addressee[]> {
  const found = await holdKnownDirective(work, id)
  if (found.closedOn) throw directiveProblem('directive-closed', { closedOn: found.closedOn })
  if (found.version !== version) throw directiveProblem('directive-superseded', { version: found.version })
  const own = await store.ownAddressees(work, id, version, await ownUnits(work))
  if (own.length === 0) throw directiveProblem('directive-not-yours')
  return own.map(unitId => ({ id, version, unitId, issuingUnitId: found.issuingUnitId }))
}

async function acknowledgeFor(work: Work, addressee: store.Addressee): Promise<void> {
  if (!(await store.insertAcknowledgement(work, addressee))) return
  await audit.record(
    work,
    'directive.acknowledged',
    { kind: 'directive', id: addressee.id, unitId: addressee.unitId },
    { version: addressee.version },
  )
}

/** The actor's own unit acknowledges the version in force; to do so again changes nothing. */
export async function acknowledgeDirective(
  work: Work,
  id: DirectiveId,
  { version }: { version: number },
): Promise<void> {
  for (const one of await holdAddressed(work, id, version)) await acknowledgeFor(work, one)
}

export type DirectiveAnswer = {
  readonly version: number
  readonly figure?: number | undefined
  readonly words?: string | undefined
}

/** The actor's own unit answers, and so acknowledges. The last answer counts; the earlier ones stay. */
export async function answerDirective(
  work: Work,
  id: DirectiveId,
  { version, figure, words: typed }: DirectiveAnswer,
): Promise<void> {
  const words = typed?.trim() || undefined
  if (figure === undefined && words === undefined) throw directiveProblem('directive-answer-empty')
  const addressed = await holdAddressed(work, id, version)
  const { question } = (await store.findVersions(work, id)).find(one => one.version === version) ?? { question: null }
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
export async function noteDirectiveRead(
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
