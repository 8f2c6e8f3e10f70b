import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import type { PlanEvent } from '../optimiser/plan-event.ts'
import type { InstanceNotes } from './build-instance.ts'
import type { OvertimeOrder } from './plan-days.ts'
import type { PlanState, SolvingState } from './plan-states.ts'
import type { PlanProgress, SolveOptions } from './solving.ts'

export type PlanId = Id<'plan'>

/** What a planner asked for, beside campaign, unit and days. */
export type PlanOrder = Pick<SolveOptions, 'seed' | 'work' | 'seconds'> & {
  readonly overtime: OvertimeOrder
  /** Of a replan: what had happened to the plan that it is based on. */
  readonly carried?: readonly PlanEvent[]
}

export type PlanSummary = {
  readonly id: PlanId
  readonly unitId: Id<'unit'>
  readonly campaignId: Id<'campaign'>
  readonly from: Day
  readonly to: Day
  readonly state: PlanState
  readonly solving: SolvingState
  readonly progress: PlanProgress
  readonly objective: number | null
  readonly bound: number | null
  readonly madeBy: string
  readonly madeAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly version: number
  /** The plan that it is a replan of, and after which events. */
  readonly basedOn: PlanId | null
  readonly events: readonly PlanEvent[]
}

/** What a plan is made again from, as it stood then. */
export type PlanBase = { readonly instance: PlanInstance; readonly plan: Plan }

export type KeptPlan = PlanSummary & {
  readonly request: PlanOrder
  readonly instance: PlanInstance
  readonly notes: InstanceNotes
  readonly plan: Plan | null
}

/**
 * An instance and a plan of it as JSON that is not parsed yet: of a province they take so long to read that a thread
 * does.
 */
export type PlanDocuments = { readonly instance: string; readonly plan: string }

const summaryColumns = sql.raw(`id, unit_id as "unitId", campaign_id as "campaignId", from_on as "from", to_on as "to",
  state, solving, progress, objective, bound, made_by as "madeBy", made_at as "madeAt", decided_by as "decidedBy",
  decided_at as "decidedAt", version, based_on as "basedOn", events`)

export async function insertPlan(
  { tx, by, now }: Work,
  plan: Pick<KeptPlan, 'id' | 'unitId' | 'campaignId' | 'from' | 'to' | 'request' | 'instance' | 'notes'> &
    Partial<Pick<KeptPlan, 'basedOn' | 'events'> & { readonly base: PlanBase }>,
): Promise<void> {
  await sql`
    insert into planning.plan (id, unit_id, campaign_id, from_on, to_on, state, solving, request, instance, notes,
      made_by, made_at, version, based_on, events, base)
    values (${plan.id}, ${plan.unitId}, ${plan.campaignId}, ${plan.from}, ${plan.to}, 'draft', 'waiting',
      ${JSON.stringify(plan.request)}::jsonb, ${JSON.stringify(plan.instance)}::jsonb,
      ${JSON.stringify(plan.notes)}::jsonb, ${by.id}, ${now}, 1, ${plan.basedOn ?? null},
      ${JSON.stringify(plan.events ?? [])}::jsonb, ${plan.base ? JSON.stringify(plan.base) : null}::jsonb)`.execute(tx)
}

/** The last plans of some units, the newest first. */
export async function findPlans({ tx }: Work, unitIds: readonly Id<'unit'>[], most: number): Promise<PlanSummary[]> {
  const { rows } = await sql<PlanSummary>`
    select ${summaryColumns} from planning.plan where unit_id = any (${[...unitIds]}::uuid[])
    order by made_at desc, id desc limit ${most}`.execute(tx)
  return rows
}

export async function findPlan({ tx }: Work, id: PlanId): Promise<KeptPlan | undefined> {
  const { rows } = await sql<KeptPlan>`
    select ${summaryColumns}, request, instance, notes, plan from planning.plan where id = ${id}`.execute(tx)
  return rows[0]
}

