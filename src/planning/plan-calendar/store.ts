import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan, PlannedRoute } from '../optimiser/plan.ts'
import type { InstanceNotes } from '../plans/build-instance.ts'
import type { PlanDocuments, PlanId, PlanOrder } from '../plans/plans.ts'

/** An instance but for its ways, and a plan with the routes of some days alone. */
export type PlanOfDays = {
  readonly request: PlanOrder
  readonly instance: Omit<PlanInstance, 'travel' | 'crossings'>
  readonly notes: InstanceNotes
  readonly plan: Omit<Plan, 'routes'> | null
  readonly routes: readonly PlannedRoute[]
}

/** The database takes out what the days need: the whole of a province's plan would keep everybody waiting. */
export async function findPlanOfDays(
  { tx }: Work,
  id: PlanId,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<PlanOfDays | undefined> {
  const { rows } = await sql<PlanOfDays>`
    select request, notes, instance - '{travel,crossings}'::text[] as instance, plan - 'routes' as plan,
      coalesce(jsonb_path_query_array(plan, '$.routes[*] ? (@.day >= $from && @.day <= $to)',
        jsonb_build_object('from', ${from}::text, 'to', ${to}::text)), '[]') as routes
    from planning.plan where id = ${id}`.execute(tx)
  return rows[0]
}

/** A draft that was changed by hand: locks stand in its instance. `total` is its objective. */
export async function setPlanChanged(
  { tx }: Work,
  id: Id<'plan'>,
  { instance, plan }: PlanDocuments,
  total: number,
): Promise<void> {
  await sql`
    update planning.plan set instance = ${instance}::jsonb, plan = ${plan}::jsonb,
      objective = ${total}, version = version + 1
    where id = ${id} and state = 'draft'`.execute(tx)
}

/** Whether a family was told of one of them, or one is open. */
export async function isAnySessionTold({ tx }: Work, ids: readonly Id<'session'>[]): Promise<boolean> {
  const { rows } = await sql`
    select from planning.session s
    where s.id = any (${[...ids]}::uuid[])
      and (s.state = 'open' or exists (
        select from planning.family_notice n where n.session_id = s.id and n.message_id is not null))
    limit 1`.execute(tx)
  return rows.length > 0
}
