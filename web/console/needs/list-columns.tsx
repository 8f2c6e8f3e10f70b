import { useMemo } from 'react'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { ChanceChip, SafeDay, WhyHere } from '../chosen/row-facts.tsx'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import type { Chance, Listed } from './listed.ts'

/** From when to when somebody is away: who goes from door to door need not knock. */
export function AwayNote({ away: { from, until } }: { away: NonNullable<Listed['away']> }) {
  const say = useSay()
  return <span className="small away">{say('away-days', { from: dayText(from), until: dayText(until) })}</span>
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
        width: 'minmax(116px, 2fr)',
        onPhone: true,
        wraps: 'as-written' as const,
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
      { id: 'born', head: say('born'), width: '84px', isDay: true, ...sorts, show: ({ born }) => dayText(born) },
      {
        id: 'number',
        head: say('number'),
        width: '118px',
        show: ({ number }) =>
          number ? <PersonNumber number={number} /> : <span className="quiet">{say('number-none-short')}</span>,
      },
      { id: 'class', head: say('class'), width: '44px', ownFigures: true, ...sorts, show: row => row.class ?? '' },
      {
        id: 'school',
        head: say('school'),
        width: 'minmax(96px, 1.5fr)',
        wraps: 'smaller' as const,
        ...sorts,
        show: ({ school }) => <span title={school?.name}>{school?.name.replace(/^Trường\s+/u, '') ?? ''}</span>,
      },
      {
        id: 'unit',
        head: say('permanent-unit'),
        width: 'minmax(76px, 1fr)',
        wraps: 'smaller' as const,
        ...sorts,
        show: row => (
          <span title={row.permanentUnit}>{row.permanentUnit.replace(/^(?:Phường|Xã|Thị trấn)\s+/u, '')}</span>
        ),
      },
      {
        id: 'needs',
        head: say('lacks'),
        width: 'minmax(92px, 1.4fr)',
        onPhone: true,
        wraps: 'smaller' as const,
        show: ({ needs, away }) => (
          <span>
            {needs.map(need => say(`lacks-${need}`)).join(' · ')}
            {away && <AwayNote away={away} />}
          </span>
        ),
      },
      {
        id: 'why',
        head: say('last-event'),
        width: 'minmax(80px, 1.2fr)',
        wraps: 'smaller' as const,
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
