import { useState } from 'react'
import { explainSession } from '../../../src/planning/plan-explanations/contract.ts'
import { teamDaySheet } from '../../../src/planning/plan-papers/contract.ts'
import { type Day, weekday } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, call } from '../../parts/call.ts'
import { dayInYearText, numberText, tenthsText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { PaperExit } from '../parts/paper-exit.tsx'
import { PriceTable } from './price-table.tsx'
import type { PlanRow, PlanWeek, WeekSession } from './search.ts'
import { useCostText, useShiftText } from './use-cost-text.ts'

type Reasons = Answer<typeof explainSession>

type ReasonsProps = {
  readonly plan: PlanRow
  readonly week: PlanWeek
  readonly session: WeekSession
  /** Left out where nothing can be changed. */
  readonly onLock?: () => void
  readonly onMove?: () => void
  readonly busy?: boolean
}

/** One session of the plan: why it is here and then, what a day later costs, which limit binds, what may be done. */
export function SessionReasons({ plan, week, session, onLock, onMove, busy }: ReasonsProps) {
  const say = useSay()
  const asked = { params: { id: plan.id }, query: { session: session.id } }
  const { data, error, refetch } = useAsk(explainSession, asked)
  const team = week.teams.find(({ id }) => id === session.team)
  const route = week.routes.find(one => one.team === session.team && one.day === session.day)
  return (
    <article className="session-panel plan-panel" aria-label={say('session-why')}>
      <p className="quiet">{say('session-why')}</p>
      <h2>{session.siteName}</h2>
      <p className="quiet">
        {say('session-when-where', {
          day: `${say(`weekday-${weekday(session.day as Day) as 1}`)} ${dayInYearText(session.day)}`,
          ...{ from: session.from, to: session.to, team: team?.name ?? '' },
          kits: session.kits.join(', ') || say('session-no-kit'),
        })}
      </p>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('plans-reading')} />}
      {data && <Why reasons={data} />}
      {route && (
        <section>
          <h3>{say('session-who')}</h3>
          <p>{route.officers.join(', ')}</p>
          <p>
            {say('session-route', {
              ...{ departs: route.departs, returns: route.returns, km: tenthsText(route.km) },
              travel: numberText(route.travelMinutes),
            })}{' '}
            {route.overtimeMinutes > 0 && say('session-overtime', { n: numberText(route.overtimeMinutes) })}
          </p>
        </section>
      )}
      {week.figures && <PriceTable figures={week.figures} />}
      <div className="buttons panel-deeds">
        {onLock && (
          <Button cap="L" onPress={onLock} {...(busy && { disabled: true })}>
            {say(session.locked ? 'session-unlock-deed' : 'session-lock-deed')}
          </Button>
        )}
        {onMove && (
          <Button cap="M" onPress={onMove}>
            {say('session-move-deed-plan')}
          </Button>
        )}
      </div>
      <PaperExit
        take={() => call(teamDaySheet, { params: { id: plan.id }, query: { team: session.team, day: session.day } })}
      >
        {say('day-sheet')}
      </PaperExit>
    </article>
  )
}

function Why({ reasons }: { reasons: Reasons }) {
  const say = useSay()
  const { needs, without, limits } = reasons
  return (
    <>
      <section>
        <h3>{say('why-here')}</h3>
        {needs
          .filter(({ served }) => served > 0)
          .map(({ demand, people, kind, lastDay, served }) => (
            <p key={demand}>
              {say('why-here-need', {
                ...{ people: numberText(people), kind: say(`demand-${kind}`), served: numberText(served) },
                day: dayInYearText(lastDay),
              })}
            </p>
          ))}
        <p>
          {without.latePeople > 0
            ? say('why-here-without', { n: numberText(without.latePeople) })
            : say('why-here-without-none')}
        </p>
      </section>
      <Then reasons={reasons} />
      <Later later={reasons.later} />
      <section>
        <h3>{say('session-limits')}</h3>
        {limits.length === 0 && <p>{say('session-limit-none')}</p>}
        {limits.map(({ limit, inTimeMore }) => (
          <p key={limit}>{say(`session-limit-${limit}`, { n: numberText(inTimeMore) })}</p>
        ))}
      </section>
    </>
  )
}

const fewSlots = 3

/** What keeps it from other days and shifts: those around it first. */
function Then({ reasons: { slots, day } }: { reasons: Reasons }) {
  const say = useSay()
  const costText = useCostText()
  const shiftText = useShiftText()
  const [isOpen, setOpen] = useState(false)
  const apart = (slot: Reasons['slots'][number]) => Math.abs(Date.parse(slot.day) - Date.parse(day))
  const near = slots.toSorted((a, b) => apart(a) - apart(b)).slice(0, fewSlots)
  const shown = isOpen ? slots : slots.filter(slot => near.includes(slot))
  return (
    <section>
      <h3>{say('why-then')}</h3>
      <ul className="plan-slots">
        {shown.map(slot => {
          const at = {
            day: `${say(`weekday-${weekday(slot.day as Day) as 1}`)} ${dayInYearText(slot.day)}`,
            shift: shiftText(slot.shift),
          }
          const text = slot.obstacle
            ? say('why-then-cannot', { ...at, obstacle: obstacleText(say, slot) })
            : say('why-then-free', { ...at, cost: slot.difference ? costText(slot.difference, 'short') : '' })
          return <li key={`${slot.day} ${slot.shift}`}>{text}</li>
        })}
      </ul>
      {!isOpen && slots.length > fewSlots && (
        <button type="button" className="exit" onClick={() => setOpen(true)}>
          {say('why-then-more', { n: slots.length })}
        </button>
      )}
    </section>
  )
}

function obstacleText(say: ReturnType<typeof useSay>, slot: Reasons['slots'][number]): string {
  const { obstacle, closedFor, teamAt, kits } = slot
  if (!obstacle) return ''
  const at = teamAt ?? kits?.join(', ') ?? ''
  return [say(`obstacle-${obstacle}`, { at }), obstacle === 'site-closed' && closedFor].filter(Boolean).join(': ')
}

function Later({ later }: { later: Reasons['later'] }) {
  const say = useSay()
  const costText = useCostText()
  const shiftText = useShiftText()
  return (
    <section>
      <h3>{say('day-later')}</h3>
      <p>
        {later
          ? say('day-later-on', {
              day: `${say(`weekday-${weekday(later.day as Day) as 1}`)} ${dayInYearText(later.day)}`,
              shift: shiftText(later.shift),
              cost: costText(later.difference),
            })
          : say('day-later-none')}
      </p>
    </section>
  )
}
