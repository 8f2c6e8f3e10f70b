import { Lock, Ship } from 'lucide-react'
import { type Day, weekday } from '../../../src/platform/day.ts'
import { dayInYearText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { kindOf } from './lanes.ts'
import { type PlanRow, type PlanWeek, planAt } from './search.ts'
import { useShiftText } from './use-cost-text.ts'

/** The week of a plan day by day, on a phone: to be read. */
export function PlanDays({ plan, week, chosen }: { plan: PlanRow; week: PlanWeek; chosen: string | undefined }) {
  const say = useSay()
  const shiftText = useShiftText()
  const names = new Map(week.teams.map(({ id, name }) => [id, name]))
  return (
    <div className="day-list plan-days">
      {week.days
        .filter(({ within }) => within)
        .map(({ day, work }) => (
          <section key={day}>
            <h2>
              {say(`weekday-${weekday(day as Day) as 1}`)} {dayInYearText(day)}
              {work === 'none' && <span className="aside">{say('lanes-no-order')}</span>}
            </h2>
            {!week.sessions.some(session => session.day === day) && <p className="quiet">{say('sessions-none-day')}</p>}
            {week.sessions
              .filter(session => session.day === day)
              .toSorted((a, b) => (a.from < b.from ? -1 : 1))
              .map(session => (
                <Go
                  key={session.id}
                  to={planAt({ pa: plan.id, tuan: week.monday, buoi: session.id })}
                  className={`day-line ${kindOf(session)}`}
                  current={session.id === chosen}
                >
                  <span className="figures">
                    {session.from}
                    <br />
                    {session.to}
                  </span>
                  <span>
                    <b>{session.siteName}</b>
                    <span className="small">
                      {[
                        ...session.kinds.map(kind => say(`demand-${kind}`)),
                        names.get(session.team),
                        shiftText(session.shift),
                      ].join(', ')}{' '}
                      {session.locked && <Lock size={12} aria-label={say('lane-locked')} />}
                      {session.boat && <Ship size={12} aria-label={say('lane-boat')} />}
                    </span>
                  </span>
                  <b className="end figures">{numberText(session.people)}</b>
                </Go>
              ))}
          </section>
        ))}
    </div>
  )
}
