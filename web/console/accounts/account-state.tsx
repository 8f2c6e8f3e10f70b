import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Account, Row } from './search.ts'

const kinds: Readonly<Record<Row['state'], ChipKind>> = {
  requested: 'waiting',
  approved: 'waiting',
  activated: 'done',
  locked: 'late',
  cancelled: 'not-begun',
}

/** Where an account stands; one that is past its day is late, whatever it waits for. */
export function AccountChip({ state, due, asks }: Pick<Row, 'state' | 'due' | 'asks'>) {
  const say = useSay()
  const codes = useCodes()
  const isLate = due === 'overdue' && (kinds[state] === 'waiting' || asks !== undefined)
  return (
    <Chip kind={isLate ? 'late' : asks ? 'waiting' : kinds[state]}>
      {asks
        ? say('desk-asks-level', { n: asks })
        : state === 'requested'
          ? say('account-asked')
          : codes('account', state)}
      {isLate && <span className="unseen">, {say('day-overdue')}</span>}
    </Chip>
  )
}

/** A chip for one account, by what it waits for. */
export const chipOf = (account: Account): Pick<Row, 'state' | 'due' | 'asks'> => ({
  state: account.state,
  due: account.needsHotline ? 'overdue' : 'later',
  ...(account.asks && { asks: account.asks }),
})
