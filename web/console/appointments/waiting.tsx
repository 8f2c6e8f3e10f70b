import { giveTicket, showCounterDay } from '../../../src/planning/queue/contract.ts'
import { Button } from '../../parts/button.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { CounterDay } from './counter-day.ts'

/** Who waits, by when they came; and the numbers that the guidance desk gives. */
export function Waiting({ day }: { readonly day: CounterDay }) {
  const say = useSay()
  const serves = useMay('planning.serve')
  const give = useDo(giveTicket, [showCounterDay])
  const { id, minutes } = day.counter
  const done = (['A', 'B', 'C'] as const).filter(one => minutes[one] !== undefined)
  return (
    <section aria-label={say('queue-waiting')}>
      <h2>
        {say('queue-waiting')} <span className="count">{day.waiting.length}</span>
      </h2>
      {day.waiting.length === 0 && <p className="quiet">{say('queue-nobody')}</p>}
      <ul className="rows queue-rows">
        {day.waiting.map(one => (
          <li key={one.ticket}>
            <b className="queue-ticket">{one.ticket}</b>
            <span>{say(`service-${one.service}`)}</span>
            <span className="quiet">
              {say(one.isBooked ? 'queue-booked' : 'queue-walk-in')}
              {one.isLate && `, ${say('queue-late')}`}
              {one.forDesk && `, ${say('queue-for-desk', { desk: one.forDesk })}`}
            </span>
            <span className="quiet end">{say('queue-since', { time: instantText(one.cameAt).time })}</span>
          </li>
        ))}
      </ul>
      {serves && (
        <>
          <h3 className="small-head">{say('ticket-give')}</h3>
          <div className="buttons">
            {done.map(service => (
              <Button
                key={service}
                disabled={give.isPending}
                onPress={() => give.mutate({ params: { id }, body: { service } })}
              >
                {`${service}, ${say(`service-${service}`)}`}
              </Button>
            ))}
          </div>
          {give.data && (
            <p className="note" role="status">
              {say('ticket-given', { ticket: give.data.ticket })}
            </p>
          )}
          <RefusedNote error={give.error} />
        </>
      )}
    </section>
  )
}
