import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { PatternEvidence, PatternId, PatternRule, PatternState } from './pattern.ts'

/** Patterns, questions about them, and what was noticed of the derived rows and of the seals. */

export type Pattern = {
  readonly id: PatternId
  readonly rule: PatternRule
  readonly unitId: Id<'unit'>
  readonly officerIds: readonly Id<'officer'>[]
  readonly personId: Id<'person'> | null
  readonly fromOn: Day
  readonly toOn: Day
  readonly evidence: PatternEvidence
  readonly foundAt: Date
  readonly state: PatternState
  readonly reason: string | null
  readonly settledBy: string | null
  readonly settledAt: Date | null
}

export type FoundPattern = Pick<
  Pattern,
  'id' | 'rule' | 'unitId' | 'officerIds' | 'personId' | 'fromOn' | 'toOn' | 'evidence'
>

const columns = sql.raw(`p.id, p.rule, p.unit_id as "unitId", p.officer_ids as "officerIds",
  (select w.person_id from inspection.pattern_person w where w.pattern_id = p.id) as "personId",
  p.from_on as "fromOn", p.to_on as "toOn", p.evidence, p.found_at as "foundAt", p.state, p.reason,
  p.settled_by as "settledBy", p.settled_at as "settledAt"`)

export async function insertPattern({ tx, now }: Work, one: FoundPattern): Promise<void> {
  await sql`
    insert into inspection.pattern (id, rule, unit_id, officer_ids, from_on, to_on, evidence, found_at)
    values (${one.id}, ${one.rule}, ${one.unitId}, ${one.officerIds}::uuid[], ${one.fromOn}, ${one.toOn},
      ${JSON.stringify(one.evidence)}::jsonb, ${now})`.execute(tx)
  if (one.personId)
    await sql`
      insert into inspection.pattern_person (person_id, pattern_id) values (${one.personId}, ${one.id})`.execute(tx)
}

/** What was found anew of a pattern that nobody has explained: more days, other counts. */
export async function updateFound({ tx }: Work, one: FoundPattern): Promise<void> {
  await sql`
    update inspection.pattern set officer_ids = ${one.officerIds}::uuid[], unit_id = ${one.unitId},
      from_on = ${one.fromOn}, to_on = ${one.toOn}, evidence = ${JSON.stringify(one.evidence)}::jsonb
    where id = ${one.id} and state <> 'explained'`.execute(tx)
}

/** Patterns whose days reach into a span. */
export async function patternsSince({ tx }: Work, from: Day): Promise<Pattern[]> {
  const { rows } = await sql<Pattern>`
    select ${columns} from inspection.pattern p where p.to_on >= ${from} order by p.to_on, p.id`.execute(tx)
  return rows
}

export type PatternFilter = {
  readonly states?: readonly PatternState[] | undefined
  readonly rule?: PatternRule | undefined
  readonly officerId?: string | undefined
  readonly units?: readonly string[] | undefined
  readonly from: Day
  readonly to: Day
  /** Whose own patterns are left out: of the reader, and of whom they stand in for. */
  readonly notOf: readonly string[]
  readonly after?: { readonly toOn: Day; readonly id: string } | undefined
  readonly limit: number
}

const where = ({ states, rule, officerId, units, from, to, notOf }: Omit<PatternFilter, 'after' | 'limit'>) => sql`
  p.to_on >= ${from} and p.from_on <= ${to} and not (p.officer_ids && ${notOf}::uuid[])
  and ${states === undefined ? sql`true` : sql`p.state = any (${states}::text[])`}
  and ${rule === undefined ? sql`true` : sql`p.rule = ${rule}`}
  and ${officerId === undefined ? sql`true` : sql`p.officer_ids @> array[${officerId}::uuid]`}
  and ${units === undefined ? sql`true` : sql`p.unit_id = any (${units}::uuid[])`}`

/** A page of patterns, the latest first. */
export async function findPatterns({ tx }: Work, { after, limit, ...filter }: PatternFilter): Promise<Pattern[]> {
  const { rows } = await sql<Pattern>`
    select ${columns} from inspection.pattern p where ${where(filter)}
      and ${after ? sql`(p.to_on, p.id) < (${after.toOn}::date, ${after.id}::uuid)` : sql`true`}
    order by p.to_on desc, p.id desc limit ${limit}`.execute(tx)
  return rows
}

