import { type RawBuilder, sql } from 'kysely'
import type { CandidateKey } from '../../linkage/blocking/blocking.ts'
import { parsePartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import { rarest } from '../search/rare-word.ts'

/** A key with the place, in the caller's list, of the record it belongs to. */
export type RecordKey<By extends CandidateKey['by'] = CandidateKey['by']> = {
  readonly row: number
  readonly key: Extract<CandidateKey, { by: By }>
}

type CandidatePair = { readonly row: number; readonly person_id: PersonId }

/**
 * The most candidates that one key may bring: only dates that clerks make up and names on everyone's lips come near it.
 */
const maxCandidatesPerKey = 400

async function queryPairs(
  { tx }: Work,
  asked: RawBuilder<unknown>,
  answer: RawBuilder<unknown>,
): Promise<CandidatePair[]> {
  const { rows } = await sql<CandidatePair>`select a.row, c.person_id from ${asked} cross
      join lateral (${answer} limit ${maxCandidatesPerKey}) c`.execute(tx)
  return rows
}

/** The keys as a table `a`: `row` and the named columns, each an array of the key's values. */
function keyTable(
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

const birthsOf = (asked: readonly { readonly key: { readonly birth: string } }[]) => {
  const days = asked.map(({ key }) => parsePartialDay(key.birth))
  return {
    y: ['smallint', days.map(day => day?.y ?? null)],
    m: ['smallint', days.map(day => day?.m ?? null)],
    d: ['smallint', days.map(day => day?.d ?? null)],
  } as const
}

type NamedCandidate = { readonly head: number; readonly person_id: PersonId; readonly name_ascii: string }

/**
 * Persons with all of some words, in any order, and a year. Many records of a roll share their rarest word and the
 * year, so the bearers of that word are fetched once and the other words are compared here.
 */
async function pairsByWordsAndYear(
  { tx }: Work,
  asked: readonly RecordKey<'words-and-year'>[],
): Promise<CandidatePair[]> {
  const several = asked.filter(({ key }) => key.words.length > 1)
  const heads = Map.groupBy(several, ({ key }) => `${rarest(key.words)} ${key.year}`)
  const words = [...heads.values()].map(([first]) => rarest(first?.key.words ?? []))
  const years = [...heads.values()].map(([first]) => first?.key.year ?? 0)
  const { rows } = await sql<NamedCandidate>`
    select h.head, p.person_id, p.name_ascii
    from unnest(${words.map((_, head) => head)}::integer[], ${words}::text[], ${years}::smallint[]) as h (head, word, y)
    join register.name_word w on w.word = h.word collate "C" and w.birth_year = h.y
    join register.person p    on p.person_id = w.person_id`.execute(tx)

  const bearers: { id: PersonId; name: string }[][] = words.map(() => [])
  for (const { head, person_id, name_ascii } of rows) bearers[head]?.push({ id: person_id, name: ` ${name_ascii} ` })
  return [...heads.values()].flatMap((records, head) =>
    records.flatMap(({ row, key }) => {
      const others = key.words.map(word => ` ${word} `)
      const found = bearers[head]?.filter(({ name }) => others.every(word => name.includes(word))) ?? []
      return found.slice(0, maxCandidatesPerKey).map(({ id }) => ({ row, person_id: id }))
    }),
  )
}

type KeyQueries = {
  readonly [By in CandidateKey['by']]: (work: Work, asked: readonly RecordKey<By>[]) => Promise<CandidatePair[]>
}

/** How each kind of key is answered: by equality on an index. */
const keyQueries: KeyQueries = {
  number: (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, { number: ['text', asked.map(({ key }) => key.number)] }),
      sql`select l.person_id from register.number_lookup l where l.number = a.number collate "C"`,
    ),
  'old-number': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, { number: ['text', asked.map(({ key }) => key.oldNumber)] }),
      sql`select o.person_id from register.old_number o where o.number = a.number collate "C"`,
    ),
  birth: (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, birthsOf(asked)),
      sql`select p.person_id from register.person p where p.birth_y = a.y and p.birth_m = a.m and p.birth_d = a.d`,
    ),
  'name-and-birth': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, { name: ['text', asked.map(({ key }) => key.name)], ...birthsOf(asked) }),
      sql`select p.person_id from register.person p where p.name_ascii = a.name collate "C" and p.birth_y = a.y
            and (p.birth_m = a.m or p.birth_m is null or a.m is null)
              and (p.birth_d = a.d or p.birth_d is null or a.d is null)`,
    ),
  'name-and-day': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, { name: ['text', asked.map(({ key }) => key.name)], ...birthsOf(asked) }),
      sql`select p.person_id from register.person p
        where p.name_ascii = a.name collate "C" and p.birth_y between a.y - 10 and a.y + 10
            and p.birth_m = a.m and p.birth_d = a.d`,
    ),
  'given-and-birth': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, { given: ['text', asked.map(({ key }) => key.given)], ...birthsOf(asked) }),
      sql`select p.person_id from register.person p
        where p.birth_y = a.y and p.birth_m = a.m and p.birth_d = a.d and p.given_ascii = a.given collate "C"`,
    ),
  'family-given-year': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, {
        family: ['text', asked.map(({ key }) => key.family)],
        given: ['text', asked.map(({ key }) => key.given)],
        y: ['smallint', asked.map(({ key }) => key.year)],
      }),
      sql`select p.person_id from register.person p
          where p.given_ascii = a.given collate "C" and p.birth_y = a.y and p.family_ascii = a.family collate "C"`,
    ),
  'name-and-year': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, {
        name: ['text', asked.map(({ key }) => key.name)],
        y: ['smallint', asked.map(({ key }) => key.year)],
      }),
      sql`select p.person_id from register.person p where p.name_ascii = a.name collate "C" and p.birth_y = a.y`,
    ),
  'name-and-commune': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, {
        name: ['text', asked.map(({ key }) => key.name)],
        commune: ['uuid', asked.map(({ key }) => key.commune)],
      }),
      sql`select p.person_id from register.person p
        join register.person_scope s on s.person_id = p.person_id and s.unit_id = a.commune
          where p.name_ascii = a.name collate "C"`,
    ),
  'words-and-year': pairsByWordsAndYear,
  'parent-and-year': (work, asked) =>
    queryPairs(
      work,
      keyTable(asked, {
        relation: ['text', asked.map(({ key }) => key.parent)],
        name: ['text', asked.map(({ key }) => key.name)],
        parent_y: ['smallint', asked.map(({ key }) => key.parentYear ?? null)],
        y: ['smallint', asked.map(({ key }) => key.year)],
      }),
      sql`select k.person_id from register.kinship k
          where k.name_ascii = a.name collate "C" and k.person_birth_y = a.y and k.relation = a.relation
            and (a.parent_y is null or k.related_birth_y is null or k.related_birth_y between a.parent_y - 1
                and a.parent_y + 1)`,
    ),
}

