import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { lastDayToActivate } from '../store-activation-period.ts'
import type { AccountFilter } from './store-queue.ts'

const funnelFilter = ({ units, via, level }: AccountFilter) => sql`
  ${units ? sql`and a.unit_id = any (${[...units]}::uuid[])` : sql``} ${via ? sql`and a.asked_via = ${via}` : sql``}
    ${level ? sql`and a.level = ${level}` : sql``}`

export type RequestFunnel = {
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
 * How far accounts came. Accounts of extracts count as notified by the system that approved them. An unlocked or raised
 * account counts in its present state; one that ended after its approval stopped there.
 */
export async function countRequests(work: Work, filter: AccountFilter): Promise<RequestFunnel> {
  const { tx, today } = work
  const lastDay = lastDayToActivate(work)
  const wasApproved = sql`(a.approved_at is not null or a.state in ('approved', 'activated', 'locked'))`
  const wasTold = sql`(${wasApproved}
        and (a.notified_at is not null or a.origin = 'imported' or a.activated_at is not null))`
  const wasActivated = sql`(a.state = 'activated' or a.activated_at is not null)`
  const { rows } = await sql<RequestFunnel>`
    select count(*)::integer as requested,
           count(*) filter (where ${wasApproved})::integer as approved,
           count(*) filter (where ${wasTold})::integer as told,
           count(*) filter (where ${wasActivated})::integer as activated,
           count(*) filter (where a.state = 'requested')::integer as "toDecide",
           count(*) filter (where a.state = 'cancelled' and not ${wasApproved})::integer as refused,
           count(*) filter (where ${wasApproved} and not ${wasTold})::integer as "noPhone",
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'approved'
               and (${lastDay} is null or ${lastDay} >= ${today}::date))::integer as "inTime",
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'approved'
               and ${lastDay} < ${today}::date)::integer as lapsed,
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'locked')::integer as locked,
           count(*) filter (where ${wasTold} and not ${wasActivated} and a.state = 'cancelled')::integer as ended
    from accounts.account a where true ${funnelFilter(filter)}`.execute(tx)
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

/**
 * How far people came who began to activate on the web; and the present step of those who may still activate,
 * `never-began` for the others.
 */
export type WebFunnel = {
  readonly began: number
  readonly proven: number
  readonly activated: number
  readonly stops: readonly { readonly why: string; readonly count: number }[]
}

/** The order of steps recorded at one moment. */
const stepOrder = sql`array_position(array['began', 'code-sent', 'code-right', 'guardian-confirmed', 'passcode-kept',
        'activated', 'codes-shown', 'done', 'stopped'], s.step)`

/** By the last step of each account's activations. A right code is worth nothing until the passcode is stored. */
export async function countWebAttempts({ tx }: Work, filter: AccountFilter): Promise<WebFunnel> {
  const { rows } = await sql<{ began: number; proven: number; activated: number; why: string | null; waiting: number }>`
    with step as materialized (
      select s.account_id, bool_or(s.step = 'code-right') as proven, bool_or(s.step = 'activated') as activated,
             (array_agg(s.step order by s.at desc, ${stepOrder} desc))[1] as last,
               (array_agg(s.why order by s.at desc, ${stepOrder} desc))[1] as why
      from accounts.activation_step s where s.purpose = 'activation' group by s.account_id
    ), one as (
      select step.account_id is not null as began, coalesce(step.proven, false) as proven,
        coalesce(step.activated, false) as activated,
             case when a.state <> 'approved' or a.activated_at is not null
               or (a.notified_at is null and a.origin <> 'imported') then null
                  when step.last is null then 'never-began'
                  when step.last = 'stopped' then step.why
                  when step.last in ('code-right', 'guardian-confirmed') then 'left-at-passcode'
                  else 'left-at-code' end as why
      from accounts.account a left join step on step.account_id = a.id where true ${funnelFilter(filter)}
    )
    select count(*) filter (where began)::integer as began, count(*) filter (where proven)::integer as proven,
      count(*) filter (where activated)::integer as activated,
           why, count(*)::integer as waiting
    from one group by why order by waiting desc, why`.execute(tx)
  const sum = (of: 'began' | 'proven' | 'activated') => rows.reduce((total, row) => total + row[of], 0)
  return {
    began: sum('began'),
    proven: sum('proven'),
    activated: sum('activated'),
    stops: rows.flatMap(({ why, waiting }) => (why === null ? [] : [{ why, count: waiting }])),
  }
}
