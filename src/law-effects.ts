import * as accounts from './accounts/accounts.ts'
import * as campaign from './campaign/campaign.ts'
import * as enrolment from './enrolment/enrolment.ts'
import { isInForceOn, type LawTableRow, lawTable } from './law-table.ts'
import type { Day } from './platform/day.ts'
import type { Asking, LawRows } from './platform/law.ts'
import type { Work } from './platform/work.ts'
import * as units from './units/units.ts'

/**
 * What other rows of law and other days off would change, and for whom: an operator reads it before the rows are put in
 * force. Whole numbers and ids alone; a name is nowhere in it.
 */

export type LawState = { readonly lawRows: LawRows; readonly ownDays: readonly units.OwnDay[] }

type RuleChange = Pick<LawTableRow, 'rule' | 'from' | 'until' | 'value' | 'source' | 'confidence'> & {
  /** What answered on the first of its days until now; absent where nothing did. */
  readonly before?: unknown
  /** Applications and requests under way that began on its days: they are judged by it from now on. */
  readonly openApplications: number
  readonly openRequests: number
}

type NeedChange = { readonly day: Day; readonly need: campaign.Need; readonly before: number; readonly after: number }

/** Another last day, for something under way. */
type MovedDueDay<Of> = { readonly of: Of; readonly dueOn: Day }

export type LawEffects = {
  readonly rules: readonly RuleChange[]
  readonly days: readonly (units.OwnDay & { readonly wasWorkingDay: boolean })[]
  readonly applications: readonly MovedDueDay<enrolment.DatedApplication>[]
  readonly requests: readonly MovedDueDay<accounts.DatedRequest>[]
  readonly byUnit: readonly { code: string; name: string; applications: number; requests: number }[]
  readonly needs: readonly NeedChange[]
}

const keyOf = ({ rule, from, value, source, by }: LawTableRow) => JSON.stringify([rule, from, value, source, by])

function changedRules(before: LawState, after: LawState, open: OpenWork): RuleChange[] {
  const known = lawTable(before)
  const keys = new Set(known.map(keyOf))
  return lawTable(after)
    .filter(row => !keys.has(keyOf(row)))
    .map(({ rule, from, until, value, source, confidence }) => {
      const former = known.find(row => row.rule === rule && isInForceOn(row, from as Day))
      const isOfItsDays = (day: Day) => isInForceOn({ from, until }, day)
      return {
        rule,
        from,
        until,
        value,
        source,
        confidence,
        ...(former && { before: former.value }),
        openApplications: rule.startsWith('enrolment.')
          ? open.applications.filter(({ begunOn }) => isOfItsDays(begunOn)).length
          : 0,
        openRequests: rule.startsWith('accounts.')
          ? open.requests.filter(({ askedOn }) => isOfItsDays(askedOn)).length
          : 0,
      }
    })
}

type OpenWork = {
  readonly applications: readonly enrolment.DatedApplication[]
  readonly requests: readonly accounts.DatedRequest[]
}

/** The last day of an application by other rows and days; undefined where it stays, or was reckoned otherwise. */
async function movedApplication(work: Work, one: enrolment.DatedApplication, before: LawState, after: LawState) {
  const { submittedOn, dueOn } = one
  if (!submittedOn || !dueOn) return undefined
  const place = await enrolment.processingPlaceIn(work, one.unitId as units.UnitId, submittedOn)
  const dueBy = ({ lawRows, ownDays }: LawState) =>
    units.countedBy(ownDays, () => enrolment.cardLimitOn(one.kind, place, submittedOn, { lawRows }).dueOn)
  const moved = dueBy(after)
  return dueBy(before) === dueOn && moved !== dueOn ? { of: one, dueOn: moved } : undefined
}

/** The same for a request of an account: with or without a card, as its day of now was reckoned. */
function movedRequest(one: accounts.DatedRequest, before: LawState, after: LawState) {
  const dueBy = (card: 'with-card' | 'without-card', { lawRows, ownDays }: LawState) =>
    units.countedBy(ownDays, () => accounts.decisionLimitOn(one.level, card, one.askedOn, { lawRows }).dueOn)
  const card = (['with-card', 'without-card'] as const).find(each => dueBy(each, before) === one.dueOn)
  const moved = card && dueBy(card, after)
  return moved && moved !== one.dueOn ? { of: one, dueOn: moved } : undefined
}

