import type { showPlanWeek, tryPlanChange } from '../../../src/planning/plan-calendar/contract.ts'
import type { listPlans } from '../../../src/planning/plans/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type PlanRow = Answer<typeof listPlans>['plans'][number]
export type PlanWeek = Answer<typeof showPlanWeek>
export type WeekSession = PlanWeek['sessions'][number]
export type WeekRoute = PlanWeek['routes'][number]
export type PlanFigures = NonNullable<PlanWeek['figures']>
export type TriedChange = Answer<typeof tryPlanChange>

/** What the address holds: the plan, a day of its week, the session that is looked at, the plans beside it. */
export type PlanSearch = {
  readonly pa?: string | undefined
  readonly tuan?: string | undefined
  readonly buoi?: string | undefined
  readonly canh?: string | undefined
}
export const planSearch = ({ pa, tuan, buoi, canh }: Search): PlanSearch => ({ pa, tuan, buoi, canh })
export const planAt = (search: PlanSearch = {}) => at(`/lich-luu-dong/phuong-an${writeSearch(search)}`)

/** It waits or is being sought. */
export const isSought = ({ state, solving }: Pick<PlanRow, 'state' | 'solving'>): boolean =>
  state === 'draft' && (solving === 'waiting' || solving === 'running')
