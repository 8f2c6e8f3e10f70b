import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

/** What an officer did with the guide, and what the audit has of them. */

export type GuideRow = {
  readonly dismissedAt: Date | null
  readonly dutiesBasis: string | null
  readonly dutiesAt: Date | null
  readonly opened: readonly string[]
}

export async function findGuide({ tx, by }: Work): Promise<GuideRow | undefined> {
  const { rows } = await sql<GuideRow>`
    select dismissed_at as "dismissedAt", duties_basis as "dutiesBasis", duties_at as "dutiesAt", opened
    from inspection.first_day where officer_id = ${by.id}`.execute(tx)
  return rows[0]
}

/** Whether it was not put away before. */
export async function setDismissed({ tx, by, now }: Work): Promise<boolean> {
  const { rows } = await sql`
    insert into inspection.first_day as f (officer_id, dismissed_at) values (${by.id}, ${now})
    on conflict (officer_id) do update set dismissed_at = excluded.dismissed_at where f.dismissed_at is null
    returning 1`.execute(tx)
  return rows.length > 0
}

/** Whether the officer had not read the duties of this act before. */
export async function setDutiesRead({ tx, by, now }: Work, basis: string): Promise<boolean> {
  const { rows } = await sql`
    insert into inspection.first_day as f (officer_id, duties_basis, duties_at) values (${by.id}, ${basis}, ${now})
    on conflict (officer_id) do update set duties_basis = excluded.duties_basis, duties_at = excluded.duties_at
      where f.duties_basis is distinct from excluded.duties_basis
    returning 1`.execute(tx)
  return rows.length > 0
}

/** Whether it is opened for the first time. */
export async function addOpened({ tx, by }: Work, step: string): Promise<boolean> {
  const { rows } = await sql`
    insert into inspection.first_day as f (officer_id, opened) values (${by.id}, array[${step}])
    on conflict (officer_id) do update set opened = f.opened || excluded.opened where ${step} <> all (f.opened)
    returning 1`.execute(tx)
  return rows.length > 0
}

/** When the officer first did each of some deeds in some days: one probe of audit.deed_by_officer a day. */
export async function firstDeeds(
  { tx, by }: Work,
  { from, to }: { readonly from: Day; readonly to: Day },
  deeds: readonly string[],
): Promise<{ deed: string; at: Date }[]> {
  const { rows } = await sql<{ deed: string; at: Date }>`
    select d.deed, min(d.at) as at
    from generate_series(${from}::date, ${to}::date, '1 day') as g (day)
    join audit.published_officer_deed d
      on d.day = g.day::date and d.by_id = ${by.id} and d.deed = any (${[...deeds]}::text[])
    group by d.deed`.execute(tx)
  return rows
}

/** When the officer first read somebody's data for each of some purposes (audit.access_by_reader). */
export async function firstReadings(
  { tx, by }: Work,
  purposes: readonly string[],
): Promise<{ purpose: string; at: Date }[]> {
  const { rows } = await sql<{ purpose: string; at: Date }>`
    select p.purpose, r.at from unnest(${[...purposes]}::text[]) as p (purpose)
    join lateral (select a.at from audit.published_officer_reading a
      where a.by_id = ${by.id} and a.purpose = p.purpose order by a.at limit 1) r on true`.execute(tx)
  return rows
}
