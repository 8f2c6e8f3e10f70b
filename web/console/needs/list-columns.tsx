import { useMemo } from 'react'
import { Chip } from '../../parts/chip.tsx'
import { dayInYearText, dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { useMay, useToday } from '../shell/session.tsx'
import type { Chance, Listed } from './listed.ts'

/** From when to when somebody is away: who goes from door to door need not knock. */
export function AwayNote({ away: { from, until } }: { away: NonNullable<Listed['away']> }) {
  const say = useSay()
  return <span className="small away">{say('away-days', { from: dayText(from), until: dayText(until) })}</span>
}

/** From which chance on somebody is on the way, and below which only help brings it: as the filters of the page say. */
const chanceBounds = { safe: 0.8, hard: 0.5 } as const

/** How likely it is in time, in words and colour. */
function ChanceChip({ both }: { both: number }) {
  const say = useSay()
  const n = numberText(both * 100)
  if (both >= chanceBounds.safe) return <Chip kind="done">{say('chance-safe', { n })}</Chip>
  if (both >= chanceBounds.hard) return <Chip kind="waiting">{say('chance-urge', { n })}</Chip>
  return <Chip kind="late">{say('chance-hard', { n })}</Chip>
}

/** The last day on which it is asked for in time, by law; a day that is over is said so. */
function SafeDay({ lastSafeOn }: Pick<Listed, 'lastSafeOn'>) {
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
function WhyHere({ row, chance }: { row: Listed; chance: Chance | undefined }) {
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

/** From who to where to what is lacking, the last event and the odds. The house puts it in order. */
export function useListColumns(chances: ReadonlyMap<string, Chance>): readonly Column<Listed>[] {
  const say = useSay()
  const mayOpen = useMay('register.read')
  return useMemo(() => {
    // The house sorts; that a column has an order is all the table needs to know.
    const sorts = { sortBy: () => '' }
    return [
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(136px, 2fr)',
        onPhone: true,
        ...sorts,
        show: ({ id, name }) =>
          mayOpen ? (
            <Go to={at(`/dan-cu/nguoi/${id}`)} quietly>
              <Name name={name} />
            </Go>
          ) : (
            <Name name={name} />
          ),
      },
      { id: 'born', head: say('born'), width: '86px', isDay: true, ...sorts, show: ({ born }) => dayText(born) },
      {
        id: 'number',
        head: say('number'),
        width: '130px',
        show: ({ number }) =>
          number ? <PersonNumber number={number} /> : <span className="quiet">{say('number-none-short')}</span>,
      },
      { id: 'class', head: say('class'), width: '44px', ownFigures: true, ...sorts, show: row => row.class ?? '' },
      {
        id: 'school',
        head: say('school'),
        width: 'minmax(80px, 1.3fr)',
        ...sorts,
        show: ({ school }) => <span title={school?.name}>{school?.name.replace(/^Trường\s+/u, '') ?? ''}</span>,
      },
      {
        id: 'unit',
        head: say('permanent-unit'),
        width: 'minmax(60px, 0.9fr)',
        ...sorts,
        show: row => (
          <span title={row.permanentUnit}>{row.permanentUnit.replace(/^(?:Phường|Xã|Thị trấn)\s+/u, '')}</span>
        ),
      },
      {
        id: 'needs',
        head: say('lacks'),
        width: 'minmax(116px, 1.5fr)',
        onPhone: true,
        show: ({ needs, away }) => (
          <>
            {needs.map(need => say(`lacks-${need}`)).join(' · ')}
            {away && <AwayNote away={away} />}
          </>
        ),
      },
      {
        id: 'why',
        head: say('last-event'),
        width: 'minmax(96px, 1.2fr)',
        show: row => <WhyHere row={row} chance={chances.get(row.id)} />,
      },
      {
        id: 'safe-day',
        head: say('safe-day'),
        width: '50px',
        isDay: 'in-year',
        show: ({ lastSafeOn }) => <SafeDay lastSafeOn={lastSafeOn} />,
      },
      {
        id: 'chance',
        head: say('chance'),
        width: '88px',
        end: true,
        show: ({ id }) => {
          const chance = chances.get(id)
          return chance ? <ChanceChip both={chance.both} /> : ''
        },
      },
    ] satisfies readonly Column<Listed>[]
  }, [say, mayOpen, chances])
}
