import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { BoxState } from './box-state.ts'
import type { Card } from './card.ts'

/**
 * Where cards lie, and what keeps them: a place, a box, a list that is out, an authority. What every room asks before
 * it moves one.
 */

export type CardLocation = {
  readonly cardId: Id<'card'>
  readonly kind: 'maker' | 'unit' | 'school' | 'list' | 'holder' | 'gone'
  readonly placeId: string | null
  readonly sinceOn: Day
}

/** Where cards were last known to lie. */
export async function findLocations({ tx }: Work, cardIds: readonly Id<'card'>[]): Promise<CardLocation[]> {
  const { rows } = await sql<CardLocation>`
    select card_id as "cardId", kind, place_id as "placeId", since_on as "sinceOn" from cards.location
    where card_id = any (${[...cardIds]}::uuid[])`.execute(tx)
  return rows
}

export type NewLocation = { readonly kind: CardLocation['kind']; readonly placeId?: string | undefined }

/** Where cards lie from today on. */
export async function setLocation(
  { tx, today }: Work,
  cards: readonly Card[],
  { kind, placeId }: NewLocation,
): Promise<void> {
  if (cards.length === 0) return
  await sql`
    insert into cards.location as l (person_id, card_id, kind, place_id, since_on)
    select person_id, card_id, ${kind}, ${placeId ?? null}::uuid, ${today}::date
    from unnest(${cards.map(({ personId }) => personId)}::uuid[], ${cards.map(({ id }) => id)}::uuid[]) as c
      (person_id, card_id)
    on conflict (person_id, card_id)
    do update set kind = excluded.kind, place_id = excluded.place_id, since_on = excluded.since_on`.execute(tx)
}

export async function isWithheld({ tx }: Work, { personId, id }: Card): Promise<boolean> {
  const { rows } = await sql`select from cards.withholding where person_id = ${personId} and card_id = ${id}
        and given_back_on is null`.execute(tx)
  return rows.length > 0
}

export type OpenBoxLine = {
  readonly boxId: string
  readonly code: string
  readonly state: 'in' | 'missing'
  readonly boxState: BoxState
}

/** The box that has a card, or that lacks it since the count. */
export async function findOpenBoxLine({ tx }: Work, { personId, id }: Card): Promise<OpenBoxLine | undefined> {
  const { rows } = await sql<OpenBoxLine>`
    select l.box_id as "boxId", b.code, l.state, b.state as "boxState" from cards.box_card l
    join cards.box b on b.id = l.box_id
    where l.person_id = ${personId} and l.card_id = ${id} and l.state in ('in', 'missing')`.execute(tx)
  return rows[0]
}

/** The list that is out with a card. */
export async function findOpenList({ tx }: Work, { personId, id }: Card): Promise<string | undefined> {
  const { rows } = await sql<{ list_id: string }>`
    select list_id from cards.hand_over_line
    where person_id = ${personId} and card_id = ${id} and outcome is null`.execute(tx)
  return rows[0]?.list_id
}

export type EndedCardHere = {
  readonly cardId: Id<'card'>
  readonly since: Day
  /** The unit that has it. */
  readonly placeId: string | null
  readonly boxId: string | null
}

/** Those of some cards that ended before their holders had them, and lie here still. */
export async function findEndedHere({ tx }: Work, cardIds: readonly Id<'card'>[]): Promise<EndedCardHere[]> {
  const { rows } = await sql<EndedCardHere>`
    select card_id as "cardId", since_on as since, place_id as "placeId", box_id as "boxId" from cards.published_ended
    where card_id = any (${[...cardIds]}::uuid[])`.execute(tx)
  return rows
}

/** Whether an ended card lies here, or turns up after it was declared lost or gone: it is then taken in. */
export async function isToBeTakenIn({ tx }: Work, { personId, id }: Card): Promise<boolean> {
  const { rows } = await sql`
    select from cards.published_ended where person_id = ${personId} and card_id = ${id}
    union all select from cards.box_card where person_id = ${personId} and card_id = ${id} and state = 'lost'
    union all select from cards.location where person_id = ${personId} and card_id = ${id} and kind = 'gone'`.execute(
    tx,
  )
  return rows.length > 0
}
