import { Chip } from '../../parts/chip.tsx'
import { dayInYearText, dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { Chance, Listed } from '../needs/listed.ts'
import { useToday } from '../shell/session.tsx'

/** What every list of people says of a row: why it is there, until when it is in time, and how likely that is. */

/** From which chance on somebody is on the way, and below which only help brings it: as the filters of the page say. */
const chanceBounds = { safe: 0.8, hard: 0.5 } as const

/** How likely it is in time, in words and colour. */
export function ChanceChip({ both }: { both: number }) {
  const say = useSay()
  const n = numberText(both * 100)
  if (both >= chanceBounds.safe) return <Chip kind="done">{say('chance-safe', { n })}</Chip>
  if (both >= chanceBounds.hard) return <Chip kind="waiting">{say('chance-urge', { n })}</Chip>
  return <Chip kind="late">{say('chance-hard', { n })}</Chip>
}

type RowFacts = Pick<Listed, 'lastSafeOn' | 'campaigns'>

/** The last day on which it is asked for in time, by law; a day that is over is said so. */
export function SafeDay({ lastSafeOn }: Pick<RowFacts, 'lastSafeOn'>) {
  const say = useSay()
  const today = useToday()
  if (!lastSafeOn) return null
  const isOver = lastSafeOn.on < today
  const told = say(`safe-day-${lastSafeOn.what}`, { deadline: lastSafeOn.deadline, day: dayText(lastSafeOn.on) })
  return (
    <span className={isOver ? 'late-text' : undefined} title={told}>
      {dayInYearText(lastSafeOn.on)}
    </span>
  )
}

/** Why the row is here: what happened last or is planned next, else the campaign that means the person. */
export function WhyHere({ row, chance }: { row: RowFacts; chance: Chance | undefined }) {
  const say = useSay()
  const titles = row.campaigns.join('; ')
  const told = titles && say('why-campaigns', { titles })
  return (
    <span className="quiet" title={told}>
      {chance?.event
        ? say(`event-${chance.event.what}`, { day: dayInYearText(chance.event.on) })
        : titles || say('why-law')}
    </span>
  )
}
