import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card, CardState } from '../card.ts'
import type { Box, BoxCard, UnexpectedOutcome } from './box.ts'

type NewBox = Pick<Box, 'id' | 'code' | 'fromKind' | 'fromId' | 'toKind' | 'toId' | 'unitId'>

export async function insertBox(
  { tx, now }: Work,
  { id, code, fromKind, fromId, toKind, toId, unitId }: NewBox,
): Promise<void> {
  await sql`
    insert into cards.box (id, code, from_kind, from_id, to_kind, to_id, unit_id, state, opened_at)
    values (${id}, ${code}, ${fromKind}, ${fromId}, ${toKind}, ${toId}, ${unitId}, 'open', ${now})`.execute(tx)
}

const boxColumns =
  sql.raw(`b.id, b.code, b.from_kind as "fromKind", b.from_id as "fromId", b.to_kind as "toKind", b.to_id as "toId",
      b.unit_id as "unitId", b.seal, b.state, b.intact,
  b.remark, b.opened_at as "openedAt", b.sealed_at as "sealedAt", b.sent_at as "sentAt", b.received_at as "receivedAt",
    b.counted_at as "countedAt"`)
const counts = sql.raw(`n.cards, n.present, n.missing`)
const counting = sql`cross join lateral cards.box_counts(b.id) n`

export type BoxFilter = {
  readonly after?: string | undefined
  readonly limit: number
  readonly placeId?: string | undefined
  /** To the place, or from it. */
  readonly direction?: 'in' | 'out' | undefined
  readonly state?: Box['state'] | undefined
  readonly which?: 'on-its-way' | 'missing' | 'unexpected' | undefined
}

/**
 * The latest first: all that the work sees, or those of one place; those on their way, with a card that is missing, or
 * in which one lay that nobody has taken care of.
 */
export async function findBoxes(
  { tx }: Work,
  { after, limit, placeId, direction, state, which }: BoxFilter,
): Promise<Box[]> {
  const { rows } = await sql<Box>`
    select ${boxColumns}, ${counts} from cards.box b ${counting}
    where true ${after ? sql`and b.id < ${after}` : sql``}
      ${
        placeId && direction !== 'out'
          ? sql`and (b.to_id = ${placeId}
            ${direction === 'in' ? sql`` : sql`or b.from_id = ${placeId}`})`
          : sql``
      }
      ${placeId && direction === 'out' ? sql`and b.from_id = ${placeId}` : sql``}
        ${state ? sql`and b.state = ${state}` : sql``}
      ${which === 'on-its-way' ? sql`and b.state in ('sent', 'received')` : sql``}
        ${which === 'missing' ? sql`and b.id in (select cards.boxes_with_gaps())` : sql``}
      ${which === 'unexpected' ? sql`and b.id in (select box_id from cards.published_unexpected_card)` : sql``}
    order by b.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function findBox({ tx }: Work, id: string): Promise<Box | undefined> {
  const { rows } =
    await sql<Box>`select ${boxColumns}, ${counts} from cards.box b ${counting} where b.id = ${id}`.execute(tx)
  return rows[0]
}

export async function findBoxIdByCode({ tx }: Work, code: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from cards.box where code = ${code}`.execute(tx)
  return rows[0]?.id
}

/** Two who pack or count one box at once wait for each other here. */
export async function holdBox(work: Work, id: string): Promise<Box | undefined> {
  const { rows } = await sql`select from cards.box where id = ${id} for update`.execute(work.tx)
  return rows.length > 0 ? findBox(work, id) : undefined
}

