import { useSearch } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { showCalendar } from '../../../src/planning/contract.ts'
import { addDays, type Day } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { appointmentsAt } from '../appointments/search.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goInstead, goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { planAt } from '../plans/search.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { DayList } from './day-list.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { SessionPanel } from './session-panel.tsx'
import { KitList, OvertimeList, TeamList } from './teams-kits-overtime.tsx'
import { type Calendar, daysOf, firstToShow, isCrowded, laterOf, setupAt, weekAt, weekOf } from './week.ts'
import { WeekGrid } from './week-grid.tsx'

/** Who goes where this week: the week by hours, and one session beside it. */
export function SessionsPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const { tuan, buoi, xep } = useSearch({ from: '/lich-luu-dong' })
  const monday = weekOf(tuan, today)
  const week = say('sessions-week', { from: dayText(monday), to: dayText(addDays(monday, 6)) })
  const { data, error, refetch } = useAsk(
    showCalendar,
    { query: { from: monday, to: addDays(monday, 6) } },
    { keep: true, every: 30_000 },
  )
  const [planning, setPlanning] = useState(false)
  const mayManage = useMay('planning.manage')
  const isReady = data !== undefined
  useKeys(mayManage && isReady ? [{ key: 'n', said: say('session-new'), run: () => setPlanning(true) }] : [])
  return (
    <Page
      title={say('sessions-title')}
      standing={<p>{week}</p>}
      strip={[unit, week]}
      margin={
        <>
          <WeekButtons monday={monday} />
          {data && <TeamList calendar={data} />}
          {data && <KitList calendar={data} />}
          {data && <OvertimeList calendar={data} />}
        </>
      }
      foot={<Exits ready={isReady} mayManage={mayManage} onPlan={() => setPlanning(true)} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('sessions-reading')} />}
      {data?.yearsWithoutHolidays.map(year => (
        <p key={year} className="note late" role="status">
          {say('holidays-missing', { year })}
        </p>
      ))}
      {data && <Week calendar={data} monday={monday} chosen={buoi} onPlan={() => setPlanning(true)} />}
      {(planning || xep !== undefined) && mayManage && isReady && (
        <PlanDialog
          key={xep}
          calendar={data}
          day={laterOf(monday, today)}
          school={xep}
          onClose={() => {
            setPlanning(false)
            if (xep !== undefined) goInstead(weekAt({ tuan, buoi }))
          }}
        />
      )}
    </Page>
  )
}

function WeekButtons({ monday }: { monday: Day }) {
  const say = useSay()
  const to = (day: Day) => () => goTo(weekAt({ tuan: day }))
  return (
    <div className="week-buttons">
      <button type="button" className="button" aria-label={say('week-before')} onClick={to(addDays(monday, -7))}>
        <ChevronLeft size={16} aria-hidden />
      </button>
      <Button onPress={() => goTo(weekAt())}>{say('week-this')}</Button>
      <button type="button" className="button" aria-label={say('week-after')} onClick={to(addDays(monday, 7))}>
        <ChevronRight size={16} aria-hidden />
      </button>
    </div>
  )
}

function Exits({ ready, mayManage, onPlan }: { ready: boolean; mayManage: boolean; onPlan: () => void }) {
  const say = useSay()
  return (
    <>
      <Go className="exit" to={planAt()}>
        {say('plans-link')}
      </Go>
      {mayManage && (
        <Go className="exit" to={appointmentsAt()}>
          {say('appointments-link')}
        </Go>
      )}
      {mayManage && (
        <Go className="exit" to={setupAt()}>
          {say('sessions-setup')}
        </Go>
      )}
      {ready && mayManage && (
        <Button look={['primary', 'wide']} icon={Plus} cap="N" onPress={onPlan}>
          {say('session-new')}
        </Button>
      )}
    </>
  )
}

type WeekProps = { calendar: Calendar; monday: Day; chosen: string | undefined; onPlan: () => void }

function Week({ calendar, monday, chosen, onPlan }: WeekProps) {
  const narrow = useNarrow()
  const today = useToday()
  const shown = calendar.sessions.find(({ id }) => id === chosen) ?? firstToShow(calendar.sessions, today)
  const days = daysOf(monday)
  const nothing = calendar.sessions.length === 0
  if (narrow)
    return (
      <>
        {nothing && <Nothing calendar={calendar} onPlan={onPlan} />}
        {!nothing && <DayList calendar={calendar} days={days} chosen={shown?.id} />}
        {shown && <SessionPanel key={shown.id} id={shown.id} calendar={calendar} />}
      </>
    )
  return (
    <div className="week-split">
      {isCrowded(calendar.sessions, days) ? (
        <DayList calendar={calendar} days={days} chosen={shown?.id} />
      ) : (
        <WeekGrid calendar={calendar} days={days} chosen={shown?.id} />
      )}
      <div className="companion">
        {nothing ? (
          <Nothing calendar={calendar} onPlan={onPlan} />
        ) : (
          shown && <SessionPanel key={shown.id} id={shown.id} calendar={calendar} />
        )}
      </div>
    </div>
  )
}

function Nothing({ calendar, onPlan }: { calendar: Calendar; onPlan: () => void }) {
  const say = useSay()
  const mayManage = useMay('planning.manage')
  const isReady = calendar.teams.length > 0
  return (
    <State
      so={say('sessions-none')}
      todo={mayManage && say(isReady ? 'sessions-none-todo' : 'sessions-none-setup')}
      buttons={
        mayManage &&
        (isReady ? (
          <Button onPress={onPlan}>{say('session-new')}</Button>
        ) : (
          <Button look="primary" href={setupAt()}>
            {say('sessions-setup')}
          </Button>
        ))
      }
    />
  )
}
