import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import { lateReasonsOf, reasonsOf, StandingPlan } from '../plan-reasons/plan-reasons.ts'
import type { LateReasons, SessionReasons } from '../plan-reasons/reason.ts'
import { readPlanDocuments } from '../plans/plan-documents.ts'
import type { PlanDocuments } from '../plans/plans.ts'

/** A thread that explains plans, so that nobody else waits for it. */

export type ReasonsTask = {
  readonly documents: PlanDocuments
  /** One session; left out: whom the plan leaves late. */
  readonly session?: string | undefined
}

type Named = { readonly id: string; readonly name: string }

/** The names of what an answer names by its id. */
export type PlanNames = Readonly<Record<'places' | 'sites' | 'teams' | 'kits', readonly Named[]>>

/** 'unknown': the plan has no such session. */
export type ReasonsAnswer = { readonly names: PlanNames } & (
  | { readonly reasons: SessionReasons | 'unknown' }
  | { readonly late: LateReasons }
)

const idsWithNames = (list: readonly Named[]) => list.map(({ id, name }) => ({ id, name }))
const planNames = ({ places, sites, teams, kits }: PlanInstance): PlanNames => ({
  ...{ places: idsWithNames(places), sites: idsWithNames(sites), teams: idsWithNames(teams), kits: idsWithNames(kits) },
})

serveTasks<ReasonsTask, ReasonsAnswer>(({ documents, session }) => {
  const { instance, plan } = readPlanDocuments(documents)
  const standing = new StandingPlan(instance, plan)
  const names = planNames(instance)
  if (session === undefined) return { late: lateReasonsOf(standing), names }
  const held = standing.findSession(session)
  return { reasons: held ? reasonsOf(standing, held) : 'unknown', names }
})
