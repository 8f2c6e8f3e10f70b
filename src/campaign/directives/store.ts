import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Metric } from '../metric.ts'
import type { Directive, DirectiveAddressee, DirectiveId, DirectiveOrder, DirectiveQuestion } from './directive.ts'

export type VersionRow = {
  readonly version: number
  readonly title: string
  readonly body: string
  readonly dueOn: Day
  readonly question: string | null
  readonly metric: Metric | null
  readonly issuedBy: string
  readonly issuedOn: Day
  readonly at: Date
}

/** A directive with its version in force, and how far the addressees in sight have come. */
export type DirectiveRow = Omit<VersionRow, 'body' | 'at'> & {
  readonly id: DirectiveId
  readonly issuingUnitId: Directive['issuingUnitId']
  readonly year: number
  readonly number: number
  readonly campaignId: Id<'campaign'> | null
  readonly closedOn: Day | null
  readonly units: number
  readonly unread: number
  readonly acknowledged: number
  readonly answered: number
  readonly done: number
  /** Of the reader's own unit; null where it is not addressed. */
  readonly mineIsRead: boolean | null
  readonly mineIsAcknowledged: boolean | null
  readonly mineIsAnswered: boolean | null
}

export const directiveQuestionOf = ({
  question,
  metric,
}: Pick<VersionRow, 'question' | 'metric'>): DirectiveQuestion | undefined =>
  question === null ? undefined : { label: question, ...(metric !== null && { metric }) }

/** Numbers have no gap: two who issue at once for one unit come one after another. */
export async function nextDirectiveNumber({ tx }: Work, unitId: Id<'unit'>, year: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('directive ' || ${unitId}::text, ${year}::bigint))`.execute(
    tx,
  )
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from campaign.directive
    where issuing_unit_id = ${unitId} and year = ${year}`.execute(tx)
  return rows[0]?.next ?? 1
}

export async function insertDirective({ tx }: Work, directive: Omit<Directive, 'version' | 'closedOn'>): Promise<void> {
  await sql`
    insert into campaign.directive (id, issuing_unit_id, year, number, campaign_id)
    values (${directive.id}, ${directive.issuingUnitId}, ${directive.year}, ${directive.number},
        ${directive.campaignId ?? null})`.execute(tx)
}

export async function insertVersion(
  { tx, now, today, by }: Work,
  { id, issuingUnitId, version }: Pick<Directive, 'id' | 'issuingUnitId' | 'version'>,
  order: DirectiveOrder,
  addressees: readonly DirectiveAddressee[],
): Promise<void> {
  await sql`
    insert into campaign.directive_version
      (directive_id, version, issuing_unit_id, title, body, due_on, question, metric, issued_by, issued_on, by_kind,
        by_id, at)
    values (${id}, ${version}, ${issuingUnitId}, ${order.title}, ${order.body}, ${order.dueOn}::date,
        ${order.question?.label ?? null},
            ${order.question?.metric ?? null}, ${order.issuedBy}, ${today}::date, ${by.kind}, ${by.id},
                ${now})`.execute(tx)
  await sql`
    insert into campaign.directive_addressee (directive_id, version, unit_id, office, of_unit_id, issuing_unit_id)
    select ${id}, ${version}, u."unitId", u.office, u."ofUnitId", ${issuingUnitId}
    from json_to_recordset(${JSON.stringify(addressees)}::json) as u
      ("unitId" uuid, office text, "ofUnitId" uuid)`.execute(tx)
}

/** Locks the directive until the work ends, so that versions, acknowledgements and answers come one after another. */
export async function holdDirective({ tx }: Work, id: DirectiveId): Promise<Directive | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('directive ' || ${id}::text, 0))`.execute(tx)
  const { rows } = await sql<
    Omit<Directive, 'campaignId' | 'closedOn'> & { campaignId: Id<'campaign'> | null; closedOn: Day | null }
  >`
    select d.id, d.issuing_unit_id as "issuingUnitId", d.year, d.number, d.campaign_id as "campaignId",
      d.closed_on as "closedOn",
           (select max(v.version) from campaign.directive_version v where v.directive_id = d.id) as version
    from campaign.directive d where d.id = ${id}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { campaignId, closedOn, ...rest } = row
  return { ...rest, ...(campaignId !== null && { campaignId }), ...(closedOn !== null && { closedOn }) }
}

export async function setDirectiveClosed({ tx, today }: Work, id: DirectiveId): Promise<void> {
  await sql`update campaign.directive set closed_on = ${today}::date where id = ${id}`.execute(tx)
}

