import * as audit from '../../audit/audit.ts'
import { addDays } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { chasedAfter } from '../law.ts'
import { cursorText, pageOf, parseCursor } from '../paging.ts'
import { cardStages, type StageOrGroup } from './stage.ts'
import * as pipeline from './store-pipeline.ts'

/** Counts of the cards on their way, of the late ones by owner, and of those that wait for the actor's unit. */
export async function countPipeline(work: Work) {
  const chasedAfterDays = ruleOn(chasedAfter, work.today, work)
  const counts = await pipeline.countStages(work, addDays(work.today, -chasedAfterDays))
  const counted = new Map(counts.map(({ uncollected: _since, ...one }) => [one.stage, one]))
  return {
    /** Every stage, in its order; where nothing is, zero. */
    stages: cardStages.map(stage => counted.get(stage) ?? { stage, cards: 0, late: 0 }),
    late: await pipeline.countLate(work),
    uncollected: { cards: counts.reduce((sum, { uncollected }) => sum + uncollected, 0), days: chasedAfterDays },
    boxes: await pipeline.countBoxDuties(work),
    batches: await pipeline.countBatchDuties(work),
  }
}

/** What waits for who makes cards, and for who looks at them. */
export async function countToMake(work: Work) {
  const counted = await pipeline.countStagesToMake(work)
  const of = (stage: 'to-plan' | 'made') => {
    const { cards, late } = counted.find(one => one.stage === stage) ?? { cards: 0, late: 0 }
    return { cards, late }
  }
  return { toPlan: of('to-plan'), made: of('made'), batches: await pipeline.countBatchDuties(work) }
}

/** What waits for who hands cards over at a unit. */
export async function countToHandOver(work: Work) {
  const days = ruleOn(chasedAfter, work.today, work)
  const { uncollected, ...boxes } = await pipeline.countUnitDuties(work, addDays(work.today, -days))
  return { uncollected: { cards: uncollected, days }, boxes }
}

export type StageListRequest = {
  readonly stage: StageOrGroup
  /** Only cards past their deadline. */
  readonly late?: boolean | undefined
  /** The unit or school that has them. */
  readonly placeId?: string | undefined
  readonly olderThanDays?: number | undefined
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/** A page of the cards of one stage. Throws card-page-malformed. */
export async function listStage(
  work: Work,
  { stage, late, placeId, olderThanDays, after, limit = 100 }: StageListRequest,
) {
  const found = await pipeline.findStagedCards(work, {
    stage,
    late,
    placeId,
    before: olderThanDays === undefined ? undefined : addDays(work.today, -olderThanDays),
    after: after === undefined ? undefined : parseCursor(after),
    limit: limit + 1,
  })
  const { rows, next } = pageOf(found, { limit }, ({ key, cardId }) => cursorText(key, cardId))
  await audit.noteReading(
    work,
    rows.map(({ personId }) => personId),
    ['card', 'name'],
  )
  return { rows, ...(next && { next }) }
}
