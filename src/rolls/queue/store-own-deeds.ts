import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ReviewDecision } from '../roll.ts'
import type { RowRef } from '../row.ts'

export type OwnDeed = RowRef & {
  readonly deed: 'decided' | 'referred'
  readonly decision: ReviewDecision | null
  readonly at: Date
  readonly schoolId: Id<'school'>
  /** Absent for a row that was referred to here and is decided: it is hidden here. */
  readonly sheetRow: number | null
  readonly class: string | null
  readonly name: string | null
}

/** The actor's decisions and referrals since an instant that can be undone, the latest first. */
export async function findOwnDeeds({ tx, by }: Work, since: Date, limit: number): Promise<OwnDeed[]> {
  const { rows } = await sql<OwnDeed>`
    select * from (
      select 'decided' as deed, w.roll_id as "rollId", w.place, w.decision, w.decided_at as at,
        w.school_id as "schoolId", w.sheet_row as "sheetRow", w.class, w.name
      from rolls.row w join rolls.roll r on r.id = w.roll_id and r.in_force
      where w.decided_by = ${by.id} and w.decided_at > ${since} and w.decision is not null
      union all
      select 'referred', w.roll_id, w.place, null, h.referred_at, w.school_id, w.sheet_row, w.class, w.name
      from rolls.referral h join rolls.row w on w.roll_id = h.roll_id and w.place = h.place
      where h.settled_at is null and h.from_officer = ${by.id} and h.referred_at > ${since}
      union all
      select 'decided', h.roll_id, h.place, null, h.settled_at, h.school_id, null, null, null
      from rolls.referral h where h.settled = 'decided' and h.settled_by = ${by.id} and h.settled_at > ${since}
        and not exists (select from rolls.row w where w.roll_id = h.roll_id and w.place = h.place)
        and not exists (select from rolls.referral later
          where later.roll_id = h.roll_id and later.place = h.place and later.referred_at > h.referred_at)
    ) t order by at desc, place desc limit ${limit}`.execute(tx)
  return rows
}