/** The cards of a box with the holder's name, by serial; a page begins after a card. */
export async function findBoxCards(
  { tx }: Work,
  boxId: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<BoxCard[]> {
  const { rows } = await sql<BoxCard>`
    select l.card_id as "cardId", l.person_id as "personId", c.serial, p.full_name as name, l.state,
      c.state as "cardState", l.put_at as "putAt", l.ended_at as "endedAt"
    from cards.box_card l join cards.card c on c.person_id = l.person_id and c.id = l.card_id
    left join register.published_person p on p.person_id = l.person_id
    where l.box_id = ${boxId} ${after ? sql`and l.card_id > ${after}` : sql``} order by l.card_id
    limit ${limit}`.execute(tx)
  return rows
}

export async function insertBoxLine({ tx, now, by }: Work, boxId: string, { personId, id }: Card): Promise<void> {
  await sql`
    insert into cards.box_card (person_id, box_id, card_id, state, put_by, put_at)
    values (${personId}, ${boxId}, ${id}, 'in', ${by.id}, ${now})`.execute(tx)
}

export async function findBoxLines(
  { tx }: Work,
  boxId: string,
): Promise<{ personId: Id<'person'>; cardId: Id<'card'> }[]> {
  const { rows } = await sql<{ personId: Id<'person'>; cardId: Id<'card'> }>`
    select person_id as "personId", card_id as "cardId" from cards.box_card where box_id = ${boxId} and state = 'in'
    order by card_id`.execute(tx)
  return rows
}

/** Out of a box that is still open. */
export async function deleteBoxLine({ tx }: Work, boxId: string, { personId, id }: Card): Promise<boolean> {
  const { rows } = await sql`
    delete from cards.box_card where person_id = ${personId} and box_id = ${boxId} and card_id = ${id} and state = 'in'
    returning card_id`.execute(tx)
  return rows.length > 0
}

export async function endBoxLine(
  { tx, now, by }: Work,
  { personId, id }: Card,
  boxId: string,
  state: 'found' | 'lost',
): Promise<void> {
  await sql`
    update cards.box_card set state = ${state}, ended_by = ${by.id}, ended_at = ${now}
    where person_id = ${personId} and box_id = ${boxId} and card_id = ${id}`.execute(tx)
}

export async function setBoxSealed({ tx, now, by }: Work, id: string, seal: string): Promise<void> {
  await sql`update cards.box set state = 'sealed', seal = ${seal}, sealed_by = ${by.id}, sealed_at = ${now}
    where id = ${id}`.execute(tx)
}
export async function setBoxSent({ tx, now, by }: Work, id: string): Promise<void> {
  await sql`update cards.box set state = 'sent', sent_by = ${by.id}, sent_at = ${now} where id = ${id}`.execute(tx)
}
export async function setBoxReceived(
  { tx, now, by }: Work,
  id: string,
  intact: boolean,
  remark: string | undefined,
): Promise<void> {
  await sql`
    update cards.box
    set state = 'received', intact = ${intact}, remark = ${remark ?? null}, received_by = ${by.id}, received_at = ${now}
    where id = ${id}`.execute(tx)
}
export async function setBoxCounted({ tx, now, by }: Work, id: string): Promise<void> {
  await sql`update cards.box set state = 'counted', counted_by = ${by.id}, counted_at = ${now}
    where id = ${id}`.execute(tx)
}

export type CountedLine = {
  readonly personId: Id<'person'>
  readonly id: Id<'card'>
  readonly serial: string | null
  readonly state: CardState
  readonly counted: 'present' | 'missing'
}

/** Marks scanned cards as present and the others as missing. Gives every line of the box. */
export async function countLines(
  { tx, now, by }: Work,
  boxId: string,
  serials: readonly string[],
): Promise<CountedLine[]> {
  const { rows } = await sql<CountedLine>`
    update cards.box_card l set state =
      case when c.serial = any (${[...serials]}::text[]) then 'present'
      else 'missing' end, ended_by = ${by.id}, ended_at = ${now}
    from cards.card c where l.box_id = ${boxId} and l.state = 'in' and c.person_id = l.person_id and c.id = l.card_id
    returning c.person_id as "personId", c.id, c.serial, c.state, l.state as counted`.execute(tx)
  return rows
}

export async function insertUnexpected(
  { tx }: Work,
  boxId: string,
  unitId: Id<'unit' | 'school'>,
  unexpected: readonly { serial: string; cardId?: Id<'card'> | undefined }[],
): Promise<void> {
  if (unexpected.length === 0) return
  await sql`
    insert into cards.unexpected_card (box_id, serial, unit_id, card_id)
    select ${boxId}::uuid, serial, ${unitId}::uuid, card_id
    from unnest(${unexpected.map(({ serial }) => serial)}::text[],
        ${unexpected.map(({ cardId }) => cardId ?? null)}::uuid[]) as s (serial, card_id)
    on conflict do nothing`.execute(tx)
}

export type UnexpectedCard = {
  readonly id: string
  readonly serial: string
  readonly cardId: Id<'card'> | null
  /** Who counted the box, and when. */
  readonly by: string | null
  readonly at: Date | null
  readonly outcome: UnexpectedOutcome | null
  readonly note: string | null
  readonly settledBy: string | null
  readonly settledAt: Date | null
}

export async function findUnexpected({ tx }: Work, boxId: string): Promise<UnexpectedCard[]> {
  const { rows } = await sql<UnexpectedCard>`
    select s.id, s.serial, s.card_id as "cardId", b.counted_by as by, b.counted_at as at, s.outcome, s.note,
      s.settled_by as "settledBy", s.settled_at as "settledAt"
    from cards.unexpected_card s join cards.box b on b.id = s.box_id
    where s.box_id = ${boxId} order by s.serial`.execute(tx)
  return rows
}

export type HeldUnexpected = {
  readonly id: string
  readonly boxId: string
  readonly unitId: Id<'unit'>
  readonly outcome: UnexpectedOutcome | null
}

export async function holdUnexpected({ tx }: Work, id: string): Promise<HeldUnexpected | undefined> {
  const { rows } = await sql<HeldUnexpected>`
    select id, box_id as "boxId", unit_id as "unitId", outcome from cards.unexpected_card where id = ${id}
    for update`.execute(tx)
  return rows[0]
}

export async function setUnexpectedOutcome(
  { tx, now, by }: Work,
  id: string,
  outcome: UnexpectedOutcome,
  note: string,
): Promise<void> {
  await sql`
    update cards.unexpected_card set outcome = ${outcome}, note = ${note}, settled_by = ${by.id}, settled_at = ${now}
    where id = ${id}`.execute(tx)
}

/** Wherever a card lay astray: it was taken in now. */
export async function setUnexpectedFound({ tx, now, by }: Work, serial: string): Promise<void> {
  await sql`update cards.unexpected_card set outcome = 'found', settled_by = ${by.id}, settled_at = ${now}
    where serial = ${serial} and outcome is null`.execute(tx)
}