/** How many patterns each rule has found, and of how many officers, among those that nobody has explained. */
export async function countPatterns(
  { tx }: Work,
  filter: Omit<PatternFilter, 'after' | 'limit'>,
): Promise<{ rule: PatternRule; count: number; officerIds: string[] }[]> {
  const { rows } = await sql<{ rule: PatternRule; count: number; officerIds: string[] }>`
    select p.rule, count(distinct p.id)::integer as count, array_agg(distinct o.id::text) as "officerIds"
    from inspection.pattern p cross join lateral unnest(p.officer_ids) as o (id)
    where ${where(filter)} group by p.rule`.execute(tx)
  return rows
}

export async function holdPattern({ tx }: Work, id: PatternId): Promise<Pattern | undefined> {
  const { rows } = await sql<Pattern>`
    select ${columns} from inspection.pattern p where p.id = ${id} for update of p`.execute(tx)
  return rows[0]
}

export async function findPattern({ tx }: Work, id: PatternId): Promise<Pattern | undefined> {
  const { rows } = await sql<Pattern>`select ${columns} from inspection.pattern p where p.id = ${id}`.execute(tx)
  return rows[0]
}

export async function setState({ tx }: Work, id: PatternId, state: PatternState): Promise<void> {
  await sql`update inspection.pattern set state = ${state} where id = ${id}`.execute(tx)
}

export async function setExplained({ tx, now, by }: Work, id: PatternId, reason: string): Promise<void> {
  await sql`
    update inspection.pattern set state = 'explained', reason = ${reason}, settled_by = ${by.id},
      settled_for = ${by.onBehalfOf ?? null}, settled_at = ${now} where id = ${id}`.execute(tx)
}

/** Puts a pattern back as its deeds say: found, and explained or asked since. */
export async function restorePattern(
  { tx }: Work,
  one: FoundPattern,
  {
    foundAt,
    state,
    explained,
  }: {
    foundAt: Date
    state: PatternState
    explained?: { reason: string; by: string; onBehalfOf: string | null; at: Date } | undefined
  },
): Promise<void> {
  await sql`
    insert into inspection.pattern (id, rule, unit_id, officer_ids, from_on, to_on, evidence, found_at, state, reason,
      settled_by, settled_for, settled_at)
    values (${one.id}, ${one.rule}, ${one.unitId}, ${one.officerIds}::uuid[], ${one.fromOn}, ${one.toOn},
      ${JSON.stringify(one.evidence)}::jsonb, ${foundAt}, ${state}, ${explained?.reason ?? null},
      ${explained?.by ?? null}, ${explained?.onBehalfOf ?? null}, ${explained?.at ?? null})
    on conflict (id) do update set rule = excluded.rule, unit_id = excluded.unit_id,
      officer_ids = excluded.officer_ids, from_on = excluded.from_on, to_on = excluded.to_on,
      evidence = excluded.evidence, state = excluded.state, reason = excluded.reason,
      settled_by = excluded.settled_by, settled_for = excluded.settled_for,
      settled_at = excluded.settled_at`.execute(tx)
  if (one.personId)
    await sql`
      insert into inspection.pattern_person (person_id, pattern_id) values (${one.personId}, ${one.id})
      on conflict do nothing`.execute(tx)
}

export type QuestionId = Id<'inspection-question'>
export type Question = {
  readonly id: QuestionId
  readonly patternId: PatternId
  readonly unitId: Id<'unit'>
  readonly toId: Id<'officer'>
  readonly toSuperior: boolean
  readonly text: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly dueOn: Day
  readonly answer: string | null
  readonly answeredAt: Date | null
}

const questionColumns = sql.raw(`q.id, q.pattern_id as "patternId", q.unit_id as "unitId", q.to_id as "toId",
  q.to_superior as "toSuperior", q.text, q.asked_by as "askedBy", q.asked_at as "askedAt", q.due_on as "dueOn",
  q.answer, q.answered_at as "answeredAt"`)

export async function insertQuestion(
  { tx, now, by }: Work,
  one: Pick<Question, 'id' | 'patternId' | 'unitId' | 'toId' | 'toSuperior' | 'text' | 'dueOn'>,
): Promise<void> {
  await sql`
    insert into inspection.question (id, pattern_id, unit_id, to_id, to_superior, text, asked_by, asked_at, due_on)
    values (${one.id}, ${one.patternId}, ${one.unitId}, ${one.toId}, ${one.toSuperior}, ${one.text}, ${by.id}, ${now},
      ${one.dueOn})`.execute(tx)
}

