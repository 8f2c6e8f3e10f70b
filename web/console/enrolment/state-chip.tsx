import { TriangleAlert } from 'lucide-react'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { dayInYearText, dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useToday } from '../shell/session.tsx'
import type { Row } from './search.ts'

type State = Row['state']

const kinds: Readonly<Record<State, ChipKind>> = {
  draft: 'not-begun',
  'data-check': 'waiting',
  'correction-pending': 'waiting',
  captured: 'moving',
  signed: 'moving',
  submitted: 'waiting',
  'sent-to-centre': 'waiting',
  returned: 'waiting',
  recapture: 'waiting',
  approved: 'moving',
  printed: 'moving',
  shipped: 'moving',
  'at-unit': 'waiting',
  dispatched: 'waiting',
  'handed-over': 'done',
  'lost-in-transit': 'late',
  reprint: 'moving',
  refused: 'late',
  cancelled: 'not-begun',
}

/** Where an application stands; one that is past its day is late, whatever it waits for. */
export function StateChip({ state, due }: { state: State; due?: Row['due'] }) {
  const say = useSay()
  const isLate = due === 'overdue' && kinds[state] === 'waiting'
  return (
    <Chip kind={isLate ? 'late' : kinds[state]}>
      {say(`is-${state}`)}
      {isLate && <span className="unseen">, {say('day-overdue')}</span>}
    </Chip>
  )
}

/** A last day against today, short; overdue is icon, word and colour. */
export function Clock({ day, over }: { day: string | undefined; over: boolean }) {
  const say = useSay()
  const today = useToday()
  if (!day) return null
  const text = day.slice(0, 4) === today.slice(0, 4) ? dayInYearText(day) : dayText(day)
  if (over || day > today) return text
  return (
    <span className={day < today ? 'clock late-text' : 'clock waiting-text'}>
      {day < today && <TriangleAlert size={14} aria-hidden />}
      {text}
      <span className="unseen"> {say(day < today ? 'day-overdue' : 'day-is-today')}</span>
    </span>
  )
}
