import { type RawBuilder, sql } from 'kysely'
import type { CandidateKey } from '../linkage/blocking.ts'
import { parsePartialDay } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { rarest } from './rare-word.ts'

/** A key with the place, in the caller's list, of the record it belongs to. */
export type Asked<By extends CandidateKey['by'] = CandidateKey['by']> = {
  readonly row: number
  readonly key: Extract<CandidateKey, { by: By }>
}

type Pair = { readonly row: number; readonly person_id: string }

/** The most candidates that one key may bring: only dates that clerks make up and names on everyone's lips come near it. */
const mostPerKey = 400

async function pairs({ tx }: Work, asked: RawBuilder<unknown>, answer: RawBuilder<unknown>): Promise<Pair[]> {
  const { rows } = await sql<Pair>`select a.row, c.person_id from ${asked} cross join lateral (${answer} limit ${mostPerKey}) c`.execute(tx)
  return rows
}

/** The keys as a table `a`: `row` and the named columns, each an array of the key's values. */
function table(
  asked: readonly { readonly row: number }[],
  columns: Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>,
): RawBuilder<unknown> {
  const names = ['row', ...Object.keys(columns)]
  const arrays = [
    sql`${asked.map(({ row }) => row)}::integer[]`,
    ...Object.values(columns).map(([type, values]) => sql`${values}::${sql.raw(type)}[]`),
  ]
  return sql`unnest(${sql.join(arrays)}) as a (${sql.join(names.map(name => sql.ref(name)))})`
}

const births = (asked: readonly { readonly key: { readonly birth: string } }[]) => {
  const days = asked.map(({ key }) => parsePartialDay(key.birth))
  return {
    y: ['smallint', days.map(day => day?.y ?? null)],
    m: ['smallint', days.map(day => day?.m ?? null)],
    d: ['smallint', days.map(day => day?.d ?? null)],
  } as const
}

type Answers = { readonly [By in CandidateKey['by']]: (work: Work, asked: readonly Asked<By>[]) => Promise<Pair[]> }

/** How each kind of key is answered: by equality on an index. */
const answers: Answers = {
  number: (work, asked) =>
    pairs(
      work,
      table(asked, { number: ['text', asked.map(({ key }) => key.number)] }),
      sql`select l.person_id from register.number_lookup l where l.number = a.number collate "C"`,
    ),
  'old-number': (work, asked) =>
    pairs(
      work,
      table(asked, { number: ['text', asked.map(({ key }) => key.oldNumber)] }),
      sql`select o.person_id from register.old_number o where o.number = a.number collate "C"`,
    ),
  birth: (work, asked) =>
    pairs(
      work,
      table(asked, births(asked)),
      sql`select p.person_id from register.person p where p.birth_y = a.y and p.birth_m = a.m and p.birth_d = a.d`,
    ),
  'name-and-birth': (work, asked) =>
    pairs(
      work,
      table(asked, { name: ['text', asked.map(({ key }) => key.name)], ...births(asked) }),
      sql`select p.person_id from register.person p where p.name_ascii = a.name collate "C" and p.birth_y = a.y
            and (p.birth_m = a.m or p.birth_m is null or a.m is null) and (p.birth_d = a.d or p.birth_d is null or a.d is null)`,
    ),
  'given-and-birth': (work, asked) =>
    pairs(
      work,
      table(asked, { given: ['text', asked.map(({ key }) => key.given)], ...births(asked) }),
      sql`select p.person_id from register.person p where p.birth_y = a.y and p.birth_m = a.m and p.birth_d = a.d and p.given_ascii = a.given collate "C"`,
    ),
  'family-given-year': (work, asked) =>
    pairs(
      work,
      table(asked, {
        family: ['text', asked.map(({ key }) => key.family)],
        given: ['text', asked.map(({ key }) => key.given)],
        y: ['smallint', asked.map(({ key }) => key.year)],
      }),
      sql`select p.person_id from register.person p
          where p.given_ascii = a.given collate "C" and p.birth_y = a.y and p.family_ascii = a.family collate "C"`,
    ),
  'name-and-year': (work, asked) =>
    pairs(
      work,
      table(asked, { name: ['text', asked.map(({ key }) => key.name)], y: ['smallint', asked.map(({ key }) => key.year)] }),
      sql`select p.person_id from register.person p where p.name_ascii = a.name collate "C" and p.birth_y = a.y`,
    ),
  'name-and-commune': (work, asked) =>
    pairs(
      work,
      table(asked, { name: ['text', asked.map(({ key }) => key.name)], commune: ['uuid', asked.map(({ key }) => key.commune)] }),
      sql`select p.person_id from register.person p join register.person_scope s on s.person_id = p.person_id and s.unit_id = a.commune
          where p.name_ascii = a.name collate "C"`,
    ),
  'words-and-year': (work, asked) =>
    pairs(
      work,
      table(asked, {
        words: ['text', asked.map(({ key }) => key.words.join(' '))],
        rarest: ['text', asked.map(({ key }) => rarest(key.words))],
        next: ['text', asked.map(({ key }) => rarest(key.words.filter(word => word !== rarest(key.words))))],
        y: ['smallint', asked.map(({ key }) => key.year)],
      }),
      sql`select w.person_id from register.name_word w
          join register.name_word o on o.person_id = w.person_id and o.word = a.next collate "C"
          join register.person p    on p.person_id = w.person_id and string_to_array(p.name_ascii, ' ') @> string_to_array(a.words, ' ')
          where w.word = a.rarest collate "C" and w.birth_year = a.y`,
    ),
  'parent-and-year': (work, asked) =>
    pairs(
      work,
      table(asked, {
        relation: ['text', asked.map(({ key }) => key.parent)],
        name: ['text', asked.map(({ key }) => key.name)],
        parent_y: ['smallint', asked.map(({ key }) => key.parentYear ?? null)],
        y: ['smallint', asked.map(({ key }) => key.year)],
      }),
      sql`select k.person_id from register.kinship k
          where k.name_ascii = a.name collate "C" and k.person_birth_y = a.y and k.relation = a.relation
            and (a.parent_y is null or k.related_birth_y is null or k.related_birth_y between a.parent_y - 1 and a.parent_y + 1)`,
    ),
}

