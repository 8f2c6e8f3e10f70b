import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import type { ReadingEvidence } from '../chip-readings/chip-readings.ts'
import type { HandOverLine, HandOverList } from './list.ts'

export type NewHandOver = {
  readonly unitId?: Id<'unit'> | undefined
  readonly toKind: 'holder' | 'representative' | 'teacher'
  readonly toPersonId?: Id<'person'> | undefined
  readonly toName?: string | undefined
  readonly relation?: string | undefined
  readonly evidence?: string | undefined
  readonly listId?: string | undefined
  readonly signature?: Buffer | undefined
  /** On which reading of its chip it rests. */
  readonly chip?: ReadingEvidence | undefined
}

export async function insertHandOver(
  { tx, now, today, by }: Work,
  { personId, id }: Card,
  handOver: NewHandOver,
): Promise<void> {
  const { unitId, toKind, toPersonId, toName, relation, evidence, listId, signature, chip } = handOver
  await sql`
    insert into cards.hand_over
      (person_id, card_id, unit_id, to_kind, to_person_id, to_name, relation, evidence, list_id, signature,
        chip_reading_id, handed_over_by, handed_over_on, at)
    values (${personId}, ${id}, ${unitId ?? null}, ${toKind}, ${toPersonId ?? null}, ${toName ?? null},
        ${relation ?? null}, ${evidence ?? null}, ${listId ?? null},
            ${signature ?? null}, ${chip?.reading ?? null}, ${by.id}, ${today}, ${now})`.execute(tx)
}

export type KeptHandOver = {
  readonly toKind: NewHandOver['toKind']
  readonly relation: string | null
  readonly evidence: string | null
  readonly listId: string | null
  readonly unitId: Id<'unit'> | null
  readonly signed: boolean
  readonly by: string
  readonly day: Day
  /** By which authentication the chip proved its key; null where no chip was read for it. */
  readonly chipProvedBy: ReadingEvidence['provedBy'] | null
}

export async function findHandOver({ tx }: Work, { personId, id }: Card): Promise<KeptHandOver | undefined> {
  const { rows } = await sql<KeptHandOver>`
    select h.to_kind as "toKind", h.relation, h.evidence, h.list_id as "listId", h.unit_id as "unitId",
      h.signature is not null or h.list_id is not null as signed,
           h.handed_over_by as by, h.handed_over_on as day, r.proved_by as "chipProvedBy"
    from cards.hand_over h
    left join cards.chip_reading r on r.person_id = h.person_id and r.id = h.chip_reading_id
    where h.person_id = ${personId} and h.card_id = ${id}`.execute(tx)
  return rows[0]
}

/** The person who has or had a number: a former number is still its holder's. */
export async function findHolderOfNumber({ tx }: Work, number: string): Promise<Id<'person'> | undefined> {
  const { rows } = await sql<{
    person_id: Id<'person'>
  }>`select person_id from register.published_number_lookup where number = ${number}`.execute(tx)
  return rows[0]?.person_id
}

type NewListRow = Pick<HandOverList, 'id' | 'code' | 'unitId' | 'schoolId' | 'teacherName'>

export async function insertList(
  { tx, now, today, by }: Work,
  { id, code, unitId, schoolId, teacherName }: NewListRow,
  signature: Buffer | undefined,
): Promise<void> {
  await sql`
    insert into cards.hand_over_list
      (id, code, unit_id, school_id, teacher_name, state, given_by, given_on, given_at, given_sheet)
    values (${id}, ${code}, ${unitId}, ${schoolId}, ${teacherName}, 'given', ${by.id}, ${today}, ${now},
        ${signature ?? null})`.execute(tx)
}

export async function insertListLine({ tx }: Work, listId: string, { personId, id }: Card): Promise<void> {
  await sql`insert into cards.hand_over_line (person_id, list_id, card_id)
    values (${personId}, ${listId}, ${id})`.execute(tx)
}

const columns = sql.raw(
  `l.id, l.code, l.unit_id as "unitId", l.school_id as "schoolId", l.teacher_name as "teacherName", l.state,
      l.given_on as "givenOn", l.returned_at as "returnedAt"`,
)
const counts = sql.raw(`n.cards, n.handed_over as "handedOver", n.came_back as "cameBack"`)
const counting = sql`cross join lateral cards.list_counts(l.id) n`

export async function findLists(
  { tx }: Work,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<HandOverList[]> {
  const { rows } = await sql<HandOverList>`
    select ${columns}, ${counts} from cards.hand_over_list l ${counting} ${after ? sql`where l.id < ${after}` : sql``}
    order by l.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function findList({ tx }: Work, id: string): Promise<HandOverList | undefined> {
  const { rows } = await sql<HandOverList>`select ${columns}, ${counts} from cards.hand_over_list l ${counting}
      where l.id = ${id}`.execute(tx)
  return rows[0]
}

/** Two who take one list back at once wait for each other here. */
export async function holdList(work: Work, id: string): Promise<HandOverList | undefined> {
  const { rows } = await sql`select from cards.hand_over_list where id = ${id} for update`.execute(work.tx)
  return rows.length > 0 ? findList(work, id) : undefined
}

/** The lines of a list by name; a page begins after a card. */
export async function findListLines({ tx }: Work, listId: string): Promise<HandOverLine[]> {
  const { rows } = await sql<HandOverLine>`
    select n.card_id as "cardId", n.person_id as "personId", c.serial, p.full_name as name, n.outcome,
      c.state as "cardState"
    from cards.hand_over_line n join cards.card c on c.person_id = n.person_id and c.id = n.card_id
    left join register.published_person p on p.person_id = n.person_id
    where n.list_id = ${listId} order by p.sort_key, n.card_id`.execute(tx)
  return rows
}

export async function setLineOutcome(
  { tx }: Work,
  listId: string,
  { personId, id }: Card,
  outcome: 'handed-over' | 'came-back',
): Promise<void> {
  await sql`update cards.hand_over_line set outcome = ${outcome}
    where person_id = ${personId} and list_id = ${listId} and card_id = ${id}`.execute(tx)
}

export async function setListReturned({ tx, now, by }: Work, id: string, sheet: Buffer, sha256: string): Promise<void> {
  await sql`
    update cards.hand_over_list
    set state = 'returned', returned_by = ${by.id}, returned_at = ${now}, sheet = ${sheet}, sheet_sha256 = ${sha256}
    where id = ${id}`.execute(tx)
}