const hasTrace = (table: 'reading' | 'acknowledgement' | 'answer') =>
  sql`exists (select from ${sql.raw(`campaign.directive_${table}`)} t
      where t.directive_id = a.directive_id and t.version = a.version and t.unit_id = a.unit_id)`

/**
 * Which directives: one; those that the reader's own units were given, issued, or watch over; of a campaign; open ones
 * alone.
 */
export type DirectiveFilter = {
  readonly id?: DirectiveId | undefined
  readonly box?: 'to-me' | 'issued' | 'below' | undefined
  readonly campaignId?: Id<'campaign'> | undefined
  readonly state?: 'open' | undefined
}

function matchesFilter({ id, box, campaignId, state }: DirectiveFilter, own: readonly string[]): RawBuilder<unknown> {
  const addressed = (which: RawBuilder<unknown>) =>
    sql`exists (select from campaign.directive_addressee a
        where a.directive_id = d.id and a.unit_id ${which} (${own}::uuid[]))`
  const conditions = [
    ...(id ? [sql`d.id = ${id}`] : []),
    ...(campaignId ? [sql`d.campaign_id = ${campaignId}`] : []),
    ...(state ? [sql`d.closed_on is null`] : []),
    ...(box === 'to-me' ? [addressed(sql`= any`)] : []),
    ...(box === 'issued' ? [sql`d.issuing_unit_id = any (${own}::uuid[])`] : []),
    // What concerns the reader's own unit alone is not watched over.
    ...(box === 'below' ? [sql`d.issuing_unit_id <> all (${own}::uuid[])`, addressed(sql`<> all`)] : []),
  ]
  return conditions.length ? sql.join(conditions, sql` and `) : sql`true`
}

/**
 * The directives in sight, each with its version in force; `own` are the units that the reader acts for. `done` is the
 * rule of `isStepDone` (directive.ts).
 */
export async function findDirectives(
  { tx }: Work,
  own: readonly string[],
  filter: DirectiveFilter = {},
): Promise<DirectiveRow[]> {
  const { rows } = await sql<DirectiveRow>`
    select d.id, d.issuing_unit_id as "issuingUnitId", d.year, d.number, d.campaign_id as "campaignId",
      d.closed_on as "closedOn",
           v.version, v.title, v.due_on as "dueOn", v.question, v.metric, v.issued_by as "issuedBy",
             v.issued_on as "issuedOn",
           s.units, s.unread, s.acknowledged, s.answered, s.done, s."mineIsRead", s."mineIsAcknowledged",
             s."mineIsAnswered"
    from campaign.directive d
    join lateral (select * from campaign.directive_version v where v.directive_id = d.id order by v.version desc
      limit 1) v on true
    cross join lateral (
      select count(*)::integer as units,
             count(*) filter (where not x.is_read and not x.is_acknowledged)::integer as unread,
             count(*) filter (where x.is_acknowledged)::integer as acknowledged,
             count(*) filter (where x.is_answered)::integer as answered,
             count(*) filter (where case when v.question is null then x.is_acknowledged
                 else x.is_answered end)::integer as done,
             bool_and(x.is_read) filter (where x.is_mine) as "mineIsRead",
             bool_and(x.is_acknowledged) filter (where x.is_mine) as "mineIsAcknowledged",
             bool_and(x.is_answered) filter (where x.is_mine) as "mineIsAnswered"
      from (select a.unit_id = any (${own}::uuid[]) as is_mine, ${hasTrace('reading')} as is_read,
          ${hasTrace('acknowledgement')} as is_acknowledged,
                   ${hasTrace('answer')} as is_answered
            from campaign.directive_addressee a where a.directive_id = d.id and a.version = v.version) x) s
    where ${matchesFilter(filter, own)}
    order by d.closed_on is not null, v.due_on desc, d.id desc`.execute(tx)
  return rows
}

