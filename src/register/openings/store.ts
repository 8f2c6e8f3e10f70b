import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { CaseKind } from '../law.ts'
import type { PersonId } from '../person.ts'
import type { AccessGrade } from '../store.ts'

export type Opening = {
  readonly id: Id<'opening'>
  readonly personId: PersonId
  /** Where the officer acts who asked. */
  readonly unitId: Id<'unit'>
  readonly openedBy: string
  readonly openedOn: Day
  readonly until: Day
  readonly reason?: string | undefined
  readonly grade: AccessGrade
  /** The person lives in the reader's units. */
  readonly owned: boolean
}

/** Those asked for by officers of the work's units, or for people of them; the next to end first. */
export async function findOpenings({ tx }: Work): Promise<Opening[]> {
  const { rows } = await sql<Opening>`
    select case_id as id, person_id as "personId", unit_id as "unitId", opened_by as "openedBy",
      opened_on as "openedOn", until, reason, grade, owned
    from register.openings_asked()`.execute(tx)
  return rows.map(withoutNulls) as Opening[]
}

/** Cases of one officer, kind and day that ended and nothing was decided. */
export type EndedCaseGroup = {
  readonly kind: CaseKind
  readonly unitId: Id<'unit' | 'school'>
  readonly openedBy: string
  readonly openedOn: Day
  readonly endedOn: Day
  readonly how: 'withdrawn' | 'expired'
  readonly personIds: readonly PersonId[]
}

/** The cases of these kinds are to end by a decision; the others end by themselves. */
const decided: readonly CaseKind[] = ['roll-review', 'roll-hand-on', 'correction', 'opening']

/** Of the work's units, the latest first. */
export async function findEndedCases(
  { tx }: Work,
  { days, most }: { readonly days: number; readonly most: number },
): Promise<EndedCaseGroup[]> {
  const { rows } = await sql<EndedCaseGroup>`
    select e.kind, e.unit_id as "unitId", e.opened_by as "openedBy", e.opened_on as "openedOn",
      e.ended_on as "endedOn", e.how, array_agg(distinct e.person_id) as "personIds"
    from (
      select kind, unit_id, opened_by, opened_on, ended_on, 'withdrawn' as how, person_id from register.ended_case
      union all
      select kind, unit_id, opened_by, opened_on, until, 'expired', person_id from register.access_case
      where until < current_date and kind = any (${decided}::text[]) and opened_by <> 'house'
        and not (kind = 'opening' and grade = 'whole')
    ) e
    where e.ended_on >= current_date - ${days}::integer
      and ((select platform.sees_house()) or e.unit_id = any ((select platform.scope())::uuid[]))
    group by 1, 2, 3, 4, 5, 6 order by e.ended_on desc, e.opened_by, e.kind limit ${most}`.execute(tx)
  return rows
}
