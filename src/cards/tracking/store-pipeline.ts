import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { whereFewInScope } from '../../register/register.ts'
import type { CardState } from '../card.ts'
import type { PageCursor } from '../paging.ts'
import type { Maker } from '../production/batch.ts'
import { type CardStage, type StageOrGroup, stageGroups } from './stage.ts'

/**
 * Cards on their way with the stage of each, the batch or box that has them, and their unit. One line a case, the most
 * certain first, as in `cardPlaceOf`. `only`: what is known of the cards themselves, before the policies are asked.
 */
const comingCards = (work: Work, only = sql`true`) => sql`
  select c.person_id, c.id, c.serial, c.state, c.state_on, o.due_on, o.school_id, b.batch_id, m.code as batch_code,
    m.maker, x.id as box_id, x.code as box_code,
         coalesce(p.since_on, c.state_on) as since_on, s.stage,
         case s.stage when 'in-batch' then m.unit_id
                      when 'in-box'   then
                        case when x.state in ('sent', 'received') then x.to_id else coalesce(x.from_id, x.unit_id) end
                      when 'missing'  then x.to_id
                      when 'to-plan'  then o.unit_id
                      when 'made'     then o.unit_id
                      when 'at-unit'  then coalesce(p.place_id, o.unit_id)
                      else p.place_id end as who
  from cards.card c
  left join cards.card_order o  on o.person_id = c.person_id and o.card_id = c.id
  left join cards.batch_card b  on b.person_id = c.person_id and b.card_id = c.id and b.state = 'waiting'
  left join cards.batch m       on m.id = b.batch_id
  left join cards.box_card l    on l.person_id = c.person_id and l.card_id = c.id and l.state in ('in', 'missing')
  left join cards.box x         on x.id = l.box_id
  left join cards.location p    on p.person_id = c.person_id and p.card_id = c.id
  left join cards.withholding w on w.person_id = c.person_id and w.card_id = c.id and w.given_back_on is null
  cross join lateral (select case
    when w.id is not null        then 'withheld'
    when l.state = 'missing'     then 'missing'
    when l.state = 'in'          then 'in-box'
    when b.batch_id is not null  then 'in-batch'
    when c.state = 'approved'    then case c.origin when 'issued' then 'to-plan' else 'elsewhere' end
    when c.state = 'produced'    then 'made'
    when p.kind = 'school'       then 'at-school'
    when p.kind = 'list'         then 'on-list'
    else 'at-unit' end as stage) s
  where c.state in ('approved', 'produced', 'at-unit') and ${only} and ${whereFewInScope(work, sql`c.person_id`)}`

const handedOverCards = sql`
  select c.person_id, c.id, c.serial, c.state, c.state_on, o.due_on, o.school_id, null::uuid as batch_id,
    null as batch_code, null as maker, null::uuid as box_id, null as box_code,
         h.handed_over_on as since_on, 'handed-over' as stage, h.unit_id as who
  from cards.hand_over h join cards.card c on c.person_id = h.person_id and c.id = h.card_id
  left join cards.card_order o on o.person_id = c.person_id and o.card_id = c.id`

const withheldCards = sql`
  select c.person_id, c.id, c.serial, c.state, c.state_on, o.due_on, o.school_id, null::uuid as batch_id,
    null as batch_code, null as maker, null::uuid as box_id, null as box_code,
         w.withheld_on as since_on, 'withheld' as stage, p.place_id as who
  from cards.withholding w join cards.card c on c.person_id = w.person_id and c.id = w.card_id
  left join cards.card_order o on o.person_id = c.person_id and o.card_id = c.id
  left join cards.location p   on p.person_id = c.person_id and p.card_id = c.id
  where w.given_back_on is null`

const endedCards = sql`
  select e.person_id, e.card_id as id, e.serial, e.state, e.since_on as state_on, e.due_on, e.school_id,
    null::uuid as batch_id, null as batch_code, null as maker, e.box_id, e.box_code,
         e.since_on, 'ended' as stage, e.place_id as who
  from cards.published_ended e`

/** Cards that should be at their unit by now and are not. */
const isLate = (today: Day) =>
  sql`(due_on < ${today} and stage in ('to-plan', 'in-batch', 'made', 'in-box', 'missing'))`