export async function findVersions({ tx }: Work, id: DirectiveId): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select version, title, body, due_on as "dueOn", question, metric, issued_by as "issuedBy", issued_on as "issuedOn",
      at
    from campaign.directive_version where directive_id = ${id} order by version desc`.execute(tx)
  return rows
}

export type AddresseeRow = DirectiveAddressee & {
  readonly directiveId: DirectiveId
  readonly readBy: string | null
  readonly readOn: Day | null
  readonly readAt: Date | null
  readonly readers: number
  readonly acknowledgedBy: string | null
  readonly acknowledgedOn: Day | null
  readonly acknowledgedAt: Date | null
  readonly answerBy: string | null
  readonly answerOn: Day | null
  readonly answerAt: Date | null
  readonly figure: number | null
  readonly words: string | null
  /** The last version before this one that the unit acknowledged. */
  readonly earlier: number | null
}

/** Each addressee in sight of a version of some directives, with what was done there. */
export async function findAddressees(
  { tx }: Work,
  of: readonly { readonly id: string; readonly version: number }[],
): Promise<AddresseeRow[]> {
  const { rows } = await sql<AddresseeRow>`
    select a.directive_id as "directiveId", a.unit_id as "unitId", a.office, a.of_unit_id as "ofUnitId",
      r.by_id as "readBy", r.on_day as "readOn",
      r.at as "readAt",
           (select count(*)::integer from campaign.directive_reading n
            where n.directive_id = a.directive_id and n.version = a.version and n.unit_id = a.unit_id) as readers,
           k.by_id as "acknowledgedBy", k.on_day as "acknowledgedOn", k.at as "acknowledgedAt",
           w.by_id as "answerBy", w.on_day as "answerOn", w.at as "answerAt", w.figure, w.words,
           (select max(e.version) from campaign.directive_acknowledgement e
            where e.directive_id = a.directive_id and e.unit_id = a.unit_id and e.version < a.version) as earlier
    from unnest(${of.map(({ id }) => id)}::uuid[], ${of.map(({ version }) => version)}::integer[]) as asked
      (directive_id, version)
    join campaign.directive_addressee a on a.directive_id = asked.directive_id and a.version = asked.version
    left join lateral (select * from campaign.directive_reading x
      where x.directive_id = a.directive_id and x.version = a.version and x.unit_id = a.unit_id
                       order by x.at limit 1) r on true
    left join campaign.directive_acknowledgement k on k.directive_id = a.directive_id and k.version = a.version
      and k.unit_id = a.unit_id
    left join lateral (select * from campaign.directive_answer x
      where x.directive_id = a.directive_id and x.version = a.version and x.unit_id = a.unit_id
                       order by x.at desc, x.id desc limit 1) w on true
    order by a.directive_id, a.unit_id`.execute(tx)
  return rows
}

export type Addressee = {
  readonly id: DirectiveId
  readonly version: number
  readonly unitId: Id<'unit'>
  readonly issuingUnitId: Id<'unit'>
}

/** Which of the reader's own units a version is addressed to. */
export async function ownAddressees(
  { tx }: Work,
  id: DirectiveId,
  version: number,
  own: readonly Id<'unit'>[],
): Promise<Id<'unit'>[]> {
  const { rows } = await sql<{ unit_id: Id<'unit'> }>`
    select unit_id from campaign.directive_addressee
    where directive_id = ${id} and version = ${version} and unit_id = any (${own}::uuid[])
    order by unit_id`.execute(tx)
  return rows.map(row => row.unit_id)
}

/** Notes who has opened a version; true where they had not before. */
export async function insertReading(
  { tx, now, today, by }: Work,
  { id, version, unitId, issuingUnitId }: Addressee,
): Promise<boolean> {
  const { rows } = await sql`
    insert into campaign.directive_reading (directive_id, version, unit_id, issuing_unit_id, on_day, by_id, at)
    values (${id}, ${version}, ${unitId}, ${issuingUnitId}, ${today}::date, ${by.id}, ${now}) on conflict do nothing
    returning 1`.execute(tx)
  return rows.length > 0
}

/** True where the unit had not acknowledged the version before. */
export async function insertAcknowledgement(
  { tx, now, today, by }: Work,
  { id, version, unitId, issuingUnitId }: Addressee,
): Promise<boolean> {
  const { rows } = await sql`
    insert into campaign.directive_acknowledgement (directive_id, version, unit_id, issuing_unit_id, on_day, by_id, at)
    values (${id}, ${version}, ${unitId}, ${issuingUnitId}, ${today}::date, ${by.id}, ${now}) on conflict do nothing
    returning 1`.execute(tx)
  return rows.length > 0
}

export async function insertAnswer(
  { tx, now, today, by }: Work,
  { id, version, unitId, issuingUnitId }: Addressee,
  { figure, words }: { readonly figure?: number | undefined; readonly words?: string | undefined },
): Promise<void> {
  await sql`
    insert into campaign.directive_answer
      (directive_id, version, unit_id, id, issuing_unit_id, figure, words, on_day, by_id, at)
    values (${id}, ${version}, ${unitId}, ${newId<'answer'>(now)}, ${issuingUnitId}, ${figure ?? null},
        ${words ?? null}, ${today}::date, ${by.id}, ${now})`.execute(tx)
}
