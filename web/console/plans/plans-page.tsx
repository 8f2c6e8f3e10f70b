import { useSearch } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { showPlanWeek } from '../../../src/planning/plan-calendar/contract.ts'
import { planOrderPaper } from '../../../src/planning/plan-papers/contract.ts'
import { cancelPlan, listPlans, showPlan } from '../../../src/planning/plans/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo, useStale } from '../base/use-endpoint.ts'
import { Failed, Loading, Progress, RefusedNote, State } from '../parts/page-state.tsx'
import { PaperExit } from '../parts/paper-exit.tsx'
import { Go } from '../parts/place-link.tsx'
import { setupAt, weekAt } from '../sessions/week.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { AcceptDialog } from './accept-dialog.tsx'
import { CompareDialog } from './compare-dialog.tsx'
import { Comparison } from './comparison.tsx'
import { kindOf } from './lanes.ts'
import { LateSection } from './late-section.tsx'
import { PlanBoard } from './plan-board.tsx'
import { choiceText } from './plan-choice.ts'
import { PlanSentence } from './plan-sentence.tsx'
import { isSought, type PlanRow, type PlanWeek, planAt } from './search.ts'
import { SeekDialog } from './seek-dialog.tsx'

/** A plan that is being sought is looked at so often. */
const seeking = 1500