/** Who may be meant, a pair each; doubles are possible. */
export async function candidatePairs(work: Work, asked: readonly Asked[]): Promise<Pair[]> {
  const kinds = Map.groupBy(asked, ({ key }) => key.by)
  const found: Pair[] = []
  for (const [by, keys] of kinds) {
    // Each kind of key has an answer that takes just that kind.
    const answer = answers[by] as (work: Work, asked: readonly Asked[]) => Promise<Pair[]>
    for (const pair of await answer(work, keys)) found.push(pair)
  }
  return found
}

export type CandidateRow = {
  readonly person_id: string
  readonly full_name: string
  readonly birth_y: number
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: string
  readonly number: string | null
  readonly cancelled: string[] | null
  readonly old_number: string | null
  readonly units: string[] | null
  readonly phone: string | null
  readonly household: string | null
  readonly father_name: string | null
  readonly father_y: number | null
  readonly mother_name: string | null
  readonly mother_y: number | null
}

/** What linkage compares, of some thousand persons at once. */
export async function candidateRows({ tx }: Work, ids: readonly string[]): Promise<CandidateRow[]> {
  const { rows } = await sql<CandidateRow>`
    select p.person_id, p.full_name, p.birth_y, p.birth_m, p.birth_d, p.sex, n.number,
      (select array_agg(c.number) from register.number c where c.person_id = p.person_id and c.state = 'cancelled') as cancelled,
      (select min(o.number) from register.old_number o where o.person_id = p.person_id) as old_number,
      (select array_agg(s.unit_id::text) from register.person_scope s where s.person_id = p.person_id) as units,
      (select min(t.phone) from register.phone t where t.person_id = p.person_id) as phone,
      m.household_id as household, f.name as father_name, f.related_birth_y as father_y, k.name as mother_name, k.related_birth_y as mother_y
    from unnest(${ids}::uuid[]) as asked (person_id)
    join register.person p on p.person_id = asked.person_id
    left join register.number n           on n.person_id = p.person_id and n.state = 'in-force'
    left join register.household_member m on m.person_id = p.person_id and m.to_on is null
    left join register.kinship f          on f.person_id = p.person_id and f.relation = 'father'
    left join register.kinship k          on k.person_id = p.person_id and k.relation = 'mother'`.execute(tx)
  return rows
}

export type NameCount = { readonly name_tone: string; readonly count: number }

export async function total({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from register.person`.execute(tx)
  return rows[0]?.total ?? 0
}

/** How often folded names, years and communes occur, in about this percentage of the register's pages. */
export async function countsOf({ tx }: Work, percent: number) {
  const sample = sql`register.person p tablesample system (${percent}) repeatable (7)`
  const { rows: names } = await sql<NameCount>`select p.name_tone, count(*) as count from ${sample} group by p.name_tone`.execute(tx)
  const { rows: births } = await sql<{ birth_y: number; count: number; whole: number; new_year: number }>`
    select p.birth_y, count(*) as count, count(p.birth_d) as whole, count(*) filter (where p.birth_m = 1 and p.birth_d = 1) as new_year
    from ${sample} group by p.birth_y`.execute(tx)
  const { rows: communes } = await sql<{ unit_id: string; count: number }>`
    select s.unit_id, count(*) as count from register.person_scope s tablesample system (${percent}) repeatable (7) group by s.unit_id`.execute(
    tx,
  )
  return { names, births, communes }
}
