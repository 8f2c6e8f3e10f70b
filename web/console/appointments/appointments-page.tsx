import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listCounters } from '../../../src/planning/appointments/contract.ts'
import { closeSite } from '../../../src/planning/contract-place.ts'
import { closeKiosk, openKiosk, setBreak, showCounterDay } from '../../../src/planning/queue/contract.ts'
import { parseDay } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { DeedDialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { setupAt } from '../sessions/week.ts'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { BookByNumber } from './book-by-number.tsx'
import { BookedList } from './booked-list.tsx'
import type { CounterDay } from './counter-day.ts'
import { CounterSettings } from './counter-settings.tsx'
import { Desks } from './desks.tsx'
import { LostList } from './lost-list.tsx'
import { type AppointmentSearch, appointmentsAt } from './search.ts'
import { Waiting } from './waiting.tsx'

const everyFiveSeconds = 5000

/** A counter's day: which desk calls whom, who waits, who is booked. */
export function AppointmentsPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const { noi, ngay, loc } = useSearch({ from: '/lich-luu-dong/lich-hen' })
  const go = useNavigate()
  const { data: list, error: listError, refetch } = useAsk(listCounters, { query: {} })
  const id = list?.counters.find(one => one.id === noi)?.id ?? list?.counters[0]?.id
  const day = (ngay && parseDay(ngay)) || today
  const serves = useMay('planning.serve')
  const manages = useMay('planning.manage')
  const { data, error } = useAsk(
    showCounterDay,
    { params: { id: id ?? '', day } },
    { when: id !== undefined && serves, keep: true, every: day === today ? everyFiveSeconds : false },
  )
  const show = (search: AppointmentSearch) => void go({ href: appointmentsAt({ noi: id, ngay, loc, ...search }) })
  const failed = listError ?? error
  return (
    <Page
      title={day === today ? say('appointments-title') : say('appointments-title-day', { day: dayText(day) })}
      standing={unit}
      strip={[unit, dayText(day)]}
      margin={
        list &&
        id && (
          <>
            <section>
              <Field
                label={say('counter-choose')}
                value={id}
                onChange={noi => show({ noi })}
                choices={list.counters.map(one => [one.id, one.name] as const)}
              />
              <DayField label={say('counter-day')} value={day} onChange={ngay => show({ ngay })} />
            </section>
            {data && <Exits day={data} />}
          </>
        )
      }
    >
      {failed && <Failed error={failed} retry={() => void refetch()} />}
      {!failed && !list && <Loading what={say('appointments-reading')} />}
      {list && !id && (
        <State
          so={say('counter-none')}
          todo={say('counter-none-todo')}
          buttons={manages && <Button href={setupAt()}>{say('sessions-setup')}</Button>}
        />
      )}
      {data && (
        <>
          {data.breakUntil && (
            <p className="note late">{say('counter-break-until', { time: instantText(data.breakUntil).time })}</p>
          )}
          {data.off && (
            <p className="note">
              {say('counter-off', { why: say(`counter-off-${offOf(data)}`, { name: data.off.name ?? '' }) })}
            </p>
          )}
          <div className="queue-split">
            <div>
              {data.isToday && <Desks day={data} />}
              {data.isToday && <Waiting day={data} />}
              <BookByNumber place={`counter_${data.counter.id}`} />
              {manages && <CounterSettings counter={data.counter} />}
            </div>
            <div className="companion">
              <LostList day={data} />
              <BookedList day={data} onlyOpen={loc === 'cho'} onFilter={loc => show({ loc })} />
            </div>
          </div>
        </>
      )}
      {manages &&
        list?.without.map(({ id: site, name }) => (
          <CounterSettings key={site} counter={{ id: site, name }} label={say('counter-set-first', { name })} />
        ))}
    </Page>
  )
}

const offOf = ({ off }: CounterDay) =>
  (['holiday', 'closed'] as const).find(one => one === off?.is) ?? ('day-off' as const)

const breaks = [15, 30, 60] as const

/** A deed of the margin, as quiet as its links. */
const Exit = ({ onPress, children }: { readonly onPress: () => void; readonly children: string }) => (
  <button type="button" className="exit" onClick={onPress}>
    {children}
  </button>
)

/** What stands beside the queue: its screens, a break, the day that is closed. */
function Exits({ day }: { readonly day: CounterDay }) {
  const say = useSay()
  const manages = useMay('planning.manage')
  const [isClosing, setClosing] = useState<'day'>()
  const { id, publicId } = day.counter
  const rest = useDo(setBreak, [showCounterDay])
  const kiosk = useDo(openKiosk, [showCounterDay])
  const end = useDo(closeKiosk, [showCounterDay])
  const open = day.booked.filter(({ state }) => state === 'booked').length
  return (
    <>
      <section className="counter-exits">
        <a className="exit" href={`/queue/${publicId}`} target="_blank" rel="noreferrer">
          {say('counter-screen')}
        </a>
        {kiosk.data ? (
          <p className="small">
            {say('counter-kiosk-at')}{' '}
            <a className="exit" href={kiosk.data.path} target="_blank" rel="noreferrer">
              {say('counter-kiosk-open')}
            </a>
          </p>
        ) : (
          <Exit onPress={() => kiosk.mutate({ params: { id } })}>{say('counter-kiosk-open')}</Exit>
        )}
        {day.kioskUntil && (
          <>
            <p className="small">{say('counter-kiosk-until', { time: instantText(day.kioskUntil).time })}</p>
            <Exit onPress={() => end.mutate({ params: { id } }, { onSuccess: () => kiosk.reset() })}>
              {say('counter-kiosk-close')}
            </Exit>
          </>
        )}
        <RefusedNote error={kiosk.error ?? end.error} />
      </section>
      {day.isToday && (
        <section className="counter-exits">
          {day.breakUntil ? (
            <Button onPress={() => rest.mutate({ params: { id }, body: { minutes: 0 } })}>
              {say('counter-break-end')}
            </Button>
          ) : (
            breaks.map(minutes => (
              <Exit key={minutes} onPress={() => rest.mutate({ params: { id }, body: { minutes } })}>
                {say('counter-break', { minutes })}
              </Exit>
            ))
          )}
          <RefusedNote error={rest.error} />
        </section>
      )}
      {manages && !day.off && (
        <section>
          <Exit onPress={() => setClosing('day')}>{say('counter-close-day')}</Exit>
        </section>
      )}
      <Go className="exit" to={setupAt()}>
        {say('sessions-setup')}
      </Go>
      {isClosing && <CloseDay day={day} open={open} onClose={() => setClosing(undefined)} />}
    </>
  )
}

function CloseDay({ day, open, onClose }: { day: CounterDay; open: number; onClose: () => void }) {
  const say = useSay()
  const close = useDo(closeSite, [showCounterDay])
  const written = dayText(day.day)
  return (
    <DeedDialog
      title={say('counter-close-title', { name: day.counter.name, day: written })}
      open
      deed={say('counter-close-deed', { day: written })}
      busy={close.isPending}
      onDo={() =>
        close.mutate({ params: { id: day.counter.id }, body: { day: day.day, why: 'shut' } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>{say('counter-close-about', { n: open })}</p>
      <RefusedNote error={close.error} />
    </DeedDialog>
  )
}