/** Which team goes where: a plan is sought, looked at week by week, changed, set beside others, accepted. */
export function TeamPlansPage() {
  const say = useSay()
  const { pa } = useSearch({ from: '/lich-luu-dong/phuong-an' })
  const [isSeeking, setSeeking] = useState(false)
  const [isNew, setNew] = useState(false)
  const mayManage = useMay('planning.manage')
  const { data, error, refetch } = useAsk(listPlans, { query: {} }, { keep: true, every: isSeeking ? seeking : false })
  const plans = data?.plans ?? []
  const plan = plans.find(({ id }) => id === pa) ?? (pa ? undefined : plans.find(({ state }) => state !== 'dropped'))
  const anySought = plans.some(isSought)
  useEffect(() => setSeeking(anySought), [anySought])
  const stale = useStale()
  const version = plan && `${plan.id} ${plan.version} ${plan.solving}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown of the plan is read anew when it changes
  useEffect(() => stale([showPlanWeek]), [version])
  const open = () => setNew(true)
  const dialog = isNew && <SeekDialog before={plan} onClose={() => setNew(false)} />
  if (plan)
    return (
      <>
        <OnePlan key={plan.id} plan={plan} plans={plans} onNew={open} />
        {dialog}
      </>
    )
  return (
    <Page title={say('plans-title')} foot={<CalendarExit />}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('plans-reading')} />}
      {data && pa === undefined && (
        <State
          so={say('plans-none')}
          todo={say(mayManage ? 'plans-none-todo' : 'plans-none-read')}
          buttons={
            mayManage && (
              <Button look="primary" onPress={open}>
                {say('plan-new')}
              </Button>
            )
          }
        />
      )}
      {data && pa !== undefined && <OtherPlan id={pa} />}
      {dialog}
    </Page>
  )
}

/** A plan that is not among the last ones: what it is refused for is said. */
function OtherPlan({ id }: { id: string }) {
  const say = useSay()
  const { error } = useAsk(showPlanWeek, { params: { id }, query: {} })
  return error ? (
    <Failed error={error} />
  ) : (
    <State so={say('plans-none')} buttons={<Button href={planAt()}>{say('plans-link')}</Button>} />
  )
}

const CalendarExit = () => {
  const say = useSay()
  return (
    <Go className="exit" to={weekAt()}>
      {say('plans-calendar')}
    </Go>
  )
}

type OneProps = { readonly plan: PlanRow; readonly plans: readonly PlanRow[]; readonly onNew: () => void }

function OnePlan({ plan, plans, onNew }: OneProps) {
  const say = useSay()
  const unit = useUnitName()
  const { tuan } = useSearch({ from: '/lich-luu-dong/phuong-an' })
  const [dialog, setDialog] = useState<'accept' | 'compare'>()
  const asked = { params: { id: plan.id }, query: { ...(tuan && { day: tuan }) } }
  const { data, error, refetch } = useAsk(showPlanWeek, asked, { keep: true })
  const days = say('plan-of-days', { from: dayText(plan.from), to: dayText(plan.to) })
  useKeys(data?.figures ? [{ key: 'c', said: say('compare-open'), run: () => setDialog('compare') }] : [])
  return (
    <Page
      title={say('plans-title')}
      strip={[unit, days]}
      standing={<Standing plan={plan} week={data} />}
      margin={
        <>
          <section>
            <PlanChoice plan={plan} plans={plans} />
          </section>
          {data && <Basis week={data} />}
          {data && data.sessions.length > 0 && <WeekCounts week={data} />}
        </>
      }
      foot={<Exits plan={plan} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('plans-reading')} />}
      {data && <Shown plan={plan} plans={plans} week={data} onNew={onNew} onDialog={setDialog} />}
      {dialog === 'accept' && data && (
        <AcceptDialog plan={plan} week={data} onAgain={onNew} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'compare' && data && (
        <CompareDialog plan={plan} plans={plans} week={data} onClose={() => setDialog(undefined)} />
      )}
    </Page>
  )
}

function Standing({ plan, week }: { plan: PlanRow; week: PlanWeek | undefined }) {
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

function PlanChoice({ plan, plans }: { plan: PlanRow; plans: readonly PlanRow[] }) {
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
function Basis({ week: { resources, from, to, figures } }: { week: PlanWeek }) {
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

function WeekCounts({ week: { sessions } }: { week: PlanWeek }) {
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

function Exits({ plan }: { plan: PlanRow }) {
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

type ShownProps = OneProps & { readonly week: PlanWeek; readonly onDialog: (which: 'accept' | 'compare') => void }

/** The plan, or why there is none. */
function Shown({ plan, plans, week, onNew, onDialog }: ShownProps) {
  const say = useSay()
  const mayManage = useMay('planning.manage')
  const again = mayManage && (
    <Button look="primary" onPress={onNew}>
      {say('plan-again')}
    </Button>
  )
  if (isSought(plan)) return <Searching plan={plan} week={week} />
  if (plan.solving === 'failed') return <State so={say('plan-failed')} todo={say('plan-failed-todo')} buttons={again} />
  if (!week.figures) return <State so={say('plan-dropped-note')} buttons={again} />
  const { people, latePeople, lateBy, stopped } = week.figures
  if (people === 0) return <State so={say('plan-nobody-needs')} todo={say('plan-nobody-needs-todo')} buttons={again} />
  if (week.resources.teams === 0)
    return (
      <State
        so={say('plan-no-teams')}
        todo={say('plan-no-teams-todo')}
        buttons={
          mayManage && (
            <>
              <Button look="primary" href={setupAt()}>
                {say('sessions-setup')}
              </Button>
              <Button onPress={onNew}>{say('plan-again')}</Button>
            </>
          )
        }
      />
    )
  if (latePeople === people && week.sessions.length === 0 && lateBy[0])
    return (
      <>
        <State
          so={say('plan-nobody-served')}
          todo={lateBy.map(({ why }) => say(`late-${why}`)).join(', ')}
          buttons={again}
        />
        <LateSection planId={plan.id} figures={week.figures} />
      </>
    )
  return (
    <>
      {stopped && plan.state === 'draft' && <p className="note waiting">{say('plan-stopped-note')}</p>}
      {plan.state === 'dropped' && <p className="note">{say('plan-dropped-note')}</p>}
      <PlanSentence figures={week.figures} />
      <WeekSteps week={week} planId={plan.id} />
      <PlanBoard plan={plan} week={week}>
        <Comparison plan={plan} plans={plans} week={week} />
      </PlanBoard>
      <LateSection planId={plan.id} figures={week.figures} />
      <Deeds plan={plan} week={week} onNew={onNew} onDialog={onDialog} />
    </>
  )
}

function Searching({ plan, week }: { plan: PlanRow; week: PlanWeek }) {
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

function WeekSteps({ week: { weeks, monday }, planId }: { week: PlanWeek; planId: string }) {
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

/** What can be done with the plan as a whole; on a phone it is read, and accepted. */
function Deeds({ plan, week, onNew, onDialog }: Omit<ShownProps, 'plans'>) {
  const say = useSay()
  const narrow = useNarrow()
  const [mayOrder, mayManage] = [useMay('planning.order'), useMay('planning.manage')]
  const drop = useDo(cancelPlan, [listPlans])
  const { figures } = week
  const isDraft = plan.state === 'draft'
  if (!figures) return null
  const [hours, kept] = [Math.round(figures.overtimeMinutes / 60), figures.announcedSessions - figures.movedSessions]
  return (
    <footer className="plan-deeds">
      {isDraft && mayOrder && (
        <Button look="primary" onPress={() => onDialog('accept')}>
          {say('accept-open')}
        </Button>
      )}
      {!narrow && (
        <Button cap="C" onPress={() => onDialog('compare')}>
          {say('compare-open')}
        </Button>
      )}
      {!narrow && mayManage && <Button onPress={onNew}>{say('plan-new')}</Button>}
      {!narrow && isDraft && mayManage && (
        <Button
          onPress={() => drop.mutate({ params: { id: plan.id } }, { onSuccess: () => goTo(planAt()) })}
          {...(drop.isPending && { disabled: true })}
        >
          {say('plan-drop')}
        </Button>
      )}
      <RefusedNote error={drop.error} />
      {isDraft && (
        <p className="small">
          {mayOrder
            ? [
                hours > 0 && say('accept-foot-order', { hours: numberText(hours) }),
                kept > 0 && say('accept-foot-kept', { kept: numberText(kept) }),
              ]
                .filter(Boolean)
                .join(' ')
            : say('accept-by-commander')}
        </p>
      )}
    </footer>
  )
}
