import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { nextCode } from '../batch-box-and-list-code.ts'
import { actingUnit, holdCardByRef } from '../lifecycle.ts'
import { cursorText, type PageRequest, pageOf, parseCursor } from '../paging.ts'
import type { CardBatch, Maker } from './batch.ts'
import { spoilChip } from './chip-of-card.ts'
import { productionProblem } from './problems.ts'
import * as making from './store-attempt.ts'
import * as batches from './store-batch.ts'

export type BatchPlan = {
  readonly maker: Maker
  /** Cards of these units and those below. */
  readonly unitIds?: readonly Id<'unit'>[] | undefined
  readonly schoolId?: Id<'school'> | undefined
  /** How many at most. */
  readonly most: number
  /** Only cards whose deadline lies before. */
  readonly dueBefore?: Day | undefined
  /** Who plans; absent: the actor's unit. */
  readonly unitId?: Id<'unit'> | undefined
}

/** Units with those below; none given: none asked for. Throws unit-unknown. */
const unitsBelow = async (work: Work, unitIds: readonly Id<'unit'>[] | undefined): Promise<Id<'unit'>[] | undefined> =>
  unitIds && (await Promise.all(unitIds.map(id => units.subtreeOn(work, id, work.today)))).flat().map(({ id }) => id)

/** Puts approved cards that wait in no batch into one, the most urgent first. Throws batch-empty, unit-unknown. */
export async function planBatch(work: Work, { maker, unitIds, unitId, ...filter }: BatchPlan): Promise<CardBatch> {
  const unit = await actingUnit(work, unitId)
  const below = await unitsBelow(work, unitIds)
  const batch = { id: newId<'batch'>(work.now), code: await nextCode(work, unit, 'batch'), unitId: unit.id, maker }
  await batches.insertBatch(work, batch)
  const cards = await batches.insertBatchCards(work, batch, { ...filter, ...(below && { unitIds: below }) })
  if (cards === 0) throw productionProblem('batch-empty')
  await audit.record(work, 'batch.planned', { kind: 'batch', id: batch.id, unitId: unit.id }, { maker, cards })
  return getBatch(work, batch.id)
}

/** Throws batch-unknown. */
export async function getBatch(work: Work, id: string): Promise<CardBatch> {
  const batch = await batches.findBatch(work, id)
  if (!batch) throw productionProblem('batch-unknown')
  return batch
}

/** The cards of a batch that still wait, by deadline. */
export const waitingCardsOf = async (work: Work, batchId: string): Promise<Id<'card'>[]> =>
  (await batches.findWaitingOrders(work, batchId)).map(({ cardId }) => cardId)

const batchPageOf = ({ after, limit = 100 }: PageRequest) => ({ after, limit: limit + 1 })

/** How many cards a batch could take, and their deadlines. Throws unit-unknown. */
export async function previewBatch(
  work: Work,
  { unitIds, ...filter }: Pick<BatchPlan, 'unitIds' | 'schoolId' | 'dueBefore'>,
) {
  const below = await unitsBelow(work, unitIds)
  return batches.countPlannable(work, { ...filter, ...(below && { unitIds: below }) })
}

export type BatchListRequest = PageRequest & Pick<batches.BatchFilter, 'which'>
export const listBatches = async (work: Work, request: BatchListRequest = {}) =>
  pageOf(await batches.findBatches(work, { ...batchPageOf(request), which: request.which }), request, ({ id }) => id)

/** One batch with a page of its cards, by deadline. Throws batch-unknown, card-page-malformed. */
export async function showBatch(work: Work, id: string, page: PageRequest = {}) {
  const batch = await getBatch(work, id)
  const { rows, next } = pageOf(
    await batches.findBatchCards(work, id, {
      after: page.after === undefined ? undefined : parseCursor(page.after),
      limit: (page.limit ?? 100) + 1,
    }),
    page,
    ({ dueOn, cardId }) => cursorText(dueOn, cardId),
  )
  await audit.noteReading(
    work,
    rows.map(({ personId }) => personId),
    ['card', 'name'],
  )
  return { batch, cards: rows, ...(next && { next }) }
}

/**
 * Takes a card out of the batch in which it waits: it may be planned again. Throws card-unknown, card-to-be-checked,
 * card-not-waiting.
 */
export async function takeOutOfBatch(
  work: Work,
  cardId: Id<'card'>,
  { reason }: { readonly reason: string },
): Promise<void> {
  const card = await holdCardByRef(work, { cardId })
  const attempt = (await making.findAttempts(work, card)).at(-1)
  // Were it planned once more meanwhile, the one that passes would leave the other batch waiting for ever.
  if (attempt?.quality === null) throw productionProblem('card-to-be-checked')
  const batchId = await batches.releaseCard(work, card, reason)
  if (!batchId) throw productionProblem('card-not-waiting')
  await spoilChip(work, card, 'released')
  await audit.record(
    work,
    'batch.card-released',
    { kind: 'batch', id: batchId, personId: card.personId },
    { card: cardId },
  )
  await closeEmptyBatches(work, [batchId])
}

/** Batches of which nothing waits are over. */
export async function closeEmptyBatches(work: Work, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await batches.holdBatches(work, ids)
  for (const id of await batches.setEmptyBatchesClosed(work, ids))
    await audit.record(work, 'batch.closed', { kind: 'batch', id })
}

/** The same after an import: cards that it took further wait in no batch any more. */
export const releaseMovedOnCards = async (work: Work): Promise<void> =>
  closeEmptyBatches(work, await batches.releaseMovedOn(work))
