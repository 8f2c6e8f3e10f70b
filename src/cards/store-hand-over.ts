import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { Card } from './card.ts'
import type { HandOverLine, HandOverList } from './hand-over-list.ts'
import type { OldKind } from './old-kind.ts'

export type HandOver = {
  readonly unitId?: string | undefined
  readonly toKind: 'holder' | 'representative' | 'teacher'
  readonly toPersonId?: string | undefined
  readonly toName?: string | undefined
  readonly relation?: string | undefined
  readonly evidence?: string | undefined
  readonly listId?: string | undefined
  readonly signature?: Buffer | undefined
}

export async function insertHandOver({ tx, now, today, by }: Work, { personId, id }: Card, given: HandOver): Promise<void> {
  const { unitId, toKind, toPersonId, toName, relation, evidence, listId, signature } = given
  await sql`
    insert into cards.hand_over (person_id, card_id, unit_id, to_kind, to_person_id, to_name, relation, evidence, list_id, signature, handed_over_by, handed_over_on, at)
    values (${personId}, ${id}, ${unitId ?? null}, ${toKind}, ${toPersonId ?? null}, ${toName ?? null}, ${relation ?? null}, ${evidence ?? null}, ${listId ?? null},
            ${signature ?? null}, ${by.id}, ${today}, ${now})`.execute(tx)
}

export type HandedOver = {
  readonly toKind: HandOver['toKind']
  readonly relation: string | null
  readonly evidence: string | null
  readonly listId: string | null
  readonly unitId: string | null
  readonly signed: boolean
  readonly by: string
  readonly day: Day
}

export async function handOverOf({ tx }: Work, { personId, id }: Card): Promise<HandedOver | undefined> {
  const { rows } = await sql<HandedOver>`
    select h.to_kind as "toKind", h.relation, h.evidence, h.list_id as "listId", h.unit_id as "unitId", h.signature is not null or h.list_id is not null as signed,
           h.handed_over_by as by, h.handed_over_on as day
    from cards.hand_over h where h.person_id = ${personId} and h.card_id = ${id}`.execute(tx)
  return rows[0]
}

/** Whose a number is, or was: whoever shows an old one is the same person. */
export async function holderOfNumber({ tx }: Work, number: string): Promise<string | undefined> {
  const { rows } = await sql<{
    person_id: string
  }>`select person_id from register.published_number_lookup where number = ${number}`.execute(tx)
  return rows[0]?.person_id
}

type NewList = Pick<HandOverList, 'id' | 'code' | 'unitId' | 'schoolId' | 'teacherName'>

export async function insertList(
  { tx, now, today, by }: Work,
  { id, code, unitId, schoolId, teacherName }: NewList,
  signature: Buffer | undefined,
): Promise<void> {
  await sql`
    insert into cards.hand_over_list (id, code, unit_id, school_id, teacher_name, state, given_by, given_on, given_at, given_sheet)
    values (${id}, ${code}, ${unitId}, ${schoolId}, ${teacherName}, 'given', ${by.id}, ${today}, ${now}, ${signature ?? null})`.execute(tx)
}

export async function insertLine({ tx }: Work, listId: string, { personId, id }: Card): Promise<void> {
  await sql`insert into cards.hand_over_line (person_id, list_id, card_id) values (${personId}, ${listId}, ${id})`.execute(tx)
}

const columns = sql.raw(
  `l.id, l.code, l.unit_id as "unitId", l.school_id as "schoolId", l.teacher_name as "teacherName", l.state, l.given_on as "givenOn", l.returned_at as "returnedAt"`,
)
const counts = sql.raw(`n.cards, n.handed_over as "handedOver", n.came_back as "cameBack"`)
const counting = sql`cross join lateral cards.list_counts(l.id) n`

