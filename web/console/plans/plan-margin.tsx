import { Download } from 'lucide-react'
import { planOrderPaper } from '../../../src/planning/plan-papers/contract.ts'
import { showPlan } from '../../../src/planning/plans/contract.ts'
import { call, save } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { PaperExit } from '../parts/paper-exit.tsx'
import { Go } from '../parts/place-link.tsx'
import { weekAt } from '../sessions/week.ts'
import { kindOf } from './lanes.ts'
import { choiceText } from './plan-choice.ts'
import { type PlanRow, type PlanWeek, planAt } from './search.ts'

/** What stands in the margin of a plan: as of when, which one, of what it is made, its files and papers. */

/** When it was made, for how long it was sought, who accepted it. */
export function PlanStanding({ plan, week }: { plan: PlanRow; week: PlanWeek | undefined }) {
  const say = useSay()
  const made = instantText(plan.madeAt)
  const decided = plan.decidedAt && instantText(plan.decidedAt)
  return (
    <>
      <p>{say('plan-made-at', { day: made.day, time: made.time })}</p>
      {week?.figures && week.figures.seconds > 0 && (
        <p>{say('plan-sought-for', { n: numberText(week.figures.seconds) })}</p>
      )}
      {plan.state === 'accepted' && decided && (
        <p>{say('plan-decided', { who: plan.decidedBy ?? '', day: decided.day, time: decided.time })}</p>
      )}
    </>
  )
}

/** Beyond these the list of plans is older than anybody compares. */
const mostChoices = 20

export function PlanChoice({ plan, plans }: { plan: PlanRow; plans: readonly PlanRow[] }) {
  const say = useSay()
  const shown = plans.filter((one, at) => one.id === plan.id || (at < mostChoices && one.state !== 'dropped'))
  return (
    <Field
      label={say('plans-choose')}
      value={plan.id}
      onChange={pa => goTo(planAt({ pa }))}
      choices={shown.map(one => [one.id, choiceText(say, one)] as const)}
    />
  )
}

/** Of what the plan is made. */
export function PlanBasis({ week: { resources, from, to, figures } }: { week: PlanWeek }) {
  const say = useSay()
  const { teams, officers, kits, sites, people } = resources
  return (
    <section className="plan-basis">
      <dl>
        <dt>{say('plan-days-title')}</dt>
        <dd>{say('plan-of-days', { from: dayText(from), to: dayText(to) })}</dd>
        <dt>{say('plan-resources-title')}</dt>
        <dd>{say('plan-resources', { teams, officers, kits })}</dd>
        <dt>{say('plan-needs-title')}</dt>
        <dd>{say('plan-needs', { sites: numberText(sites), people: numberText(people) })}</dd>
        {figures && (
          <>
            <dt>{say('plan-price-title')}</dt>
            <dd>{say('plan-price', { n: numberText(figures.prices.latePerson) })}</dd>
          </>
        )}
      </dl>
      {resources.teamsLeftOut.length > 0 && (
        <p className="small">{say('plan-left-out', { names: resources.teamsLeftOut.slice(0, 5).join(', ') })}</p>
      )}
      {resources.estimatedWays > 0 && (
        <p className="small">{say('plan-ways-estimated', { n: numberText(resources.estimatedWays) })}</p>
      )}
    </section>
  )
}

export function WeekCounts({ week: { sessions } }: { week: PlanWeek }) {
  const say = useSay()
  const of = (kind: ReturnType<typeof kindOf>) => sessions.filter(one => kindOf(one) === kind).length
  const rows = [
    [say('plan-week-sessions'), sessions.length],
    ...(['capture', 'activation', 'raising'] as const).map(kind => [say(`demand-${kind}`), of(kind)] as const),
    [say('plan-week-kept'), sessions.filter(({ announced }) => announced).length],
  ] as const
  return (
    <section>
      <h2 className="small-head">{say('plan-week-title')}</h2>
      <ul className="margin-rows">
        {rows.map(([label, n]) => (
          <li key={label}>
            <span>{label}</span>
            <b className="end figures">{numberText(n)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const CalendarExit = () => {
  const say = useSay()
  return (
    <Go className="exit" to={weekAt()}>
      {say('plans-calendar')}
    </Go>
  )
}

export function PlanExits({ plan }: { plan: PlanRow }) {
  const say = useSay()
  const hasPlan = plan.solving === 'done' || plan.solving === 'stopped'
  const download = async (what: 'instance' | 'plan') => {
    const whole = await call(showPlan, { params: { id: plan.id } })
    const content = new Blob([JSON.stringify(whole[what])], { type: 'application/json' })
    save({ name: `${what}-${plan.from}-${plan.to}.json`, content })
  }
  return (
    <>
      <CalendarExit />
      {plan.state === 'accepted' && (
        <PaperExit take={() => call(planOrderPaper, { params: { id: plan.id } })}>{say('plan-order-print')}</PaperExit>
      )}
      <button type="button" className="exit" onClick={() => void download('instance')}>
        <Download size={16} aria-hidden />
        {say('plan-download-instance')}
      </button>
      {hasPlan && (
        <button type="button" className="exit" onClick={() => void download('plan')}>
          <Download size={16} aria-hidden />
          {say('plan-download-plan')}
        </button>
      )}
    </>
  )
}
