import type { CSSProperties } from 'react'
import { type Day, weekday } from '../../../src/platform/day.ts'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { useToday } from '../shell/session.tsx'
import { useSaidCount } from './use-session-words.ts'
import {
  type Calendar,
  drawnHours,
  gridded,
  hourText,
  inLanes,
  minutesOf,
  type Placed,
  type Session,
  weekAt,
} from './week.ts'

type Drawn = { readonly first: number; readonly last: number }
type Css = CSSProperties & Record<`--${string}`, string | number>

/** Where a stretch of a day stands on the grid, in hours from its top. */
const place = ({ first }: Drawn, from: number, to: number): Css => ({
  '--top': (from - first) / 60,
  '--tall': (to - from) / 60,
})

type GridProps = { readonly calendar: Calendar; readonly days: readonly Day[]; readonly chosen: string | undefined }

/** A week by hours, since overtime is a matter of hours: what lies outside of work is hatched. */
export function WeekGrid({ calendar, days, chosen }: GridProps) {
  const say = useSay()
  const drawn = drawnHours(calendar.sessions)
  const hours = Array.from({ length: (drawn.last - drawn.first) / 60 + 1 }, (_, n) => drawn.first / 60 + n)
  return (
    <section className="week" aria-label={say('sessions')} style={{ '--hours': hours.length - 1 } as Css}>
      <div className="week-axis" aria-hidden>
        {hours.map(hour => (
          <span key={hour}>{hourText(hour * 60)}</span>
        ))}
      </div>
      {days.map(day => (
        <DayColumn key={day} day={day} calendar={calendar} drawn={drawn} chosen={chosen} />
      ))}
    </section>
  )
}

function DayColumn({
  day,
  calendar,
  drawn,
  chosen,
}: {
  day: Day
  calendar: Calendar
  drawn: Drawn
  chosen: string | undefined
}) {
  const say = useSay()
  const today = useToday()
  const at = weekday(day)
  const holiday = calendar.holidays.find(one => one.day === day)
  const ofDay = calendar.sessions.filter(one => one.day === day && one.state !== 'cancelled')
  const placed = inLanes(gridded(calendar.sessions, day))
  return (
    <div className={day === today ? 'week-day today' : 'week-day'}>
      <h2>
        {say(`weekday-${at as 1}`)} {Number(day.slice(8))}
      </h2>
      <div className="week-hours">
        <Outside day={day} calendar={calendar} drawn={drawn} holiday={holiday?.name} />
        {day === today && <NowLine drawn={drawn} />}
        {ofDay
          .filter(({ kind }) => kind === 'counter')
          .map(shift => (
            <CounterStrip key={shift.id} shift={shift} drawn={drawn} current={shift.id === chosen} />
          ))}
        {placed.map(one => (
          <Block key={one.session.id} {...one} calendar={calendar} drawn={drawn} current={one.session.id === chosen} />
        ))}
      </div>
    </div>
  )
}

/** What is not worked on a day: after hours on working days, all of a Sunday or a holiday. */
function Outside({
  day,
  calendar,
  drawn,
  holiday,
}: {
  day: Day
  calendar: Calendar
  drawn: Drawn
  holiday: string | undefined
}) {
  const say = useSay()
  const at = weekday(day)
  const { hours } = calendar
  const isMadeUp = calendar.madeUpDays.includes(day)
  const isOff = holiday !== undefined || at === 7 || (at === 6 && hours.saturday === 'none' && !isMadeUp)
  const end = isOff ? drawn.first : minutesOf(at === 6 && !isMadeUp ? hours.morningTo : hours.afternoonTo)
  const closed = calendar.closedDays.filter(one => one.day === day)
  const nameOf = (siteId: string) => calendar.sites.find(({ id }) => id === siteId)?.name ?? ''
  return (
    <>
      <div className={isOff ? 'outside off' : 'outside'} style={place(drawn, end, drawn.last)} />
      <div className="day-note">
        {holiday !== undefined && <p>{holiday}</p>}
        {isMadeUp && <p>{say('made-up-note')}</p>}
        {(holiday !== undefined || at === 7) && <p>{say('sunday-note')}</p>}
        {closed.map(one => (
          <p key={one.siteId}>{say('closed-note', { site: nameOf(one.siteId) })}</p>
        ))}
      </div>
      {at === 1 && !isOff && (
        <p className="outside-note" style={place(drawn, drawn.last - 40, drawn.last)}>
          {say('after-hours-note', { time: hours.afternoonTo })}
        </p>
      )}
    </>
  )
}

function CounterStrip({ shift, drawn, current }: { shift: Session; drawn: Drawn; current: boolean }) {
  const say = useSay()
  return (
    <Go to={weekAt({ tuan: shift.day, buoi: shift.id })} className="counter-strip" current={current}>
      <span className="bar-of-time" style={place(drawn, minutesOf(shift.startsAt), minutesOf(shift.endsAt))}>
        <span className="unseen">
          {`${say('kind-counter')}, ${shift.startsAt} ${shift.endsAt}, ` +
            `${shift.officers.map(({ name }) => name).join(', ')}`}
        </span>
      </span>
    </Go>
  )
}

/** Beside another session there is room for the name alone, without the kind of school. */
const shortened = /^(?:THPT|THCS|TH&THCS|Tiểu học|TH|Trung tâm) /

function Block({
  session,
  lane,
  lanes,
  calendar,
  drawn,
  current,
}: Placed & { calendar: Calendar; drawn: Drawn; current: boolean }) {
  const say = useSay()
  const saidCount = useSaidCount()
  const team = calendar.teams.find(({ id }) => id === session.teamId)
  const missing = session.troubles.includes('no-kit')
  const name = session.site.name.replace(/^Trường /, '')
  const beside = lanes > 1
  const looks = [
    'session-block',
    beside ? 'beside' : '',
    session.state,
    team ? `team-${team.colour}` : '',
    missing ? 'unready' : '',
    current ? 'chosen' : '',
  ]
  const style = {
    ...place(drawn, minutesOf(session.startsAt), minutesOf(session.endsAt)),
    '--lane': lane,
    '--lanes': lanes,
  }
  return (
    <div
      className="session-place"
      style={style}
      title={[session.site.name, session.startsAt, session.endsAt, team?.name].filter(Boolean).join(', ')}
    >
      <Go to={weekAt({ tuan: session.day, buoi: session.id })} className={looks.join(' ')} current={current}>
        <b>{beside ? name.replace(shortened, '') : name}</b>
        {!beside && <span>{say(`kind-${session.kind}`)}</span>}
        <b className="block-count">{saidCount(session)}</b>
        {session.troubles.map(trouble => (
          <b key={trouble} className="late-text">
            {say(`trouble-${trouble}`)}
          </b>
        ))}
        <span className="unseen">{`${session.startsAt} ${session.endsAt}, ${team?.name ?? ''}`}</span>
      </Go>
    </div>
  )
}

/** The hour that it is now, on the house's day. */
function NowLine({ drawn }: { drawn: Drawn }) {
  const now = minutesOf(instantText(new Date().toISOString()).time)
  if (now < drawn.first || now > drawn.last) return null
  return <div className="now-line" style={place(drawn, now, now)} aria-hidden />
}
