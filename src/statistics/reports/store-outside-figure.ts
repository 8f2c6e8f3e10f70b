import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

export type OutsideFigure = {
  readonly unitId: Id<'unit'>
  readonly day: Day
  readonly metric: string
  readonly source: string
  readonly value: number
  readonly note: string | null
}

/** Adds figures, or replaces a source's earlier ones. */
export async function upsertOutsideFigures(
  { tx, now }: Work,
  figures: readonly OutsideFigure[],
): Promise<{ added: number; changed: number }> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into statistics.outside_figure as known (unit_id, day, metric, source, value, note, entered_at)
    select "unitId", day, metric, source, value, note, ${now}
    from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f
      ("unitId" uuid, day date, metric text, source text, value integer, note text)
    on conflict (unit_id, day, metric, source)
    do update set value = excluded.value, note = excluded.note, entered_at = excluded.entered_at
      where (known.value, known.note) is distinct from (excluded.value, excluded.note)
    returning xmax = 0 as fresh`.execute(tx)
  return { added: rows.filter(({ fresh }) => fresh).length, changed: rows.filter(({ fresh }) => !fresh).length }
}

/** The last figure of each source by a day; `known`: of those that were taken in by an instant. */
export async function findOutsideFigures(
  { tx }: Work,
  units: readonly string[],
  { metric, day, known }: { readonly metric: string; readonly day: Day; readonly known: Date | undefined },
): Promise<OutsideFigure[]> {
  const { rows } = await sql<OutsideFigure>`
    select distinct on (unit_id, source) unit_id as "unitId", day, metric, source, value, note
    from statistics.outside_figure
    where unit_id = any (${[...units]}::uuid[]) and metric = ${metric} and day <= ${day}
      ${known ? sql`and entered_at <= ${known}` : sql``}
    order by unit_id, source, day desc`.execute(tx)
  return rows
}