export async function findPlanSummary({ tx }: Work, id: PlanId): Promise<PlanSummary | undefined> {
  const { rows } = await sql<PlanSummary>`
    select ${summaryColumns} from planning.plan where id = ${id}`.execute(tx)
  return rows[0]
}

/** Undefined while it is not found. */
export async function findPlanDocuments({ tx }: Work, id: PlanId): Promise<PlanDocuments | undefined> {
  const { rows } = await sql<PlanDocuments>`
    select instance::text as instance, plan::text as plan from planning.plan
    where id = ${id} and plan is not null`.execute(tx)
  return rows[0]
}

/** What a plan was made again from, as it stood then. */
export async function findPlanBase({ tx }: Work, id: PlanId): Promise<PlanBase | undefined> {
  const { rows } = await sql<{ base: PlanBase | null }>`
    select base from planning.plan where id = ${id}`.execute(tx)
  return rows[0]?.base ?? undefined
}

export async function findBaseDocuments({ tx }: Work, id: PlanId): Promise<PlanDocuments | undefined> {
  const { rows } = await sql<PlanDocuments>`
    select base->>'instance' as instance, base->>'plan' as plan from planning.plan
    where id = ${id} and base is not null`.execute(tx)
  return rows[0]
}

/** The plan of a campaign that was accepted last. */
export async function findPlanInForce({ tx }: Work, campaignId: Id<'campaign'>): Promise<PlanId | undefined> {
  const { rows } = await sql<{ id: PlanId }>`
    select id from planning.plan where campaign_id = ${campaignId} and state = 'accepted'
    order by decided_at desc, id desc limit 1`.execute(tx)
  return rows[0]?.id
}

export async function holdPlan({ tx }: Work, id: PlanId): Promise<PlanSummary | undefined> {
  const { rows } = await sql<PlanSummary>`
    select ${summaryColumns} from planning.plan where id = ${id} for update`.execute(tx)
  return rows[0]
}

/** Marks that it is being sought; says whether it still was to be. */
export async function setPlanRunning({ tx }: Work, id: PlanId): Promise<boolean> {
  const { rows } = await sql`
    update planning.plan set solving = 'running' where id = ${id} and state = 'draft'
      and solving in ('waiting', 'running') returning id`.execute(tx)
  return rows.length === 1
}

/** Writes how far it is; says whether somebody asked to stop. */
export async function setPlanProgress({ tx }: Work, id: PlanId, progress: PlanProgress): Promise<boolean> {
  const { rows } = await sql<{ stop: boolean }>`
    update planning.plan set progress = ${JSON.stringify(progress)}::jsonb where id = ${id}
    returning stop_asked as stop`.execute(tx)
  return rows[0]?.stop ?? true
}

export async function setPlanStopAsked({ tx }: Work, id: PlanId): Promise<void> {
  await sql`update planning.plan set stop_asked = true where id = ${id}`.execute(tx)
}

export async function setPlanSolved({ tx }: Work, id: PlanId, plan: Plan): Promise<void> {
  await sql`
    update planning.plan set solving = ${plan.made.stopped ? 'stopped' : 'done'}, plan = ${JSON.stringify(plan)}::jsonb,
      objective = ${plan.objective.total}, bound = ${plan.bound?.total ?? null}, version = version + 1
    where id = ${id}`.execute(tx)
}

export async function setPlanFailed({ tx }: Work, id: PlanId): Promise<void> {
  await sql`update planning.plan set solving = 'failed', version = version + 1 where id = ${id}`.execute(tx)
}

export async function setPlanDecided(
  { tx, by, now }: Work,
  id: PlanId,
  state: Exclude<PlanState, 'draft'>,
): Promise<void> {
  await sql`
    update planning.plan set state = ${state}, decided_by = ${by.id}, decided_at = ${now}, version = version + 1
    where id = ${id}`.execute(tx)
}
