import { Chip } from '../../parts/chip.tsx'
import { dayInYearText, dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { FollowUp } from './follow-up.ts'

/** Overdue with sign and word; what the school has promised waits for its next roll. */
export function FollowUpChip({ due, dueOn, announcedOn }: Pick<FollowUp, 'due' | 'dueOn' | 'announcedOn'>) {
  const say = useSay()
  if (announcedOn) return <Chip kind="moving">{say('follow-up-promised')}</Chip>
  const day = dayInYearText(dueOn)
  if (due === 'overdue') return <Chip kind="late">{say('follow-up-late', { day })}</Chip>
  return due === 'today' ? (
    <Chip kind="waiting">{say('follow-up-today')}</Chip>
  ) : (
    <span className="figures">{dayText(dueOn)}</span>
  )
}
