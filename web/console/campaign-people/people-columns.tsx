import { useMemo } from 'react'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import type { Listed } from './people-rows.ts'

/** From who to where to since when. A person who is not to be seen from here keeps the line. */
export function usePeopleColumns(): readonly Column<Listed>[] {
  const say = useSay()
  const mayOpen = useMay('register.read')
  return useMemo(
    () => [
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(170px, 2fr)',
        onPhone: true,
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
      { id: 'born', head: say('born'), width: '84px', isDay: true, show: ({ born }) => (born ? dayText(born) : '') },
      {
        id: 'number',
        head: say('number'),
        width: '118px',
        show: ({ number }) => (number ? <PersonNumber number={number} /> : ''),
      },
      { id: 'class', head: say('class'), width: '54px', ownFigures: true, show: row => row.class ?? '' },
      { id: 'school', head: say('school'), width: 'minmax(110px, 1.3fr)', show: ({ school }) => school ?? '' },
      { id: 'unit', head: say('people-unit'), width: 'minmax(120px, 1.3fr)', onPhone: true, show: ({ unit }) => unit },
      { id: 'band', head: say('campaign-band'), width: 'minmax(90px, 1fr)', show: ({ band }) => band },
      {
        id: 'on',
        head: say('people-on'),
        width: '84px',
        isDay: true,
        show: ({ on, gone }) => (gone ? say('people-gone') : on ? dayText(on) : ''),
      },
    ],
    [say, mayOpen],
  )
}