export async function questionsOf({ tx }: Work, patternIds: readonly string[]): Promise<Question[]> {
  const { rows } = await sql<Question>`
    select ${questionColumns} from inspection.question q where q.pattern_id = any (${patternIds}::uuid[])
    order by q.asked_at, q.id`.execute(tx)
  return rows
}

export type AskedQuestion = Question & Pick<Pattern, 'rule' | 'fromOn' | 'toOn' | 'evidence'>

/** What an officer was asked and has not answered, and what they answered lately. */
export async function questionsTo({ tx }: Work, officerId: string, since: Date): Promise<AskedQuestion[]> {
  const { rows } = await sql<AskedQuestion>`
    select ${questionColumns}, p.rule, p.from_on as "fromOn", p.to_on as "toOn", p.evidence
    from inspection.question q join inspection.pattern p on p.id = q.pattern_id
    where q.to_id = ${officerId} and (q.answer is null or q.answered_at > ${since})
    order by q.answer is not null, q.due_on, q.id limit 100`.execute(tx)
  return rows
}

export async function holdQuestion({ tx }: Work, id: QuestionId): Promise<Question | undefined> {
  const { rows } = await sql<Question>`
    select ${questionColumns} from inspection.question q where q.id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function setAnswer({ tx, now }: Work, id: QuestionId, answer: string): Promise<void> {
  await sql`update inspection.question set answer = ${answer}, answered_at = ${now} where id = ${id}`.execute(tx)
}

/** Posts that officers hold on a day in some units. */
export async function postsIn(
  { tx }: Work,
  units: readonly string[],
  day: Day,
): Promise<{ officerId: Id<'officer'>; unitId: Id<'unit'>; role: string }[]> {
  const { rows } = await sql<{ officerId: Id<'officer'>; unitId: Id<'unit'>; role: string }>`
    select distinct officer_id as "officerId", unit_id as "unitId", role from staff.published_post
    where unit_id = any (${units}::uuid[]) and for_id is null and (from_on is null or from_on <= ${day})
      and (to_on is null or to_on > ${day})`.execute(tx)
  return rows
}

/** Posts that some officers held in some units at any time of some days, also as stand-ins. */
export async function postsOf(
  { tx }: Work,
  officerIds: readonly string[],
  from: Day,
  to: Day,
): Promise<{ unitId: Id<'unit'>; role: string }[]> {
  const { rows } = await sql<{ unitId: Id<'unit'>; role: string }>`
    select distinct unit_id as "unitId", role from staff.published_post
    where (officer_id = any (${officerIds}::uuid[]) or for_id = any (${officerIds}::uuid[]))
      and (from_on is null or from_on <= ${to}) and (to_on is null or to_on > ${from})`.execute(tx)
  return rows
}

export type Difference = {
  readonly day: Day
  readonly toldAt: Date
  readonly missing: number
  readonly changed: number
  readonly extra: number
  readonly patterns: number
}

export async function insertDifference({ tx, now }: Work, one: Omit<Difference, 'toldAt'>): Promise<void> {
  await sql`
    insert into inspection.difference (day, told_at, missing, changed, extra, patterns)
    values (${one.day}, ${now}, ${one.missing}, ${one.changed}, ${one.extra}, ${one.patterns})`.execute(tx)
}

export async function differencesSince({ tx }: Work, since: Date): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    select day, told_at as "toldAt", missing, changed, extra, patterns from inspection.difference
    where told_at >= ${since} order by told_at desc, day desc limit 50`.execute(tx)
  return rows
}

export type Verified = {
  readonly at: Date
  readonly deeds: number
  readonly readings: number
  readonly findings: number
  readonly first: { readonly kind: string; readonly chain?: number; readonly seq?: number; readonly id?: string } | null
}

export async function insertVerification({ tx, now }: Work, one: Omit<Verified, 'at'>): Promise<void> {
  await sql`
    insert into inspection.verification (at, deeds, readings, findings, first_finding)
    values (${now}, ${one.deeds}, ${one.readings}, ${one.findings},
      ${one.first ? JSON.stringify(one.first) : null}::jsonb) on conflict (at) do nothing`.execute(tx)
}

export async function lastVerification({ tx }: Work): Promise<Verified | undefined> {
  const { rows } = await sql<Verified>`
    select at, deeds::integer, readings::integer, findings, first_finding as first from inspection.verification
    order by at desc limit 1`.execute(tx)
  return rows[0]
}
