import type { Static } from 'typebox'
import * as campaign from '../../campaign/campaign.ts'
import type { targetSplit } from '../../campaign/targets/contract.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { readFigureQuery, unitsWrittenIn } from '../figure.ts'
import { draftFigures } from './figures.ts'
import { countPopulations } from './store.ts'

type SplitInput = NonNullable<Static<NonNullable<typeof targetSplit.body>>>

/**
 * Whole shares in proportion to weights that sum to the value: each is floored, and what is left goes to the largest
 * remainders (Hamilton), the first by order among equals. Where all weights are zero, alike.
 */
export function shareOut(value: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (weights.length === 0) return []
  const of = sum > 0 ? weights : weights.map(() => 1)
  const whole = sum > 0 ? sum : weights.length
  const parts = of.map((weight, i) => {
    // In whole numbers: shares of hundreds of thousands over millions leave no room for rounding.
    const product = BigInt(value) * BigInt(weight)
    return { i, share: Number(product / BigInt(whole)), rest: product % BigInt(whole) }
  })
  let left = value - parts.reduce((total, { share }) => total + share, 0)
  for (const part of parts.toSorted((a, b) => (a.rest < b.rest ? 1 : a.rest > b.rest ? -1 : a.i - b.i))) {
    if (left <= 0) break
    part.share += 1
    left -= 1
  }
  return parts.map(({ share }) => share)
}

/**
 * Proposes how a unit's batch is handed down to the units right below: by who lives there, by whom the campaign means
 * there, or by who of them still lacks it.
 */
export async function splitTarget(
  work: Work,
  id: campaign.CampaignId,
  { unit, metric, batch, by }: SplitInput,
): Promise<Static<NonNullable<typeof targetSplit.reply>>> {
  const asked = await readFigureQuery(work, id, { unit, metric })
  const own = (await campaign.targetsOn(work, id, asked.day, metric)).find(
    target => target.unitId === asked.unit.id && target.batch === batch,
  )
  if (!own)
    throw campaign.definitionProblem('target-refused', {
      faults: [{ unit: asked.unit.code, metric, fault: 'batch-unknown' }],
    })
  const drawn = await draftFigures(work, asked)
  const children = asked.tree.childrenOf(asked.unit.id)
  const people =
    by === 'population'
      ? await countPopulations(
          work,
          children.map(child => unitsWrittenIn(asked.tree, child.id)),
        )
      : undefined
  const weights = children.map((child, i) => {
    const { members, cumulative } = drawn.rowOf(child)
    return people?.[i] ?? (by === 'need' ? Math.max(0, members - cumulative) : members)
  })
  const shares = shareOut(own.value, weights)
  return {
    value: own.value,
    shares: children.map((child, i) => ({
      unit: units.codedUnitReference(child),
      weight: weights[i] ?? 0,
      value: shares[i] ?? 0,
    })),
  }
}

export type HandDownInput = {
  readonly metric: campaign.Metric
  readonly batch: string
  readonly by: SplitInput['by']
  readonly issuedBy: string
}

/**
 * Hands a batch of the campaign's unit down to the lowest level: to the units right below, then to those below each, in
 * whole shares that sum to it. Units get it for as long as their parent has it. Gives how many targets were issued at
 * each level.
 */
export async function handDownTargets(
  work: Work,
  one: campaign.Campaign,
  { metric, batch, by, issuedBy }: HandDownInput,
): Promise<number[]> {
  const issued: number[] = []
  const { tree } = await readFigureQuery(work, one.id, { metric })
  for (let level: readonly Id<'unit'>[] = [one.unitId]; level.length > 0; ) {
    const next: Id<'unit'>[] = []
    let count = 0
    const targetsOfLevel = await campaign.targetsOn(work, one.id, work.today, metric)
    for (const unit of level) {
      // Nobody stands below a commune: there is nothing to draw and to share out.
      if (tree.childrenOf(unit).length === 0) continue
      const own = targetsOfLevel.find(target => target.unitId === unit && target.batch === batch)
      if (!own) continue
      const { shares } = await splitTarget(work, one.id, { unit, metric, batch, by })
      const { assignedOn, dueOn } = own
      const targets = shares.map(share => ({
        unitId: share.unit.id,
        said: share.unit.code,
        metric,
        batch,
        value: share.value,
        assignedOn,
        dueOn,
        splitBy: by,
      }))
      if (targets.length > 0) count += (await campaign.issueTargets(work, one, targets, issuedBy)).issued
      next.push(...targets.map(({ unitId }) => unitId))
    }
    if (next.length > 0) issued.push(count)
    level = next
  }
  return issued
}
