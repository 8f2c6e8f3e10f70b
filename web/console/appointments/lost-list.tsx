import { Printer } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { CounterDay } from './counter-day.ts'
import { lostPaperAt } from './search.ts'

/** Who lost an hour since the day was closed: the hour that they have instead, and whom nobody could tell. */
export function LostList({ day }: { readonly day: CounterDay }) {
  const say = useSay()
  if (day.lost.length === 0) return null
  const untold = day.lost.filter(({ isTold }) => !isTold).length
  return (
    <section aria-label={say('lost-list')}>
      <h2>
        {say('lost-list')} <span className="count">{numberText(day.lost.length)}</span>
      </h2>
      {untold > 0 && <p className="note late">{say('lost-untold', { n: numberText(untold) })}</p>}
      <ul className="rows booked-rows">
        {day.lost.map(one => (
          <li key={one.id}>
            <span className="booked-hour">{one.startsAt}</span>
            <b className="queue-ticket">{one.ticket}</b>
            <span className="booked-name">
              {one.name || <span className="quiet">{say('booked-unseen')}</span>}
              <span className="quiet">
                {' '}
                {one.next
                  ? say('lost-next', { time: one.next.startsAt, day: dayText(one.next.day), ticket: one.next.ticket })
                  : say('lost-no-next')}
              </span>
              {!one.isTold && <span className="late-text"> {say('lost-no-phone')}</span>}
            </span>
          </li>
        ))}
      </ul>
      {untold > 0 && (
        <div className="buttons screen-only">
          <Button icon={Printer} href={lostPaperAt({ noi: day.counter.id, ngay: day.day })}>
            {say('lost-print')}
          </Button>
        </div>
      )}
    </section>
  )
}
