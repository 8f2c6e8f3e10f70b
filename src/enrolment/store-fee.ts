import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { FeeExemption } from './capture.ts'
import type { Fee } from './fee.ts'
import type { Application } from './store-application.ts'

/** The fee of an application, as it was when it was taken. */

export async function setFee({ tx }: Work, { personId, id }: Application, fee: Fee): Promise<void> {
  const exempt = fee.is === 'exempt' ? fee : undefined
  await sql`
    update enrolment.application
    set fee_due = ${fee.is === 'due' ? fee.amount : 0}, fee_reason = ${fee.is === 'none' ? null : fee.reason},
      fee_exemption = ${exempt?.kind ?? null}, fee_evidence = ${exempt?.evidence ?? null},
      fee_instead = ${exempt?.instead ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

type FeeRow = {
  readonly due: number | null
  readonly reason: string | null
  readonly exemption: FeeExemption | null
  readonly evidence: string | null
  readonly instead: number | null
}

/** Undefined where none was recorded: the application is older, or another system captured it. */
export async function findFee({ tx }: Work, { personId, id }: Application): Promise<Fee | undefined> {
  const { rows } = await sql<FeeRow>`
    select fee_due as due, fee_reason as reason, fee_exemption as exemption, fee_evidence as evidence,
      fee_instead as instead
    from enrolment.application where person_id = ${personId} and id = ${id}`.execute(tx)
  const row = rows[0]
  if (!row || row.due === null) return undefined
  const reason = row.reason ?? ''
  if (row.exemption)
    return { is: 'exempt', kind: row.exemption, evidence: row.evidence ?? '', instead: row.instead ?? 0, reason }
  return row.due > 0 ? { is: 'due', amount: row.due, reason } : { is: 'none' }
}

export type FeesOfDay = {
  readonly day: Day
  /** Applications with a fee, and what is asked for them together, in đồng. */
  readonly charged: number
  readonly amount: number
  /** Applications that cost nobody anything, such as a first card. */
  readonly free: number
  /** Whom the law frees, by why, and what they would have paid together. */
  readonly exempt: readonly { readonly kind: FeeExemption; readonly count: number }[]
  readonly spared: number
}

/** What was asked for on each day, of some units. */
export async function countFees(
  { tx }: Work,
  { from, to, units }: { readonly from: Day; readonly to: Day; readonly units?: readonly string[] | undefined },
): Promise<FeesOfDay[]> {
  const within = units ? sql`and unit_id = any (${[...units]}::uuid[])` : sql``
  const { rows } = await sql<FeesOfDay>`
    with kinds as (
      select begun_on, fee_exemption, count(*)::integer as people, sum(fee_due)::integer as due,
        count(*) filter (where fee_due > 0)::integer as charged, coalesce(sum(fee_instead), 0)::integer as spared
      from enrolment.application
      where fee_due is not null and begun_on between ${from}::date and ${to}::date ${within}
      group by begun_on, fee_exemption
    )
    select begun_on as day, sum(charged)::integer as charged, sum(due)::integer as amount,
      coalesce(sum(people - charged) filter (where fee_exemption is null), 0)::integer as free,
      coalesce(json_agg(json_build_object('kind', fee_exemption, 'count', people) order by fee_exemption)
        filter (where fee_exemption is not null), '[]') as exempt,
      sum(spared)::integer as spared
    from kinds group by begun_on order by begun_on`.execute(tx)
  return rows
}
