import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import type { CardContent } from '../content.ts'
import type { CardOrder } from '../store.ts'

type OrderImages = { readonly portrait?: Buffer | undefined; readonly signature?: Buffer | undefined }

export async function insertOrder(
  { tx, now }: Work,
  order: CardOrder,
  { portrait, signature }: OrderImages,
): Promise<void> {
  const {
    personId,
    cardId,
    applicationId,
    reprintOf,
    unitId,
    schoolId,
    dueOn,
    content,
    capturedBy,
    approvedBy,
    approvedOn,
  } = order
  await sql`
    insert into cards.card_order
      (person_id, card_id, application_id, reprint_of, unit_id, school_id, due_on, content, portrait, portrait_sha256,
        signature, signature_sha256,
                                  captured_by, approved_by, approved_on, approved_at)
    values (${personId}, ${cardId}, ${applicationId}, ${reprintOf ?? null}, ${unitId}, ${schoolId ?? null}, ${dueOn},
        ${JSON.stringify(content)}::jsonb, ${portrait ?? null},
            ${order.portraitSha256 ?? null}, ${signature ?? null}, ${order.signatureSha256 ?? null}, ${capturedBy},
                ${approvedBy}, ${approvedOn}, ${now})`.execute(tx)
}

type OrderOf = { readonly personId: Id<'person'>; readonly cardId: Id<'card'> }
type OrderFinger = {
  readonly finger: string
  readonly type: string
  readonly image: Buffer
  readonly sha256: string
}

export async function insertFinger(
  { tx }: Work,
  { personId, cardId }: OrderOf,
  { finger, type, image, sha256 }: OrderFinger,
): Promise<void> {
  await sql`
    insert into cards.order_finger (person_id, card_id, finger, type, image, sha256)
    values (${personId}, ${cardId}, ${finger}, ${type}, ${image}, ${sha256})`.execute(tx)
}

export async function findFingers({ tx }: Work, { personId, cardId }: OrderOf): Promise<OrderFinger[]> {
  const { rows } = await sql<OrderFinger>`
    select finger, type, image, sha256 from cards.order_finger
    where person_id = ${personId} and card_id = ${cardId} order by finger`.execute(tx)
  return rows
}

/** The fingerprints of the cards of a batch that still wait, without their images. */
export async function findFingersOfBatch(
  { tx }: Work,
  batchId: string,
): Promise<(Omit<OrderFinger, 'image'> & { readonly cardId: Id<'card'> })[]> {
  const { rows } = await sql<Omit<OrderFinger, 'image'> & { cardId: Id<'card'> }>`
    select f.card_id as "cardId", f.finger, f.type, f.sha256 from cards.batch_card l
    join cards.order_finger f on f.person_id = l.person_id and f.card_id = l.card_id
    where l.batch_id = ${batchId} and l.state = 'waiting' order by f.card_id, f.finger`.execute(tx)
  return rows
}

/** Whether an application already has an order, of any card. */
export async function isOrdered({ tx }: Work, personId: Id<'person'>, applicationId: string): Promise<boolean> {
  const { rows } = await sql`
    select from cards.card_order
    where person_id = ${personId} and application_id = ${applicationId} and reprint_of is null`.execute(tx)
  return rows.length > 0
}

/**
 * The portrait that the latest card of a person was made with; of a card that came by an extract there is none here.
 */
export async function findLatestPortrait({ tx }: Work, personId: Id<'person'>): Promise<Buffer | undefined> {
  const { rows } = await sql<{ portrait: Buffer }>`
    select o.portrait from cards.card_order o join cards.card c on c.person_id = o.person_id and c.id = o.card_id
    where o.person_id = ${personId} and o.portrait is not null
      and c.state in ('produced', 'at-unit', 'handed-over', 'blocked')
    order by o.approved_at desc limit 1`.execute(tx)
  return rows[0]?.portrait
}

