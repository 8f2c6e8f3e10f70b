import { useMemo } from 'react'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import type { Listed } from './listed.ts'

/** From when to when somebody is away: who goes from door to door need not knock. */
export function AwayNote({ away: { from, until } }: { away: NonNullable<Listed['away']> }) {
  const say = useSay()
  return <span className="small away">{say('away-days', { from: dayText(from), until: dayText(until) })}</span>
}

/**
 * From who to where to what is lacking. Sorted here only where the whole list is here; the house gives it by given
 * name.
 */
export function useListColumns(complete: boolean): readonly Column<Listed>[] {
  const say = useSay()
  const mayOpen = useMay('register.read')
  return useMemo(() => {
    const sorts = (sortBy: (row: Listed) => string) => (complete ? { sortBy } : {})
    return [
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(170px, 2fr)',
        onPhone: true,
        ...sorts(({ sortKey }) => sortKey),
        show: ({ id, name }) =>
          mayOpen ? (
            <Go to={at(`/dan-cu/nguoi/${id}`)} quietly>
              <Name name={name} />
            </Go>
          ) : (
            <Name name={name} />
          ),
      },
      { id: 'born', head: say('born'), width: '84px', ...sorts(({ born }) => born), show: ({ born }) => dayText(born) },
      {
        id: 'number',
        head: say('number'),
        width: '118px',
        ...sorts(({ number }) => number ?? ''),
        show: ({ number }) =>
          number ? <PersonNumber number={number} /> : <span className="quiet">{say('number-none-short')}</span>,
      },
      {
        id: 'class',
        head: say('class'),
        width: '54px',
        ownFigures: true,
        ...sorts(row => row.class ?? ''),
        show: row => row.class ?? '',
      },
      {
        id: 'school',
        head: say('school'),
        width: 'minmax(120px, 1.4fr)',
        ...sorts(({ school }) => school?.name ?? ''),
        show: ({ school }) => school?.name ?? '',
      },
      {
        id: 'unit',
        head: say('permanent-unit'),
        width: 'minmax(110px, 1.2fr)',
        ...sorts(row => row.permanentUnit),
        show: row => row.permanentUnit,
      },
      {
        id: 'needs',
        head: say('lacks'),
        width: 'minmax(150px, 1.6fr)',
        onPhone: true,
        show: ({ needs, away }) => (
          <>
            {needs.map(need => say(`lacks-${need}`)).join(' · ')}
            {away && <AwayNote away={away} />}
          </>
        ),
      },
    ] satisfies readonly Column<Listed>[]
  }, [say, mayOpen, complete])
}
