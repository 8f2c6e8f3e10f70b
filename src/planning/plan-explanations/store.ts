import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Remedies } from '../plan-reasons/reason.ts'
import type { PlanId } from '../plans/plans.ts'

/** How far the remedies of a plan are tried, 0 to 1, and what came of it. */
export type KeptRemedies =
  | { readonly state: 'waiting' | 'running' | 'failed'; readonly share: number }
  | { readonly state: 'done'; readonly share: 1; readonly found: Remedies }

/** Undefined where nobody asked for them. */
export async function findRemedies({ tx }: Work, id: PlanId): Promise<KeptRemedies | undefined> {
  const { rows } = await sql<{ remedies: KeptRemedies | null }>`
    select remedies from planning.plan where id = ${id}`.execute(tx)
  return rows[0]?.remedies ?? undefined
}

export async function setRemedies({ tx }: Work, id: PlanId, remedies: KeptRemedies): Promise<void> {
  await sql`update planning.plan set remedies = ${JSON.stringify(remedies)}::jsonb where id = ${id}`.execute(tx)
}
