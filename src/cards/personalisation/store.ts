import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { CardContent } from '../content.ts'
import type { PageCursor } from '../paging.ts'

export type BatchToPersonalise = {
  readonly code: string
  readonly unitId: Id<'unit'>
  readonly maker: string
  readonly cards: number
}

/** Two who personalise one batch at once wait for each other here. */
export async function holdBatchOfChips({ tx }: Work, id: string): Promise<BatchToPersonalise | undefined> {
  const { rows } = await sql<BatchToPersonalise>`
    select b.code, b.unit_id as "unitId", b.maker,
      (select count(*)::integer from cards.batch_card l where l.batch_id = b.id) as cards
    from cards.batch b where b.id = ${id} for update of b`.execute(tx)
  return rows[0]
}

export type CardToPersonalise = {
  readonly personId: Id<'person'>
  readonly cardId: Id<'card'>
  readonly dueOn: Day
  readonly content: CardContent
  readonly portrait: Buffer | null
  /** The day on which it was made; null where that is still to come. */
  readonly issuedOn: Day | null
  /** The security object of its chip that is good, by SHA-256. */
  readonly chip: string | null
  /** Whether it waits to be made; else it was made, and lies here. */
  readonly isWaiting: boolean
}

/** The cards of a batch that wait, or were made and lie here still, by deadline; a page begins after `after`. */
export async function findCardsToPersonalise(
  { tx }: Work,
  batchId: string,
  { after, limit }: { readonly after: PageCursor | undefined; readonly limit: number },
): Promise<CardToPersonalise[]> {
  const { rows } = await sql<CardToPersonalise>`
    select l.person_id as "personId", l.card_id as "cardId", o.due_on as "dueOn", o.content, o.portrait,
      coalesce(p.made_on, c.issued_on) as "issuedOn", h.security_object as chip,
      l.state = 'waiting' as "isWaiting"
    from cards.batch_card l join cards.card c on c.person_id = l.person_id and c.id = l.card_id
    join cards.card_order o on o.person_id = l.person_id and o.card_id = l.card_id
    left join cards.production p on p.person_id = l.person_id and p.card_id = l.card_id and p.batch_id = l.batch_id
      and p.quality is null and l.state = 'waiting'
    left join cards.personalised_chip h on h.person_id = l.person_id and h.card_id = l.card_id
      and h.spoiled_at is null
    where l.batch_id = ${batchId}
      and (l.state = 'waiting' and c.state = 'approved' or l.state = 'made' and c.state = 'produced')
      ${after ? sql`and (o.due_on, l.card_id) > (${after.key}::date, ${after.cardId}::uuid)` : sql``}
    order by o.due_on, l.card_id limit ${limit}`.execute(tx)
  return rows
}