/** What the latest card of a person says, and since when; of a card that came by an extract that is not known here. */
export async function findLatestContent(
  { tx }: Work,
  personId: Id<'person'>,
): Promise<{ readonly cardId: Id<'card'>; readonly content: CardContent; readonly issuedOn: Day | null } | undefined> {
  const { rows } = await sql<{ cardId: Id<'card'>; content: CardContent; issuedOn: Day | null }>`
    select o.card_id as "cardId", o.content, c.issued_on as "issuedOn"
    from cards.card_order o join cards.card c on c.person_id = o.person_id and c.id = o.card_id
    where o.person_id = ${personId} and c.state in ('produced', 'at-unit', 'handed-over', 'blocked')
    order by o.approved_at desc limit 1`.execute(tx)
  return rows[0]
}

export async function findOrderImages({ tx }: Work, personId: Id<'person'>, cardId: Id<'card'>): Promise<OrderImages> {
  const { rows } = await sql<{ portrait: Buffer | null; signature: Buffer | null }>`
    select portrait, signature from cards.card_order where person_id = ${personId} and card_id = ${cardId}`.execute(tx)
  const { portrait, signature } = rows[0] ?? {}
  return { ...(portrait && { portrait }), ...(signature && { signature }) }
}

/**
 * Copies the order of a card that did not arrive, or was printed wrong, to a new card. The new card keeps the
 * application, the approval and their days.
 */
export async function copyOrder(
  { tx, now, today }: Work,
  { personId, id }: Pick<Card, 'personId' | 'id'>,
  card: string,
  due: 'same deadline' | 'from today',
): Promise<void> {
  await sql`
    insert into cards.card_order
      (person_id, card_id, application_id, reprint_of, unit_id, school_id, due_on, content, portrait, portrait_sha256,
        signature, signature_sha256,
                                  captured_by, approved_by, approved_on, approved_at)
    select person_id, ${card}::uuid, application_id, card_id, unit_id, school_id,
           ${due === 'same deadline' ? sql`due_on` : sql`${today}::date + greatest(due_on - approved_on, 0)`},
           content, portrait, portrait_sha256, signature, signature_sha256, captured_by, approved_by, approved_on,
             ${now}::timestamptz
    from cards.card_order where person_id = ${personId} and card_id = ${id}`.execute(tx)
  await sql`
    insert into cards.order_finger (person_id, card_id, finger, type, image, sha256)
    select person_id, ${card}::uuid, finger, type, image, sha256 from cards.order_finger
    where person_id = ${personId} and card_id = ${id}`.execute(tx)
}

/** Copies the days of application and approval from the old card to the new one. */
export async function copyFirstMoves(
  { tx, now }: Work,
  personId: Id<'person'>,
  lost: string,
  card: string,
): Promise<void> {
  await sql`
    insert into cards.transition (person_id, id, card_id, state, on_day, at)
    select person_id, gen_random_uuid(), ${card}::uuid, state, min(on_day), ${now}::timestamptz +
      case state when 'applied' then interval '0' else interval '1 microsecond' end
    from cards.transition where person_id = ${personId} and card_id = ${lost} and state in ('applied', 'approved')
    group by person_id, state`.execute(tx)
}

/** A card that takes the place of one that did not arrive; its moves are written by `copyFirstMoves`. */
export async function insertReprint({ tx, today, now }: Work, personId: Id<'person'>, card: string): Promise<void> {
  await sql`
    insert into cards.card (person_id, id, origin, state, state_on, changed_at)
    values (${personId}, ${card}, 'issued', 'applied', ${today}, ${now})`.execute(tx)
}

export async function setApproved({ tx, today, now }: Work, personId: Id<'person'>, card: string): Promise<void> {
  await sql`update cards.card set state = 'approved', state_on = ${today}, changed_at = ${now}
    where person_id = ${personId} and id = ${card}`.execute(tx)
}