export async function lists(
  { tx }: Work,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<HandOverList[]> {
  const { rows } = await sql<HandOverList>`
    select ${columns}, ${counts} from cards.hand_over_list l ${counting} ${after ? sql`where l.id < ${after}` : sql``} order by l.id desc limit ${limit}`.execute(
    tx,
  )
  return rows
}

export async function findList({ tx }: Work, id: string): Promise<HandOverList | undefined> {
  const { rows } = await sql<HandOverList>`select ${columns}, ${counts} from cards.hand_over_list l ${counting} where l.id = ${id}`.execute(
    tx,
  )
  return rows[0]
}

/** Two who take one list back at once wait for each other here. */
export async function holdList(work: Work, id: string): Promise<HandOverList | undefined> {
  const { rows } = await sql`select from cards.hand_over_list where id = ${id} for update`.execute(work.tx)
  return rows.length > 0 ? findList(work, id) : undefined
}

/** The lines of a list by name; a page begins after a card. */
export async function linesOf({ tx }: Work, listId: string): Promise<HandOverLine[]> {
  const { rows } = await sql<HandOverLine>`
    select n.card_id as "cardId", n.person_id as "personId", c.serial, p.full_name as name, n.outcome, c.state as "cardState"
    from cards.hand_over_line n join cards.card c on c.person_id = n.person_id and c.id = n.card_id left join register.published_person p on p.person_id = n.person_id
    where n.list_id = ${listId} order by p.sort_key, n.card_id`.execute(tx)
  return rows
}

/** The list that is out with a card. */
export async function openList({ tx }: Work, { personId, id }: Card): Promise<string | undefined> {
  const { rows } = await sql<{ list_id: string }>`
    select list_id from cards.hand_over_line where person_id = ${personId} and card_id = ${id} and outcome is null`.execute(tx)
  return rows[0]?.list_id
}

export async function setOutcome(
  { tx }: Work,
  listId: string,
  { personId, id }: Card,
  outcome: 'handed-over' | 'came-back',
): Promise<void> {
  await sql`update cards.hand_over_line set outcome = ${outcome} where person_id = ${personId} and list_id = ${listId} and card_id = ${id}`.execute(
    tx,
  )
}

export async function setReturned({ tx, now, by }: Work, id: string, sheet: Buffer, sha256: string): Promise<void> {
  await sql`
    update cards.hand_over_list set state = 'returned', returned_by = ${by.id}, returned_at = ${now}, sheet = ${sheet}, sheet_sha256 = ${sha256} where id = ${id}`.execute(
    tx,
  )
}

export type OldCard = {
  readonly personId: string
  readonly kind: OldKind
  readonly number: string
  readonly cardId?: string | undefined
}

/** False where it was taken in before. */
export async function insertTakenIn(
  { tx, now, today, by }: Work,
  id: string,
  { personId, kind, number, cardId }: OldCard,
  unitId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into cards.taken_in (person_id, id, kind, number, card_id, unit_id, taken_by, taken_on, at)
    values (${personId}, ${id}, ${kind}, ${number}, ${cardId ?? null}, ${unitId}, ${by.id}, ${today}, ${now}) on conflict (person_id, kind, number) do nothing`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export async function insertDestruction(
  { tx, now, today, by }: Work,
  { id, unitId, witness, cards }: { id: string; unitId: string; witness: string; cards: number },
): Promise<void> {
  await sql`
    insert into cards.destruction (id, unit_id, cards, destroyed_by, witness, destroyed_on, at) values (${id}, ${unitId}, ${cards}, ${by.id}, ${witness}, ${today}, ${now})`.execute(
    tx,
  )
}

/** Old cards that lie at a unit since a day or longer, locked. */
export async function holdTakenIn({ tx }: Work, unitId: string, until: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from cards.taken_in where unit_id = ${unitId} and taken_on <= ${until} and destruction_id is null order by id for update`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

export async function setDestroyed({ tx }: Work, ids: readonly string[], destructionId: string): Promise<void> {
  await sql`update cards.taken_in set destruction_id = ${destructionId} where id = any (${[...ids]}::uuid[])`.execute(tx)
}

export type TakenIn = {
  readonly id: string
  readonly kind: OldKind
  readonly number: string
  readonly unitId: string
  readonly day: Day
  readonly destroyed: boolean
}

/** Old cards that were taken in of a person. */
export async function takenInOf({ tx }: Work, personId: string): Promise<TakenIn[]> {
  const { rows } = await sql<TakenIn>`
    select id, kind, number, unit_id as "unitId", taken_on as day, destruction_id is not null as destroyed from cards.taken_in where person_id = ${personId} order by taken_on, id`.execute(
    tx,
  )
  return rows
}
