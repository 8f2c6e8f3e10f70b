import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { showPlanWeek } from '../../../src/planning/plan-calendar/contract.ts'
import { cancelPlan, listPlans } from '../../../src/planning/plans/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo, useStale } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { setupAt } from '../sessions/week.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { AcceptDialog } from './accept-dialog.tsx'
import { CompareDialog } from './compare-dialog.tsx'
import { Comparison } from './comparison.tsx'
import { LateSection } from './late-section.tsx'
import { PlanBoard } from './plan-board.tsx'
import { CalendarExit, PlanBasis, PlanChoice, PlanExits, PlanStanding, WeekCounts } from './plan-margin.tsx'
import { PlanSentence } from './plan-sentence.tsx'
import { isSought, type PlanRow, type PlanWeek, planAt } from './search.ts'
import { Searching, WeekSteps } from './searching.tsx'
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
      standing={<PlanStanding plan={plan} week={data} />}
      margin={
        <>
          <section>
            <PlanChoice plan={plan} plans={plans} />
          </section>
          {data && <PlanBasis week={data} />}
          {data && data.sessions.length > 0 && <WeekCounts week={data} />}
        </>
      }
      foot={<PlanExits plan={plan} />}
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
          todo={say('plan-nobody-served-why', { why: lateBy.map(({ why }) => say(`late-${why}`)).join(', ') })}
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
