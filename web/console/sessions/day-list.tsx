import { type Day, weekday } from '../../../src/platform/day.ts'
import { dayInYearText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { useToday } from '../shell/session.tsx'
import { useSaidCount } from './use-session-words.ts'
import { type Calendar, type Session, teamText, weekAt } from './week.ts'

/** The week day by day, one line a session: on a phone, and where a column of hours has no room. */
export function DayList({
  calendar,
  days,
  chosen,
}: {
  calendar: Calendar
  days: readonly Day[]
  chosen: string | undefined
}) {
  const say = useSay()
  const today = useToday()
  return (
    <div className="day-list">
      {days.map(day => {
        const ofDay = calendar.sessions.filter(one => one.day === day && one.state !== 'cancelled')
        const holiday = calendar.holidays.find(one => one.day === day)
        return (
          <section key={day} className={day === today ? 'today' : ''}>
            <h2>
              {say(`weekday-${weekday(day) as 1}`)} {dayInYearText(day)}
              {holiday && <span className="aside">{holiday.name}</span>}
              {calendar.madeUpDays.includes(day) && <span className="aside">{say('made-up-note')}</span>}
            </h2>
            {ofDay.length === 0 && <p className="quiet">{say('sessions-none-day')}</p>}
            {ofDay.map(session => (
              <DayLine key={session.id} session={session} calendar={calendar} current={session.id === chosen} />
            ))}
          </section>
        )
      })}
    </div>
  )
}

function DayLine({ session, calendar, current }: { session: Session; calendar: Calendar; current: boolean }) {
  const say = useSay()
  const saidCount = useSaidCount()
  const team = calendar.teams.find(({ id }) => id === session.teamId)
  return (
    <Go
      to={weekAt({ tuan: session.day, buoi: session.id })}
      className={`day-line ${team ? `team-${team.colour}` : 'counter'} ${session.state}`}
      current={current}
    >
      <span className="figures">
        {session.startsAt}
        <br />
        {session.endsAt}
      </span>
      <span>
        <b>{session.site.name}</b>
        <span className="small">
          {[say(`kind-${session.kind}`), team && teamText(team, calendar)].filter(Boolean).join(', ')}
          {session.troubles.map(trouble => (
            <span key={trouble} className="late-text">
              {', '}
              {say(`trouble-${trouble}`)}
            </span>
          ))}
        </span>
      </span>
      <b className="end">{saidCount(session)}</b>
    </Go>
  )
}
