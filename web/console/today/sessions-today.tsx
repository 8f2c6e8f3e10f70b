import { showDaysAhead } from '../../../src/planning/contract.ts'
import { addDays, type Day } from '../../../src/platform/day.ts'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayInYearText, weekdayText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { writeSearch } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Figure } from '../parts/figure.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay, useToday } from '../shell/session.tsx'

type Session = Answer<typeof showDaysAhead>['sessions'][number]

const sessionAt = (session: Session) => at(`/lich-luu-dong${writeSearch({ tuan: session.day, buoi: session.id })}`)

/** The calendar of seven days from today on, for whoever may see it. */
export function useSevenDays() {
  const today = useToday()
  return useAsk(
    showDaysAhead,
    { query: { from: today, to: addDays(today, 6) } },
    { when: useMay('planning.read'), together: true },
  )
}

const standing = ({ state }: Session) => state !== 'cancelled'

/** Today's sessions, each with what could spoil it; then the seven days. */
export function SessionsToday() {
  const say = useSay()
  const today = useToday()
  const { data } = useSevenDays()
  if (!data) return null
  const sessions = data.sessions.filter(session => session.day === today && standing(session))
  return (
    <section className="part">
      <h2 className="head">{say('today-sessions')}</h2>
      {sessions.length === 0 && <p className="quiet">{say('today-sessions-none')}</p>}
      <ul className="sessions-today">
        {sessions.map(session => (
          <li key={session.id}>
            <b className="figures">{session.startsAt}</b>
            <span>
              <Go to={sessionAt(session)}>{session.siteName}</Go>
              <span className="small figures">
                {' '}
                {session.startsAt}–{session.endsAt}
              </span>
            </span>
            <Figure value={session.invited} to={sessionAt(session)} label={session.siteName} />
            {session.invited > session.capacity && (
              <Chip kind="waiting">{say('session-room', { n: session.capacity })}</Chip>
            )}
          </li>
        ))}
      </ul>
      <SevenDays sessions={data.sessions.filter(standing)} holidays={data.holidays} />
    </section>
  )
}

function SevenDays({
  sessions,
  holidays,
}: {
  sessions: readonly Session[]
  holidays: readonly { readonly day: string; readonly name: string }[]
}) {
  const { say, language } = useLanguage()
  const today = useToday()
  const days = Array.from({ length: 7 }, (_, at) => addDays(today, at))
  return (
    <>
      <h2 className="head seven-head">{say('today-week')}</h2>
      <ul className="seven-days">
        {days.map((day: Day) => {
          const those = sessions.filter(session => session.day === day)
          const off = holidays.find(holiday => holiday.day === day)?.name
          return (
            <li key={day}>
              <b>
                {weekdayText(day, language)} <span className="figures">{dayInYearText(day)}</span>
              </b>
              <span className="quiet">
                {those.map(session => `${session.siteName} ${session.invited}`).join(', ') ||
                  off ||
                  say('today-week-none')}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