export type StageCount = {
  readonly stage: CardStage
  readonly cards: number
  readonly late: number
  /** Of those that lie at a unit, a school or with a teacher: since a day or longer. */
  readonly uncollected: number
}

export async function countStages(work: Work, uncollectedSince: Day): Promise<StageCount[]> {
  const isUncollected = sql`stage = any (${[...stageGroups.uncollected]}::text[]) and state_on <= ${uncollectedSince}`
  const { rows } = await sql<StageCount>`
    select stage, count(*)::int as cards, count(*) filter (where ${isLate(work.today)})::int as late,
      count(*) filter (where ${isUncollected})::int as uncollected
    from (${comingCards(work)}) c where stage <> 'withheld' group by stage
    union all select 'withheld', count(*)::int, 0, 0 from cards.withholding where given_back_on is null
    union all select 'handed-over', count(*)::int, 0, 0 from cards.hand_over
    union all select 'ended', count(*)::int, 0, 0 from cards.published_ended`.execute(work.tx)
  return rows
}

/** Cards that wait for a plan, and made ones that wait for a box. */
export async function countStagesToMake(work: Work): Promise<Omit<StageCount, 'uncollected'>[]> {
  const only = sql`((c.state = 'approved' and c.origin = 'issued') or c.state = 'produced')`
  const { rows } = await sql<StageCount>`
    select stage, count(*)::int as cards, count(*) filter (where ${isLate(work.today)})::int as late
    from (${comingCards(work, only)}) c where stage in ('to-plan', 'made') group by stage`.execute(work.tx)
  return rows
}

export type LateCount = {
  readonly stage: CardStage
  readonly unitId: Id<'unit'> | null
  readonly maker: Maker | null
  readonly cards: number
  readonly dueOn: Day
}

/** Overdue cards by the unit or maker that has them, the longest overdue first. */
export async function countLate(work: Work): Promise<LateCount[]> {
  const { rows } = await sql<LateCount>`
    select stage, who as "unitId", maker, count(*)::int as cards, min(due_on) as "dueOn"
    from (${comingCards(work)}) c where ${isLate(work.today)}
    group by stage, who, maker order by min(due_on), count(*) desc, stage, who`.execute(work.tx)
  return rows
}

export type BoxDuties = {
  readonly toReceive: number
  readonly toCount: number
  readonly withMissing: number
  readonly withUnexpected: number
}

const boxDuties = ({ unitId }: Work) => sql`
  (select count(*)::int from cards.box where state = 'sent' and to_id = ${unitId ?? null}::uuid) as "toReceive",
  (select count(*)::int from cards.box where state = 'received' and to_id = ${unitId ?? null}::uuid) as "toCount",
  (select count(*)::int from cards.box where id in (select cards.boxes_with_gaps())) as "withMissing",
  (select count(*)::int from cards.box
    where id in (select box_id from cards.published_unexpected_card)) as "withUnexpected"`

/** Boxes that wait for the actor's unit, and boxes in its scope with a missing or an unexpected card. */
export async function countBoxDuties(work: Work): Promise<BoxDuties> {
  const { rows } = await sql<BoxDuties>`select ${boxDuties(work)}`.execute(work.tx)
  return rows[0] as BoxDuties
}

/** The same, and the cards that lie at a unit, a school or with a teacher since a day or longer. */
export async function countUnitDuties(work: Work, before: Day): Promise<BoxDuties & { readonly uncollected: number }> {
  const only = sql`c.state = 'at-unit' and c.state_on <= ${before}`
  const { rows } = await sql<BoxDuties & { readonly uncollected: number }>`
    select ${boxDuties(work)}, (select count(*)::int from (${comingCards(work, only)}) c
      where stage = any (${[...stageGroups.uncollected]}::text[])) as uncollected`.execute(work.tx)
  return rows[0] as BoxDuties & { readonly uncollected: number }
}

export type BatchDuties = { readonly late: number; readonly toCheck: number }

/**
 * Batches of which a card waits past its deadline, and those with a card that another officer made and that waits to be
 * looked at.
 */
