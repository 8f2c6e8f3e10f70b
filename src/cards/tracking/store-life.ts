import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card, CardState } from '../card.ts'
import type { PageCursor } from '../paging.ts'
import type { CardLocation } from '../store-location.ts'
import type { OldKind } from '../withdrawal/old-kind.ts'

export type CardPosition = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly state: CardState
  readonly stateOn: Day
  readonly batchId: string | null
  readonly boxId: string | null
  readonly boxCode: string | null
  readonly boxState: string | null
  readonly lineState: 'in' | 'missing' | null
  readonly sentOn: Day | null
  readonly boxTo: string | null
  readonly boxToKind: 'unit' | 'school' | null
  readonly kind: CardLocation['kind'] | null
  readonly placeId: string | null
  readonly sinceOn: Day | null
  readonly authority: string | null
  readonly withheldOn: Day | null
}

/** All that says where some cards are. */
export async function findPositions({ tx }: Work, cardIds: readonly Id<'card'>[]): Promise<CardPosition[]> {
  const { rows } = await sql<CardPosition>`
    select c.id as "cardId", c.person_id as "personId", c.state, c.state_on as "stateOn", b.batch_id as "batchId",
      x.id as "boxId", x.code as "boxCode", x.state as "boxState",
           l.state as "lineState", (x.sent_at at time zone 'Asia/Ho_Chi_Minh')::date as "sentOn", x.to_id as "boxTo",
             x.to_kind as "boxToKind", p.kind, p.place_id as "placeId",
           p.since_on as "sinceOn", w.authority, w.withheld_on as "withheldOn"
    from cards.card c
    left join cards.batch_card b  on b.person_id = c.person_id and b.card_id = c.id and b.state = 'waiting'
    left join cards.box_card l    on l.person_id = c.person_id and l.card_id = c.id and l.state in ('in', 'missing')
    left join cards.box x         on x.id = l.box_id
    left join cards.location p    on p.person_id = c.person_id and p.card_id = c.id
    left join cards.withholding w on w.person_id = c.person_id and w.card_id = c.id and w.given_back_on is null
    where c.id = any (${[...cardIds]}::uuid[])`.execute(tx)
  return rows
}

export type CardStateEntry = { readonly state: CardState; readonly day: Day; readonly at: Date }

/** The states that it went through; those of one moment in the order in which a card comes to them. */
export async function findStateEntries({ tx }: Work, { personId, id }: Card): Promise<CardStateEntry[]> {
  const { rows } = await sql<CardStateEntry>`
    select state, on_day as day, at from cards.transition where person_id = ${personId} and card_id = ${id}
    order by on_day, at,
      array_position(array['applied', 'approved', 'produced', 'at-unit', 'handed-over', 'blocked', 'expired',
          'cancelled', 'revoked'], state)`.execute(tx)
  return rows
}

export type CardEnding = { readonly code: string; readonly note: string | null; readonly day: Day; readonly by: string }

export async function findEnding({ tx }: Work, { personId, id }: Card): Promise<CardEnding | undefined> {
  const { rows } = await sql<CardEnding>`
    select code, note, revoked_on as day, revoked_by as by from cards.revocation
    where person_id = ${personId} and card_id = ${id}
    union all select code, note, cancelled_on, cancelled_by from cards.cancellation
    where person_id = ${personId} and card_id = ${id}`.execute(tx)
  return rows[0]
}

export type UndeliveredCard = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly name: string | null
  readonly serial: string | null
  readonly since: Day
  readonly kind: CardLocation['kind'] | null
  readonly placeId: string | null
  readonly schoolId: Id<'school'> | null
}

/**
 * Cards that lie at a unit, a school or with a teacher since a day or longer, the longest first. A card that only an
 * extract reports lies with the unit that waits for it. A page begins after a card.
 */
export async function findUndelivered(
  { tx }: Work,
  {
    before,
    after,
    limit,
    placeId,
  }: {
    readonly before: Day
    readonly after?: PageCursor | undefined
    readonly limit: number
    readonly placeId?: string | undefined
  },
): Promise<UndeliveredCard[]> {
  const { rows } = await sql<UndeliveredCard>`
    select c.id as "cardId", c.person_id as "personId", p.full_name as name, c.serial, c.state_on as since, l.kind,
      coalesce(l.place_id, o.unit_id) as "placeId", o.school_id as "schoolId"
    from cards.card c
    left join cards.location l   on l.person_id = c.person_id and l.card_id = c.id
    left join cards.card_order o on o.person_id = c.person_id and o.card_id = c.id
    left join register.published_person p on p.person_id = c.person_id
    where c.state = 'at-unit'
      and c.state_on <= ${before} ${placeId ? sql`and coalesce(l.place_id, o.unit_id) = ${placeId}` : sql``}
      ${after ? sql`and (c.state_on, c.id) > (${after.key}::date, ${after.cardId}::uuid)` : sql``}
    order by c.state_on, c.id limit ${limit}`.execute(tx)
  return rows
}

export type KeptWithholding = {
  readonly code: string
  readonly authority: string
  readonly from: Day
  readonly to: Day | null
}

/** The times for which an authority kept a card. */
export async function findWithholdings({ tx }: Work, { personId, id }: Card): Promise<KeptWithholding[]> {
  const { rows } = await sql<KeptWithholding>`
    select code, authority, withheld_on as from, given_back_on as to from cards.withholding
    where person_id = ${personId} and card_id = ${id} order by withheld_on, id`.execute(tx)
  return rows
}

export type TakenInCard = {
  readonly id: string
  readonly kind: OldKind
  readonly number: string
  readonly unitId: Id<'unit'>
  readonly day: Day
  readonly destroyed: boolean
}

/** Old cards that were taken in of a person. */
export async function findTakenIn({ tx }: Work, personId: Id<'person'>): Promise<TakenInCard[]> {
  const { rows } = await sql<TakenInCard>`
    select id, kind, number, unit_id as "unitId", taken_on as day, destruction_id is not null as destroyed
    from cards.taken_in where person_id = ${personId} order by taken_on, id`.execute(tx)
  return rows
}