/** Who may be meant, a pair each; doubles are possible. */
export async function candidatePairs(work: Work, asked: readonly RecordKey[]): Promise<CandidatePair[]> {
  const kinds = Map.groupBy(asked, ({ key }) => key.by)
  const found: CandidatePair[] = []
  for (const [by, keys] of kinds) {
    // Each kind of key has an answer that takes just that kind.
    const answer = keyQueries[by] as (work: Work, asked: readonly RecordKey[]) => Promise<CandidatePair[]>
    for (const pair of await answer(work, keys)) found.push(pair)
  }
  return found
}

export type CandidateRow = {
  readonly person_id: PersonId
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
    select l.person_id, l.full_name, l.birth_y, l.birth_m, l.birth_d, l.sex, l.number, l.cancelled, l.old_number,
      l.unit_ids as units, l.phone,
      l.household_id as household, l.father_name, l.father_y, l.mother_name, l.mother_y
    from unnest(${ids}::uuid[]) as asked (person_id)
    join register.link_record l on l.person_id = asked.person_id`.execute(tx)
  return rows
}

export async function countPersons({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from register.link_record`.execute(tx)
  return rows[0]?.total ?? 0
}

export type PartCount = {
  readonly part: 'families' | 'middles' | 'givens'
  readonly value: string
  readonly count: number
}

/**
 * How often parts of names, years and communes occur, in about this percentage of the register's pages. A single word
 * is a given name.
 */
export async function countLinkageParts({ tx }: Work, percent: number) {
  const sample = sql`register.link_record l tablesample system (${percent}) repeatable (7)`
  const { rows: parts } = await sql<PartCount>`
    select case when grouping(family) = 0 then 'families' when grouping(middle) = 0 then 'middles'
      else 'givens' end as part,
      coalesce(family, middle, given) as value, count(*) as count
    from ${sample} cross
    join lateral (select split_part(l.name_tone, ' ', 1) as head, split_part(l.name_tone, ' ', -1) as given) w
    cross join lateral (select case when length(head) = length(l.name_tone) then '' else head end as family,
      case when length(head) + length(given) + 1 < length(l.name_tone)
        then substr(l.name_tone, length(head) + 2, length(l.name_tone) - length(head) - length(given) - 2)
            else '' end as middle) v
    group by grouping sets ((family), (middle), (given))`.execute(tx)
  const { rows: births } = await sql<{ birth_y: number; count: number; whole: number; new_year: number }>`
    select l.birth_y, count(*) as count, count(l.birth_d) as whole,
      count(*) filter (where l.birth_m = 1 and l.birth_d = 1) as new_year
    from ${sample} group by l.birth_y`.execute(tx)
  const { rows: communes } = await sql<{ unit_id: Id<'unit'>; count: number }>`
    select unit_id, sum(g.count)::bigint as count
    from (select l.unit_ids, count(*) as count from ${sample} group by l.unit_ids) g
    cross join unnest(g.unit_ids) as unit_id group by unit_id`.execute(tx)
  return { parts, births, communes }
}
