import { type RawBuilder, sql } from 'kysely'
import type { PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId, PersonSummary } from '../person.ts'
import { type PersonRow, summaryColumns, summaryOf } from '../store.ts'
import { rarest } from './rare-word.ts'
import { type FoldedQuery, rankMatches } from './store-order.ts'

export type SearchNarrowing = {
  readonly birth?: PartialDay | undefined
  /** All persons of these units, which are those of the work's scope or fewer. */
  readonly unitIds?: readonly Id<'unit'>[] | undefined
}

const isBornIn = ({ birth }: SearchNarrowing): RawBuilder<unknown> => {
  if (!birth) return sql``
  const { y, m, d } = birth
  // A date of which the register knows less than is asked for fits as far as it goes.
  return sql`and p.birth_y = ${y} ${m ? sql`and (p.birth_m = ${m} or p.birth_m is null)` : sql``}
      ${d ? sql`and (p.birth_d = ${d} or p.birth_d is null)` : sql``}`
}

const isInUnits = ({ unitIds }: SearchNarrowing): RawBuilder<unknown> =>
  unitIds
    ? sql`and exists (select from register.person_scope u
        where u.person_id = p.person_id and u.unit_id = any (${unitIds}::uuid[]))`
    : sql``

/** Those whose whole name it is, marks aside. */
export const findByWholeName = (
  work: Work,
  name: FoldedQuery,
  narrowing: SearchNarrowing,
  most: number,
): Promise<PersonSummary[]> =>
  rankMatches(
    work,
    sql`register.person p where p.name_ascii = ${name.ascii} ${isBornIn(narrowing)} ${isInUnits(narrowing)}`,
    name,
    most,
  )

const hasWords = ({ words }: FoldedQuery) => sql`string_to_array(p.name_ascii, ' ') @> ${words}::text[]`

/** Those born on the day who have all the words. */
export const findByBirthDate = (
  work: Work,
  name: FoldedQuery,
  narrowing: SearchNarrowing & { birth: PartialDay },
  most: number,
): Promise<PersonSummary[]> =>
  rankMatches(
    work,
    sql`register.person p where ${hasWords(name)} ${isBornIn(narrowing)} ${isInUnits(narrowing)}`,
    name,
    most,
  )

/**
 * Those born in the year who have all the words, in any order: by the rarest of them, then by the others in their
 * names.
 */
export const findByWordsAndYear = (
  work: Work,
  name: FoldedQuery,
  narrowing: SearchNarrowing & { birth: PartialDay },
  most: number,
): Promise<PersonSummary[]> =>
  rankMatches(
    work,
    sql`register.name_word w join register.person p on p.person_id = w.person_id
        where w.word = ${rarest(name.words)} and w.birth_year = ${narrowing.birth.y}
          and ${hasWords(name)} ${isBornIn(narrowing)} ${isInUnits(narrowing)}`,
    name,
    most,
  )

/**
 * Those of one commune who have all the words. It begins with the commune, one range of an index; OFFSET 0 keeps it
 * from beginning with all Anhs.
 */
export const findByWordsAndCommune = (
  work: Work,
  name: FoldedQuery,
  unitIds: readonly Id<'unit'>[],
  most: number,
): Promise<PersonSummary[]> =>
  rankMatches(
    work,
    sql`(select distinct s.person_id from register.person_scope s
         where s.unit_id = any (${unitIds}::uuid[])
           and exists (select from register.name_word w
               where w.person_id = s.person_id and w.word = ${rarest(name.words)} offset 0)) here
        join register.person p on p.person_id = here.person_id
        where ${hasWords(name)}`,
    name,
    most,
  )

export type NamePosition = { readonly sort_key: string; readonly person_id: PersonId }

/** Where a person stands among others by name. */
export async function findNamePosition({ tx }: Work, personId: PersonId): Promise<NamePosition | undefined> {
  return tx
    .selectFrom('register.person')
    .select(['sort_key', 'person_id'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/**
 * The people of a unit by name, after a place. One unit is one range of its index; those that were merged into it are
 * sorted in.
 */
export async function findPageOfUnit(
  { tx }: Work,
  unitIds: readonly Id<'unit'>[],
  after: NamePosition | undefined,
  limit: number,
): Promise<PersonSummary[]> {
  const beyond = after ? sql`and (s.sort_key, s.person_id) > (${after.sort_key}, ${after.person_id}::uuid)` : sql``
  const { rows } = await sql<PersonRow>`
    with page as materialized (
      select distinct s.sort_key, s.person_id
      from unnest(${unitIds}::uuid[]) as u (unit_id)
      cross
      join lateral (select s.sort_key, s.person_id from register.person_scope s where s.unit_id = u.unit_id ${beyond}
                          order by s.sort_key, s.person_id limit ${limit}) s
      order by s.sort_key, s.person_id limit ${limit}
    )
    select ${summaryColumns} from page join register.published_person p on p.person_id = page.person_id
    order by page.sort_key, page.person_id`.execute(tx)
  return rows.map(summaryOf)
}

export type WrittenLine = {
  readonly number: string | undefined
  readonly ascii: string
  readonly birth: PartialDay | undefined
}

/** Whom lines mean, by number, or by whole name and birth date as far as the register knows it. */
export async function findWritten({ tx }: Work, lines: readonly WrittenLine[]): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`
    select l.person_id as id from register.number_lookup l
    where l.number = any (${lines.flatMap(({ number }) => number ?? [])}::text[])
    union
    select p.person_id from unnest(${lines.map(({ ascii }) => ascii)}::text[],
      ${lines.map(({ birth }) => birth?.y ?? null)}::integer[],
      ${lines.map(({ birth }) => birth?.m ?? null)}::integer[],
      ${lines.map(({ birth }) => birth?.d ?? null)}::integer[]) as w (ascii, y, m, d)
    join register.person p on p.name_ascii = w.ascii and p.birth_y = w.y
      and (w.m is null or p.birth_m is null or p.birth_m = w.m)
      and (w.d is null or p.birth_d is null or p.birth_d = w.d)
    where w.ascii <> ''`.execute(tx)
  return rows.map(({ id }) => id)
}
