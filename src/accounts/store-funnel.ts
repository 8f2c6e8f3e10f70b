import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { Asked } from './store-desk-list.ts'

const narrowing = ({ units, via, level }: Asked) => sql`
  ${units ? sql`and a.unit_id = any (${[...units]}::uuid[])` : sql``} ${via ? sql`and a.asked_via = ${via}` : sql``} ${level ? sql`and a.level = ${level}` : sql``}`

export type Course = {
  readonly requested: number
  readonly approved: number
  readonly told: number
  readonly activated: number
  readonly toDecide: number
  readonly refused: number
  readonly noPhone: number
  readonly inTime: number
  readonly lapsed: number
  readonly locked: number
  readonly ended: number
}

/**
 * How far accounts came. Those of extracts were told by whoever approved them. One that was unlocked or raised counts where it stands; one that ended after its approval stopped there.
 */
export async function courseOf({ tx, today }: Work, asked: Asked): Promise<Course> {
  const lastDay = sql`coalesce(a.activate_by, case when a.origin = 'imported' then (a.approved_at at time zone 'Asia/Ho_Chi_Minh')::date + 7 end)`
  const wasApproved = sql`(a.approved_at is not null or a.state in ('approved', 'activated', 'locked'))`
  const wasTold = sql`(${wasApproved} and (a.notified_at is not null or a.origin = 'imported' or a.activated_at is not null))`
  const wasActivated = sql`(a.state = 'activated' or a.activated_at is not null)`
  const { rows } = await sql<Course>`
    select count(*)::integer as requested,
           count(*) filter (where ${wasApproved})::integer as approved,
           count(*) filter (where ${wasTold})::integer as told,
           count(*) filter (where ${wasActivated})::integer as activated,
           count(*) filter (where a.state = 'requested')::integer as "toDecide",
           count(*) filter (where a.state = 'cancelled' and not ${wasApproved})::integer as refused,
           count(*) filter (where ${wasApproved} and not ${wasTold})::integer as "noPhone",
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'approved' and (${lastDay} is null or ${lastDay} >= ${today}::date))::integer as "inTime",
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'approved' and ${lastDay} < ${today}::date)::integer as lapsed,
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'locked')::integer as locked,
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'cancelled')::integer as ended
    from accounts.account a where true ${narrowing(asked)}`.execute(tx)
  const none = {
    requested: 0,
    approved: 0,
    told: 0,
    activated: 0,
    toDecide: 0,
    refused: 0,
    noPhone: 0,
    inTime: 0,
    lapsed: 0,
    locked: 0,
    ended: 0,
  }
  return rows[0] ?? none
}

/** Whether the steps of activations are kept in this house. */
async function hasSteps({ tx }: Work): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select to_regclass('accounts.published_activation_step') is not null as known`.execute(tx)
  return rows[0]?.known ?? false
}

/** How many accounts came to each step of their activation on the web, by the step's name; empty where no steps are kept. */
export async function activationSteps(work: Work, asked: Asked): Promise<ReadonlyMap<string, number>> {
  if (!(await hasSteps(work))) return new Map()
  const { rows } = await sql<{ step: string; count: number }>`
    select s.step, count(distinct s.account_id)::integer as count
    from accounts.published_activation_step s join accounts.account a on a.id = s.account_id
    where true ${narrowing(asked)} group by s.step`.execute(work.tx)
  return new Map(rows.map(({ step, count }) => [step, count]))
}