async function countByUnit(work: Work, effects: Pick<LawEffects, 'applications' | 'requests'>) {
  const counts = new Map<string, { applications: number; requests: number }>()
  const add = (unitId: string | null, kind: 'applications' | 'requests') => {
    const known = counts.get(unitId ?? '') ?? { applications: 0, requests: 0 }
    counts.set(unitId ?? '', { ...known, [kind]: known[kind] + 1 })
  }
  for (const { of } of effects.applications) add(of.unitId, 'applications')
  for (const { of } of effects.requests) add(of.unitId, 'requests')
  const rows = await Promise.all(
    [...counts].map(async ([unitId, count]) => {
      const unit = unitId ? await units.findUnit(work, unitId as units.UnitId) : undefined
      return { code: unit?.code ?? '', name: unit?.name ?? '', ...count }
    }),
  )
  return rows.toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** Needs are counted where a rule of cards or accounts changes: on its first day, or today where it is in force. */
async function changedNeeds(work: Work, rules: readonly RuleChange[], before: LawState, after: LawState) {
  const days = rules
    .filter(({ rule }) => rule.startsWith('cards.') || rule.startsWith('accounts.'))
    .filter(({ until }) => until === null || until >= work.today)
    .map(({ from }) => (from > work.today ? (from as Day) : work.today))
  const found: NeedChange[] = []
  for (const day of [...new Set(days)].sort()) {
    const countBy = async ({ lawRows }: Asking) =>
      (await campaign.countNeeds({ ...work, lawRows }, { day, basis: 'permanent' })).all.needs
    const [was, is] = [await countBy(before), await countBy(after)]
    for (const need of Object.keys(is) as campaign.Need[])
      if (was[need] !== is[need]) found.push({ day, need, before: was[need], after: is[need] })
  }
  return found
}

/** What changes, and for whom, when the rows of `after` come in the place of those of `before`. */
export async function effectsOfLaw(work: Work, before: LawState, after: LawState): Promise<LawEffects> {
  const open: OpenWork = {
    applications: await enrolment.findDatedApplications(work),
    requests: await accounts.findDatedRequests(work),
  }
  const rules = changedRules(before, after, open)
  const known = new Set(before.ownDays.map(day => JSON.stringify(day)))
  const days = after.ownDays
    .filter(day => !known.has(JSON.stringify(day)))
    .map(day => ({ ...day, wasWorkingDay: units.countedBy(before.ownDays, () => units.isWorkingDay(day.day)) }))
  const applications: LawEffects['applications'][number][] = []
  for (const one of open.applications) {
    const moved = await movedApplication(work, one, before, after)
    if (moved) applications.push(moved)
  }
  const requests = open.requests.flatMap(one => movedRequest(one, before, after) ?? [])
  const byUnit = await countByUnit(work, { applications, requests })
  return { rules, days, applications, requests, byUnit, needs: await changedNeeds(work, rules, before, after) }
}

/** Writes the last days that move. */
export async function moveDueDays(work: Work, { applications, requests }: LawEffects): Promise<void> {
  await enrolment.setLawDueDays(
    work,
    applications.map(({ of, dueOn }) => ({ id: of.id, personId: of.personId, dueOn })),
  )
  await accounts.setRequestDueDays(
    work,
    requests.map(({ of, dueOn }) => ({ id: of.id, personId: of.personId, dueOn })),
  )
}

/** What a reform changes: who lives, waits and learns in a unit that goes over into another. */
export type ReformEffect = {
  readonly old: string
  readonly next: string
  readonly effective: string
  readonly people: number
  readonly applications: number
  readonly schools: number
}

export async function effectOfReform(
  work: Work,
  { old, next, effective, eve }: { old: string; next: string; effective: string; eve: Day },
): Promise<ReformEffect | undefined> {
  const unit = await units.findUnitOn(work, old, eve)
  if (!unit) return undefined
  const { all } = await campaign.countNeeds(work, { day: work.today, basis: 'permanent', unit: unit.id })
  const below = await units.homesOn(work, unit.id, work.today)
  const open = await enrolment.findDatedApplications(work)
  return {
    old,
    next,
    effective,
    people: all.people,
    applications: open.filter(({ unitId }) => below.has(unitId as units.UnitId)).length,
    schools: (await units.schoolsIn(work, [...below.keys()], work.today)).length,
  }
}
