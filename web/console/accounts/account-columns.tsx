import type { AccountQueue } from '../../../src/accounts/contract.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { Clock } from '../enrolment/state-chip.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Column } from '../parts/table.tsx'
import { AccountChip } from './account-state.tsx'
import { type AccountSearch, accountAt, type Row } from './search.ts'

/** What the day of a queue is: to decide by, to activate by, since when. */
export const dayHead = {
  'to-approve': 'desk-day-decide',
  supplement: 'desk-day-supplement',
  'at-centre': 'desk-day-decide',
  'needs-slip': 'desk-day-asked',
  lapsed: 'desk-day-over',
  waiting: 'desk-day-activate',
  slips: 'desk-day-slip',
  demands: 'desk-day-demand',
  locked: 'desk-day-locked',
  'in-use': 'desk-day-none',
} as const satisfies Record<AccountQueue, string>

/** Days that are only told, and are not a limit to anybody. */
const told: readonly AccountQueue[] = ['locked', 'needs-slip', 'lapsed']

/** What stands against an account, or what it asks for, in a few words. */
export function useMatter() {
  const say = useSay()
  return ({ demand, lockedFor, hasPhone, state, returned, supplied, mine }: Row): string =>
    [
      supplied && say(`desk-supplied-${supplied}`),
      returned && say('desk-returned'),
      demand && say(`desk-demand-${demand.kind}-${demand.step}`),
      lockedFor && say(`desk-lock-${lockedFor}`),
      !hasPhone && state !== 'cancelled' && say('desk-no-phone'),
      mine && say('desk-mine'),
    ]
      .filter(Boolean)
      .join(', ')
}

/** From who to what to where; then the day, what stands against it, and where it stands. */
export function useAccountColumns(search: AccountSearch, queue: AccountQueue): readonly Column<Row>[] {
  const say = useSay()
  const matter = useMatter()
  return [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(176px, 2.2fr)',
      onPhone: true,
      show: ({ id, name }) => (
        <Go to={accountAt(id, search)} quietly>
          {name ? <Name name={name} /> : <i>{say('application-unseen')}</i>}
        </Go>
      ),
    },
    { id: 'born', head: say('application-born'), width: '88px', isDay: true, show: ({ born }) => dayText(born) },
    {
      id: 'level',
      head: say('desk-level'),
      width: '88px',
      show: ({ level, asks }) => say(asks ? 'desk-level-to' : 'account-level', { n: level, to: asks ?? level }),
    },
    {
      id: 'via',
      head: say('desk-via'),
      width: 'minmax(96px, 0.8fr)',
      show: ({ via }) => <span className="quiet">{via && say(`desk-via-${via}`)}</span>,
    },
    {
      id: 'unit',
      head: say('application-unit'),
      width: 'minmax(112px, 1.1fr)',
      show: ({ unit }) => unit && shortName(unit.name),
    },
    {
      id: 'day',
      head: say(dayHead[queue]),
      width: '112px',
      show: ({ dueOn }) => <Clock day={dueOn} over={told.includes(queue)} />,
    },
    { id: 'matter', head: say('desk-matter'), width: 'minmax(132px, 1.6fr)', show: matter },
    {
      id: 'state',
      head: say('application-state'),
      width: '128px',
      end: true,
      onPhone: true,
      show: row => <AccountChip {...row} />,
    },
  ]
}
