import { Check, TriangleAlert } from 'lucide-react'
import { type Day, weekday } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { dayInYearText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { isSameSlot, type Slot } from './lanes.ts'
import type { PlanWeek, WeekSession } from './search.ts'
import { costBetween, toldFaults, useCostText, useFaultText, useShiftText } from './use-cost-text.ts'
import type { TriedMove } from './use-tried-move.ts'

type MoveProps = {
  readonly week: PlanWeek
  readonly session: WeekSession
  readonly target: Slot
  readonly tried: TriedMove
  readonly busy: boolean
  readonly onKeep: () => void
  readonly onLeave: () => void
}

/** A session on its way: what it costs there and which limits it breaks, before anything is kept. */
export function MovePanel({ week, session, target, tried, busy, onKeep, onLeave }: MoveProps) {
  const say = useSay()
  const shiftText = useShiftText()
  const team = week.teams.find(({ id }) => id === target.team)
  const day = `${say(`weekday-${weekday(target.day as Day) as 1}`)} ${dayInYearText(target.day)}`
  const isAway = !isSameSlot(session, target)
  const mayKeep = isAway && tried.data?.faults.length === 0 && !busy
  return (
    <article className="session-panel move-panel">
      <p className="quiet">{say('move-title')}</p>
      <h2>{session.siteName}</h2>
      <p>{say('move-to', { day, shift: shiftText(target.shift), team: team?.name ?? '' })}</p>
      <div role="status" className="move-said">
        {isAway && <Said tried={tried} />}
      </div>
      <RefusedNote error={tried.error} />
      <div className="buttons">
        <Button look="primary" onPress={onKeep} {...(!mayKeep && { disabled: true })}>
          {say('move-keep')}
        </Button>
        <Button onPress={onLeave}>{say('move-leave')}</Button>
      </div>
      <p className="small">{say('move-hint')}</p>
    </article>
  )
}

function Said({ tried: { data, isTrying } }: { tried: TriedMove }) {
  const say = useSay()
  const costText = useCostText()
  const faultText = useFaultText()
  if (isTrying) return <p className="quiet">{say('move-trying')}</p>
  if (!data) return null
  const faults = toldFaults(data.faults.map(({ code }) => code))
  return (
    <>
      {faults.length > 0 ? (
        <p className="note late">
          <TriangleAlert size={16} aria-hidden />
          <span>{say('move-breaks', { what: faults.map(faultText).join('; ') })}</span>
        </p>
      ) : (
        <p className="note">
          <Check size={16} aria-hidden />
          <span>{say('move-possible', { from: data.from, to: data.to, people: numberText(data.people) })}</span>
        </p>
      )}
      <p>{costText(costBetween(data.before, data.after))}</p>
    </>
  )
}
