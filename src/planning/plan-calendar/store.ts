import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'

/** A draft that was changed by hand: locks stand in its instance. */
export async function setPlanChanged(
  { tx }: Work,
  id: Id<'plan'>,
  { instance, plan }: { readonly instance: PlanInstance; readonly plan: Plan },
): Promise<void> {
  await sql`
    update planning.plan set instance = ${JSON.stringify(instance)}::jsonb, plan = ${JSON.stringify(plan)}::jsonb,
      objective = ${plan.objective.total}, version = version + 1
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