export async function countBatchDuties({ tx, today, by }: Work): Promise<BatchDuties> {
  const { rows } = await sql<BatchDuties>`
    select (select count(*)::int from cards.batch b
      where b.state <> 'closed' and (select due_on from cards.batch_counts(b.id)) < ${today}) as late,
           (select count(distinct p.batch_id)::int from cards.production p
             where p.quality is null and p.maker = 'house' and p.made_by <> ${by.id}) as "toCheck"`.execute(tx)
  return rows[0] ?? { late: 0, toCheck: 0 }
}

export type StagedCard = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly name: string | null
  readonly serial: string | null
  readonly state: CardState
  readonly stage: CardStage
  readonly since: Day
  readonly dueOn: Day | null
  readonly placeId: string | null
  readonly schoolId: Id<'school'> | null
  readonly batchId: string | null
  readonly batchCode: string | null
  readonly boxId: string | null
  readonly boxCode: string | null
  /** The day by which it stands in the list. */
  readonly key: Day
}

export type StagedCardFilter = {
  readonly stage: StageOrGroup
  readonly late?: boolean | undefined
  readonly placeId?: string | undefined
  /** Waits since that day or longer. */
  readonly before?: Day | undefined
  /** The key and the card that the page before ended with. */
  readonly after?: PageCursor | undefined
  readonly limit: number
}

const isGroup = (stage: StageOrGroup): stage is keyof typeof stageGroups => Object.hasOwn(stageGroups, stage)

const waitingStates = ['approved', 'produced', 'at-unit'] as const

/** The states of cards of a stage, where not of all that wait: so that a list of it does not read the others. */
const statesOf: Partial<Record<CardStage, readonly (typeof waitingStates)[number][]>> = {
  'to-plan': ['approved'],
  elsewhere: ['approved'],
  made: ['produced'],
  'at-unit': ['at-unit'],
  'at-school': ['at-unit'],
  'on-list': ['at-unit'],
}

/** The source of a list, its condition and its order. A far day stands for an unknown deadline. */
function stageSource(
  work: Work,
  stage: StageOrGroup,
): {
  from: RawBuilder<unknown>
  which: RawBuilder<unknown>
  key: RawBuilder<unknown>
} {
  if (stage === 'handed-over') return { from: handedOverCards, which: sql`true`, key: sql`since_on` }
  if (stage === 'withheld') return { from: withheldCards, which: sql`true`, key: sql`since_on` }
  if (stage === 'ended') return { from: endedCards, which: sql`true`, key: sql`since_on` }
  const those: readonly CardStage[] = isGroup(stage) ? stageGroups[stage] : [stage]
  const isThere = those.every(one => stageGroups.uncollected.some(back => back === one))
  const states = those.flatMap(one => statesOf[one] ?? waitingStates)
  return {
    from: comingCards(work),
    which: sql`stage = any (${[...those]}::text[]) and state = any (${states}::text[])`,
    key: isThere ? sql`state_on` : sql`coalesce(due_on, date '9999-12-31')`,
  }
}

/**
 * A page of one list. The page before is remembered by its last key, so that nothing is lost where that card has gone
 * on meanwhile.
 */
export async function findStagedCards(
  work: Work,
  { stage, late, placeId, before, after, limit }: StagedCardFilter,
): Promise<StagedCard[]> {
  const { from, which, key } = stageSource(work, stage)
  const { tx, today } = work
  const [then, order] = stage === 'handed-over' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  const { rows } = await sql<StagedCard>`
    with page as (
      select c.*, ${key} as key from (${from}) c
      where ${which} ${late ? sql`and ${isLate(today)}` : sql``} ${placeId ? sql`and who = ${placeId}` : sql``}
        ${before ? sql`and state_on <= ${before}` : sql``}
        ${after ? sql`and (${key}, id) ${then} (${after.key}::date, ${after.cardId}::uuid)` : sql``}
      order by ${key} ${order}, id ${order} limit ${limit})
    select page.id as "cardId", page.person_id as "personId", r.full_name as name, page.serial, page.state, page.stage,
      page.since_on as since, page.due_on as "dueOn", page.who as "placeId",
           page.school_id as "schoolId", page.batch_id as "batchId", page.batch_code as "batchCode",
             page.box_id as "boxId", page.box_code as "boxCode", page.key::text as key
    from page left join register.published_person r on r.person_id = page.person_id
    order by page.key ${order}, page.id ${order}`.execute(tx)
  return rows
}
