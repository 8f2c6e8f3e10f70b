import { useMemo } from 'react'
import type { OutOfSchoolCase } from '../../../src/out-of-school/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'
import type { Child } from './search.ts'

/** Where a child learns, or may; a school beyond one's own scope is told as elsewhere. */
export function schoolText({ case: one, schools, elsewhere }: Child, say: Say): string {
  const known = [
    ...schools.map(({ name, class: inClass }) => (inClass ? `${name}, ${inClass}` : name)),
    ...(elsewhere ? [say('school-elsewhere')] : []),
  ]
  if (known.length === 0) return one === 'absent' ? say('no-school') : ''
  return one === 'undecided' ? say('may-be-row', { school: known.join('; ') }) : known.join('; ')
}

export const homeText = ({ permanent, address, besides, isPerson, saidCommune }: Child, say: Say): string =>
  isPerson
    ? [address, permanent || besides[0], ...(permanent ? besides : [])].filter(Boolean).join(', ')
    : saidCommune && say('by-roll', { place: saidCommune })

/** What the roll tells of the home, where it is another, and what that may mean. */
export const saidText = ({ said, moved, saidCommune }: Child, say: Say): string =>
  said === null || said === 'not-told'
    ? ''
    : [saidCommune, said === 'same' ? undefined : say(`said-${said}`), moved ? say(`moved-${moved}`) : undefined]
        .filter(Boolean)
        .join(' · ')

/** What a school's roll says of a child who left it. */
export const leftText = ({ left }: Child, say: Say): string =>
  left
    .map(
      ({ school, class: inClass, status, on }) =>
        `${[school ?? say('school-elsewhere'), inClass].filter(Boolean).join(', ')}: ` +
        [say(`left-${status}`), on && dayText(on)].filter(Boolean).join(' '),
    )
    .join('; ')

const isOnRoll = (one: OutOfSchoolCase) => one !== 'absent' && one !== 'dead' && one !== 'missing'

/** From who to where they live to where they learn. */
export function useAttendanceColumns(one: OutOfSchoolCase, complete: boolean): readonly Column<Child>[] {
  const say = useSay()
  const mayOpen = useMay('register.read')
  return useMemo(() => {
    const sorts = (sortBy: (row: Child) => string) => (complete ? { sortBy } : {})
    return [
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(160px, 1.6fr)',
        onPhone: true,
        ...sorts(({ sortKey }) => sortKey),
        show: ({ id, name, isPerson }) =>
          mayOpen && isPerson ? (
            <Go to={at(`/dan-cu/nguoi/${id}`)} quietly>
              <Name name={name} />
            </Go>
          ) : (
            <Name name={name} />
          ),
      },
      {
        id: 'born',
        head: say('born'),
        width: '84px',
        isDay: true,
        ...sorts(({ born }) => born),
        show: ({ born }) => dayText(born),
      },
      {
        id: 'number',
        head: say('number'),
        width: '118px',
        ...sorts(({ number }) => number ?? ''),
        show: ({ number }) =>
          number ? <PersonNumber number={number} /> : <span className="quiet">{say('number-none-short')}</span>,
      },
      {
        id: 'home',
        onPhone: true,
        head: say('lives-at'),
        width: 'minmax(150px, 2fr)',
        ...sorts(({ permanent }) => permanent),
        show: row => homeText(row, say),
      },
      ...(isOnRoll(one)
        ? [
            {
              id: 'school',
              head: say('at-school'),
              width: one === 'undecided' ? 'minmax(240px, 2.4fr)' : 'minmax(150px, 1.6fr)',
              ...sorts(row => schoolText(row, say)),
              show: (row: Child) => schoolText(row, say),
            },
            // Whose roll it may be is not known, so neither is what that tells of the home.
            ...(one === 'undecided'
              ? []
              : [
                  {
                    id: 'said',
                    head: say('attendance-said'),
                    width: 'minmax(120px, 1.3fr)',
                    ...sorts((row: Child) => saidText(row, say)),
                    show: (row: Child) => saidText(row, say),
                  },
                ]),
          ]
        : [
            {
              id: 'rolls',
              head: say('attendance-rolls'),
              width: 'minmax(120px, 1fr)',
              ...sorts(({ unreported }) => String(unreported)),
              show: (row: Child) =>
                row.case === 'absent'
                  ? [leftText(row, say), say(row.unreported ? 'rolls-to-come' : 'rolls-have-come')]
                      .filter(Boolean)
                      .join('; ')
                  : '',
            },
          ]),
    ] satisfies readonly Column<Child>[]
  }, [say, mayOpen, complete, one])
}
