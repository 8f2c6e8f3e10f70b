import type { Static } from 'typebox'
import * as campaign from '../../campaign/campaign.ts'
import type { TargetsOfUnit, targetIssue, targetTree } from '../../campaign/targets/contract.ts'
import { asDay, type Day, dayBefore } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { readFigureQuery } from '../figure.ts'
import { draftFigures, type FigureDraft } from './figures.ts'

/**
 * Targets beside people. A question after a unit's targets, or targets to issue, come in. Decided here: how many people
 * the campaign means in each unit, those of opening balances included, and by how many a target is above them. Such a
 * target is issued for a reason alone, and none to a unit below in which nobody is meant. Deed: target.issued.
 */

type People = Pick<TargetsOfUnit, 'people' | 'done'>
const noPeople: People = { people: null, done: null }

/** By how many a target is above the people who are meant; 0 where they are not counted. */
const overBy = (value: number | null, people: number | null) =>
  value === null || people === null ? 0 : Math.max(0, value - people)

function peopleOf(drawn: FigureDraft | undefined, unitId: string): People {
  const unit = drawn?.query.tree.standing.get(unitId)
  if (!drawn || !unit) return noPeople
  const { members, cumulative } = drawn.rowOf(unit)
  return { people: members, done: cumulative }
}

/** The figures of a day, where the metric counts people and the asker may see them. */
async function draftOf(
  work: Work,
  one: campaign.Campaign,
  { metric, day }: { readonly metric: campaign.Metric; readonly day: Day },
): Promise<FigureDraft | undefined> {
  if (!campaign.isPersonMetric(metric) || !campaign.seesFiguresOf(work, one)) return undefined
  const eve = dayBefore(one.startsOn)
  const counted = [day, work.today].toSorted()[0] ?? day
  const query = counted < eve ? { metric, unit: one.unitId } : { metric, unit: one.unitId, day: counted }
  // The whole campaign is drawn, and only units of the asker's are told of.
  return draftFigures(work, await readFigureQuery({ ...work, unitId: undefined }, one.id, query))
}

/** The targets of a unit and of those right below it, with the people meant there and what is done. */
export async function readTargetsWithPeople(
  work: Work,
  id: campaign.CampaignId,
  query: NonNullable<Static<NonNullable<typeof targetTree.query>>>,
): Promise<Static<NonNullable<typeof targetTree.reply>>> {
  const one = await campaign.getCampaign(work, id)
  const day = query.day ? asDay(query.day) : work.today
  const unitId = query.unit ?? work.unitId ?? one.unitId
  if (!(await campaign.isOwnUnit(work, unitId))) throw campaign.campaignProblem('list-unit-outside')
  const { metric } = query
  const { whole, below } = await campaign.readTargetTree(work, one, { unitId, metric, day })
  const drawn = await draftOf(work, one, { metric, day })
  const withPeople = (targets: typeof whole): TargetsOfUnit => {
    const people = peopleOf(drawn, targets.unit.id)
    return { ...targets, ...people, over: overBy(targets.value, people.people) }
  }
  return { day, metric, whole: withPeople(whole), below: below.map(withPeople) }
}

type AboveRow = { readonly unit: string; readonly name: string; readonly value: number; readonly people: number }

/** Units whose whole target, over all batches, would be above the people meant there. */
async function findTargetsAbovePeople(
  work: Work,
  one: campaign.Campaign,
  { metric, batch, targets }: NonNullable<Static<NonNullable<typeof targetIssue.body>>>,
): Promise<AboveRow[]> {
  const drawn = await draftOf(work, one, { metric, day: work.today })
  if (!drawn) return []
  const known = await campaign.targetsOn(work, one.id, work.today, metric)
  return targets.flatMap(({ unit, value }) => {
    const { people } = peopleOf(drawn, unit)
    const standing = drawn.query.tree.standing.get(unit)
    const others = known.filter(target => target.unitId === unit && target.batch !== batch)
    const whole = value + others.reduce((sum, other) => sum + other.value, 0)
    if (people === null || !standing || whole <= people || value <= 0) return []
    return [{ unit: standing.code, name: standing.name, value: whole, people }]
  })
}

/**
 * Issues targets of one batch, as `campaign.issueTargets`. Throws target-above-people with both numbers of each unit
 * where some are above the people meant there and no reason is given; target-refused where nobody is meant in a unit
 * below the campaign's.
 */
export async function issueTargetsForPeople(
  work: Work,
  id: campaign.CampaignId,
  body: NonNullable<Static<NonNullable<typeof targetIssue.body>>>,
): Promise<{ issued: number; unchanged: number }> {
  const one = await campaign.getCampaign(work, id)
  const { metric, batch, dueOn, issuedBy, splitBy = 'hand', targets, aboveReason } = body
  const asked = await Promise.all(
    targets.map(async ({ unit, value }) => {
      const { id: unitId, code } = await units.getUnit(work, unit as Id<'unit'>)
      return { unitId, said: code, metric, batch, value, assignedOn: work.today, dueOn: asDay(dueOn), splitBy }
    }),
  )
  const above = await findTargetsAbovePeople(work, one, body)
  const reason = aboveReason?.trim()
  const issued = await campaign.issueTargets(
    work,
    one,
    asked.map(target =>
      reason && above.some(({ unit }) => unit === target.said) ? { ...target, aboveReason: reason } : target,
    ),
    issuedBy,
  )
  const root = (await units.getUnit(work, one.unitId)).code
  const empty = above.filter(({ unit, people }) => people === 0 && unit !== root)
  if (empty.length > 0)
    throw campaign.definitionProblem('target-refused', {
      faults: empty.map(({ unit, value }) => ({ unit, metric, fault: 'nobody-meant', value })),
    })
  if (above.length > 0 && !reason)
    throw campaign.definitionProblem('target-above-people', {
      above: above.slice(0, 50),
      more: Math.max(0, above.length - 50),
    })
  return issued
}
