import * as audit from '../audit/audit.ts'
import { addDays, parseDay } from '../platform/day.ts'
import { isId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { cardProblem } from './problems.ts'
import { chasedAfterDays, type Listed, stages } from './stage.ts'
import * as pipeline from './store-pipeline.ts'

/** Where the cards are on their way, what is late and with whom, and what waits for the actor's unit. Counts alone. */
export async function countPipeline(work: Work) {
  const counted = new Map((await pipeline.stageCounts(work)).map(one => [one.stage, one]))
  return {
    /** Every stage, in its order; where nothing is, zero. */
    stages: stages.map(stage => counted.get(stage) ?? { stage, cards: 0, late: 0 }),
    late: await pipeline.lateCounts(work),
    uncollected: { cards: await pipeline.uncollectedSince(work, addDays(work.today, -chasedAfterDays)), days: chasedAfterDays },
    boxes: await pipeline.boxDuties(work, work.unitId),
    batches: await pipeline.batchDuties(work),
  }
}

export type StageAsked = {
  readonly stage: Listed
  /** Only what is past its deadline. */
  readonly late?: boolean | undefined
  /** With whom they lie. */
  readonly placeId?: string | undefined
  readonly olderThanDays?: number | undefined
  /** The `next` of the page before. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/** Where a page ended: the day by which its last card stands there, and the card. */
const ended = /^(\d{4}-\d{2}-\d{2})~(.+)$/

function endOf(text: string): { key: string; cardId: string } {
  const [, day = '', cardId = ''] = ended.exec(text) ?? []
  const key = parseDay(day)
  if (!key || !isId(cardId)) throw cardProblem('card-page-malformed')
  return { key, cardId }
}

/** A page of the cards of one stage. Throws card-page-malformed. */
export async function listStage(work: Work, { stage, late, placeId, olderThanDays, after, limit = 100 }: StageAsked) {
  const found = await pipeline.stagedCards(work, {
    stage,
    late,
    placeId,
    before: olderThanDays === undefined ? undefined : addDays(work.today, -olderThanDays),
    after: after === undefined ? undefined : endOf(after),
    limit: limit + 1,
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  await audit.noteReading(work, rows.map(({ personId }) => personId), ['card', 'name']) // biome-ignore format: one line
  return { rows, ...(found.length > limit && last && { next: `${last.key}~${last.cardId}` }) }
}
