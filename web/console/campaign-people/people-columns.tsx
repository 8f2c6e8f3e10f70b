import { useMemo } from 'react'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { ChanceChip, SafeDay, WhyHere } from '../chosen/row-facts.tsx'
import type { Chance } from '../needs/listed.ts'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import type { Listed } from './people-rows.ts'

/**
 * From who to where to since when, why, and the odds. A person who is not to be seen from here keeps the line. A
 * campaign of one group alone needs no column of groups.
 */
export function usePeopleColumns(chances: ReadonlyMap<string, Chance>, hasBands: boolean): readonly Column<Listed>[] {
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
        wraps: 'as-written' as const,
        onPhone: true,
        ...sorts,
        show: ({ id, name }) => {
          if (name === null) return <span className="quiet">{say('people-unseen')}</span>
          if (!mayOpen) return <Name name={name} />
          return (
            <Go to={at(`/dan-cu/nguoi/${id}`)} quietly>
              <Name name={name} />
            </Go>
          )
        },
      },
      {
        id: 'born',
        head: say('born'),
        width: '84px',
        isDay: true,
        ...sorts,
        show: ({ born }) => (born ? dayText(born) : ''),
      },
      {
        id: 'number',
        head: say('number'),
        width: '118px',
        show: ({ number }) => (number ? <PersonNumber number={number} /> : ''),
      },
      { id: 'class', head: say('class'), width: '44px', ownFigures: true, ...sorts, show: row => row.class ?? '' },
      {
        id: 'school',
        head: say('school'),
        width: 'minmax(84px, 1.4fr)',
        wraps: 'smaller' as const,
        ...sorts,
        show: ({ school }) => <span title={school ?? ''}>{school?.replace(/^Trường\s+/u, '') ?? ''}</span>,
      },
      {
        id: 'unit',
        head: say('people-unit'),
        width: 'minmax(60px, 1fr)',
        onPhone: true,
        wraps: 'smaller' as const,
        ...sorts,
        show: ({ unit }) => <span title={unit}>{unit.replace(/^(?:Phường|Xã|Thị trấn)\s+/u, '')}</span>,
      },
      ...(hasBands
        ? [
            {
              id: 'band',
              head: say('campaign-band'),
              width: 'minmax(56px, 0.8fr)',
              wraps: 'smaller' as const,
              show: ({ band }: Listed) => <span title={band}>{band}</span>,
            },
          ]
        : []),
      {
        id: 'on',
        head: say('people-on'),
        width: '86px',
        isDay: true,
        ...sorts,
        show: ({ on, gone }) => (gone ? say('people-gone') : on ? dayText(on) : ''),
      },
      {
        id: 'why',
        head: say('last-event'),
        width: 'minmax(76px, 1.1fr)',
        wraps: 'smaller' as const,
        show: row => row.name !== null && <WhyHere row={row} chance={chances.get(row.id)} />,
      },
      {
        id: 'safe-day',
        head: say('safe-day'),
        width: '50px',
        show: row => <SafeDay lastSafeOn={row.lastSafeOn} />,
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
  }, [say, mayOpen, chances, hasBands])
}
