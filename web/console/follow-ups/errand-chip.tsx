import { Chip } from '../../parts/chip.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { Errand } from './errand.ts'

/** Overdue with sign and word; what the school has promised waits for its next roll. */
export function ErrandChip({ due, dueOn, correctedOn }: Pick<Errand, 'due' | 'dueOn' | 'correctedOn'>) {
  const say = useSay()
  if (correctedOn) return <Chip kind="moving">{say('errand-promised')}</Chip>
  const day = dayText(dueOn).slice(0, 5)
  if (due === 'overdue') return <Chip kind="late">{say('errand-late', { day })}</Chip>
  return due === 'today' ? (
    <Chip kind="waiting">{say('errand-today')}</Chip>
  ) : (
    <span className="figures">{dayText(dueOn)}</span>
  )
}
