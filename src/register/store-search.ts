import { type RawBuilder, sql } from 'kysely'
import type { PartialDay } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { PersonSummary } from './person.ts'
import { type PersonRow, summaryColumns, summaryOf } from './store.ts'

/** A name as asked for, folded; `ascii` without marks, `words` of it without doubles. */
export type AskedName = { readonly ascii: string; readonly tone: string; readonly words: readonly string[] }

export type Narrowing = {
  readonly birth?: PartialDay | undefined
  /** All persons of these units, which are those of the work's scope or fewer. */
  readonly unitIds?: readonly string[] | undefined
}

/** More than a page is found, so that the page can hold those first that agree in marks too. */
const mostFound = 400

const born = ({ birth }: Narrowing): RawBuilder<unknown> => {
  if (!birth) return sql``
  const { y, m, d } = birth
  // A date of which the register knows less than is asked for fits as far as it goes.
  return sql`and p.birth_y = ${y} ${m ? sql`and (p.birth_m = ${m} or p.birth_m is null)` : sql``} ${d ? sql`and (p.birth_d = ${d} or p.birth_d is null)` : sql``}`
}

const within = ({ unitIds }: Narrowing): RawBuilder<unknown> =>
  unitIds
    ? sql`and exists (select from register.person_scope u where u.person_id = p.person_id and u.unit_id = any (${unitIds}::uuid[]))`
    : sql``

async function found({ tx }: Work, ids: RawBuilder<unknown>, { tone }: { tone: string }): Promise<PersonSummary[]> {
  const { rows } = await sql<PersonRow>`
    with found as materialized (${ids})
    select ${summaryColumns} from found join register.published_person p on p.person_id = found.person_id
    order by p.name_tone <> ${tone}, p.sort_key, p.birth_y, p.birth_m, p.birth_d`.execute(tx)
  return rows.map(summaryOf)
}

/** Those whose whole name it is, marks aside. */
export const byWholeName = (work: Work, name: AskedName, narrowing: Narrowing): Promise<PersonSummary[]> =>
  found(
    work,
    sql`select p.person_id from register.person p where p.name_ascii = ${name.ascii} ${born(narrowing)} ${within(narrowing)} limit ${mostFound}`,
    name,
  )

/** Those born on the day who have all the words. */
export const byBirthDate = (work: Work, name: AskedName, narrowing: Narrowing & { birth: PartialDay }): Promise<PersonSummary[]> =>
  found(
    work,
    sql`select p.person_id from register.person p
        where true ${born(narrowing)} and string_to_array(p.name_ascii, ' ') @> ${name.words}::text[] ${within(narrowing)} limit ${mostFound}`,
    name,
  )

/** Those born in the year who have all the words, in any order. */
export function byWordsAndYear(work: Work, name: AskedName, narrowing: Narrowing & { birth: PartialDay }): Promise<PersonSummary[]> {
  const [first, ...others] = name.words
  const also = others.map((word, i) => {
    const w = sql.ref(`w${i}`)
    return sql`join register.name_word ${w} on ${w}.person_id = w.person_id and ${w}.word = ${word}`
  })
  return found(
    work,
    sql`select p.person_id from register.name_word w ${sql.join(also, sql` `)} join register.person p on p.person_id = w.person_id
        where w.word = ${first} and w.birth_year = ${narrowing.birth.y} ${born(narrowing)} ${within(narrowing)} limit ${mostFound}`,
    name,
  )
}

/** Those of one commune who have all the words: its people are read once, by the index on their unit. */
export const byWordsAndCommune = (work: Work, name: AskedName, unitIds: readonly string[]): Promise<PersonSummary[]> =>
  found(
    work,
    sql`select s.person_id from register.person_scope s where s.unit_id = any (${unitIds}::uuid[])
        and ${name.words.length}::bigint = (select count(*) from register.name_word w where w.person_id = s.person_id and w.word = any (${name.words}::text[]))
        limit ${mostFound}`,
    name,
  )

export type Mark = { readonly sort_key: string; readonly person_id: string }

/** Where a person stands among others by name. */
export async function placeOf({ tx }: Work, personId: string): Promise<Mark | undefined> {
  return tx.selectFrom('register.person').select(['sort_key', 'person_id']).where('person_id', '=', personId).executeTakeFirst()
}

/** The people of a unit by name, after a place. One unit is one range of its index; those that were merged into it are sorted in. */
export async function pageOfUnit(
  { tx }: Work,
  unitIds: readonly string[],
  after: Mark | undefined,
  limit: number,
): Promise<PersonSummary[]> {
  const beyond = after ? sql`and (s.sort_key, s.person_id) > (${after.sort_key}, ${after.person_id}::uuid)` : sql``
  const { rows } = await sql<PersonRow>`
    with page as materialized (
      select distinct s.sort_key, s.person_id
      from unnest(${unitIds}::uuid[]) as u (unit_id)
      cross join lateral (select s.sort_key, s.person_id from register.person_scope s where s.unit_id = u.unit_id ${beyond}
                          order by s.sort_key, s.person_id limit ${limit}) s
      order by s.sort_key, s.person_id limit ${limit}
    )
    select ${summaryColumns} from page join register.published_person p on p.person_id = page.person_id
    order by page.sort_key, page.person_id`.execute(tx)
  return rows.map(summaryOf)
}
