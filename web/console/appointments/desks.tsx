import {
  callAgain,
  callNext,
  finishTicket,
  sendTicketOn,
  showCounterDay,
} from '../../../src/planning/queue/contract.ts'
import { Button } from '../../parts/button.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { CounterDay } from './counter-day.ts'

type Desk = CounterDay['counter']['desks'][number]

/** Each desk with the number that it calls, and what can be done with it. */
export function Desks({ day }: { readonly day: CounterDay }) {
  const say = useSay()
  return (
    <section aria-label={say('desks')}>
      <h2>{say('desks')}</h2>
      <ul className="desks">
        {day.counter.desks.map(desk => (
          <li key={desk.number} className={desk.isOpen ? undefined : 'shut'}>
            <DeskRow day={day} desk={desk} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function DeskRow({ day, desk }: { readonly day: CounterDay; readonly desk: Desk }) {
  const say = useSay()
  const serves = useMay('planning.serve')
  const params = { id: day.counter.id, desk: desk.number }
  const next = useDo(callNext, [showCounterDay])
  const again = useDo(callAgain, [showCounterDay])
  const finish = useDo(finishTicket, [showCounterDay])
  const send = useDo(sendTicketOn, [showCounterDay])
  const called = day.called.find(one => one.desk === desk.number)
  const others = day.counter.desks.filter(
    one => one.isOpen && one.number !== desk.number && called && one.services.includes(called.service),
  )
  const isBusy = next.isPending || again.isPending || finish.isPending || send.isPending
  const nobody = next.data && !next.data.called && !called
  return (
    <>
      <div className="desk-head">
        <b>{say('desk-name', { desk: desk.number })}</b>{' '}
        <span className="quiet">{desk.services.map(one => say(`service-${one}`)).join(', ')}</span>
        {!desk.isOpen && <span className="quiet"> · {say('desk-closed')}</span>}
      </div>
      {desk.isOpen && (
        <div className="desk-now">
          {called ? (
            <>
              <strong className="desk-ticket">{called.ticket}</strong>
              <span className="quiet">
                {say('desk-called-times', { n: called.calls })}
                {called.calledAt && `, ${instantText(called.calledAt).time}`}
              </span>
            </>
          ) : (
            <span className="quiet">{nobody ? say('desk-nobody', { desk: desk.number }) : say('desk-free')}</span>
          )}
          {serves && (
            <span className="end buttons">
              {called ? (
                <>
                  <Button look="row" disabled={isBusy} onPress={() => again.mutate({ params })}>
                    {say('desk-again')}
                  </Button>
                  <Button
                    look="row"
                    disabled={isBusy}
                    onPress={() => finish.mutate({ params, body: { outcome: 'missed' } })}
                  >
                    {say('desk-missed')}
                  </Button>
                  {others.map(({ number }) => (
                    <Button
                      key={number}
                      look="row"
                      disabled={isBusy}
                      onPress={() => send.mutate({ params, body: { to: number } })}
                    >
                      {say('desk-send', { desk: number })}
                    </Button>
                  ))}
                  <Button
                    look={['row', 'primary']}
                    disabled={isBusy}
                    onPress={() => finish.mutate({ params, body: { outcome: 'served' } })}
                  >
                    {say('desk-served')}
                  </Button>
                </>
              ) : (
                <Button look={['row', 'primary']} disabled={isBusy} onPress={() => next.mutate({ params })}>
                  {say('desk-next')}
                </Button>
              )}
            </span>
          )}
        </div>
      )}
      <RefusedNote error={next.error ?? again.error ?? finish.error ?? send.error} />
    </>
  )
}
