import { ChevronLeft, ChevronRight } from 'lucide-react'
import { cancelPlan, listPlans } from '../../../src/planning/plans/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Progress, RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { type PlanRow, type PlanWeek, planAt } from './search.ts'

/** A plan that is being sought: the best so far, how long it still takes, and the way to stop. */
export function Searching({ plan, week }: { plan: PlanRow; week: PlanWeek }) {
  const say = useSay()
  const mayManage = useMay('planning.manage')
  const stop = useDo(cancelPlan, [listPlans])
  const { share = 0, total, latePeople, bound } = plan.progress
  const isWaiting = plan.solving === 'waiting'
  const left = week.seconds && Math.max(0, Math.round(week.seconds * (1 - share)))
  const said = [
    total !== undefined && say('plan-searching-best', { late: numberText(latePeople ?? 0), total: numberText(total) }),
    bound !== undefined && bound > 0 && say('plan-searching-bound', { bound: numberText(bound) }),
    !isWaiting && left !== undefined && say('plan-searching-left', { n: left }),
    say('plan-searching-leave'),
  ].filter(text => text !== false)
  return (
    <>
      <Progress
        what={say(isWaiting ? 'plan-waiting' : 'plan-searching')}
        {...(!isWaiting && { done: Math.round(share * 100), whole: 100 })}
        todo={said.join(' ')}
        buttons={
          mayManage && (
            <Button
              onPress={() => stop.mutate({ params: { id: plan.id } })}
              {...((stop.isPending || stop.isSuccess) && { disabled: true })}
            >
              {say(stop.isSuccess ? 'plan-stopping' : isWaiting ? 'plan-stop-waiting' : 'plan-stop')}
            </Button>
          )
        }
      />
      <RefusedNote error={stop.error} />
    </>
  )
}

/** From week to week of a plan. */
export function WeekSteps({ week: { weeks, monday }, planId }: { week: PlanWeek; planId: string }) {
  const say = useSay()
  const at = weeks.indexOf(monday as (typeof weeks)[number])
  const to = (step: number) => weeks[at + step]
  const step = (by: -1 | 1, label: 'lanes-week-before' | 'lanes-week-after') => {
    const day = to(by)
    const Icon = by < 0 ? ChevronLeft : ChevronRight
    return (
      <button
        type="button"
        className="button row"
        aria-label={say(label)}
        disabled={day === undefined}
        onClick={() => goTo(planAt({ pa: planId, tuan: day }))}
      >
        <Icon size={16} aria-hidden />
      </button>
    )
  }
  if (weeks.length < 2) return null
  return (
    <div className="plan-weeks">
      {step(-1, 'lanes-week-before')}
      <b>{say('lanes-week', { n: at + 1, all: weeks.length })}</b>
      {step(1, 'lanes-week-after')}
    </div>
  )
}
