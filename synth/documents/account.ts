import { addDays, birthday, type Day, dayOf, daysBetween, yearsBetween } from '../../src/platform/day.ts'
import type { Person } from '../people/person.ts'
import { mobile } from '../people/phone.ts'
import type { Random } from '../random.ts'
import { type Card, cardAge } from './card.ts'
import { coverage, shareAt, statesOf } from './coverage.ts'

type AccountState = 'requested' | 'approved' | 'activated' | 'locked' | 'cancelled'
export type Account = { level: 1 | 2; state: AccountState; phone: string; approvedAt: string; activatedAt: string }

export const accountColumns = ['person_number', 'level', 'state', 'phone', 'approved_at', 'activated_at'] as const
export const accountRow = (person: Person, account: Account): string[] => [
  person.number,
  String(account.level),
  account.state,
  account.phone,
  account.approvedAt,
  account.activatedAt,
]

/** The app opened its second level to everyone on 18 July 2022. */
const firstAccounts = dayOf(2022, 7, 18)
const states = statesOf<AccountState>(coverage.accountStates)

const instant = (day: Day, random: Random) => {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${day}T${two(random.between(7, 21))}:${two(random.below(60))}:${two(random.below(60))}+07:00`
}

/**
 * Level 2 is made at the desk together with the card; level 1 in the app by those who hold one (decree 59/2022, Art.
 * 14).
 */
export function accountOf(person: Person, cards: readonly Card[], random: Random, day: Day): Account | undefined {
  const age = yearsBetween(person.bornOn, day)
  const last = cards.at(-1)
  if (age < cardAge || !last || !random.chance(shareAt(coverage.accounts, age))) return undefined

  const floor = [firstAccounts, birthday(person.bornOn, cardAge), last.issuedOn ?? addDays(day, -40)].toSorted().at(-1)!
  const days = daysBetween(floor, day)
  if (days < 3) return undefined

  const drawn = states.draw(random)
  const state =
    person.status === 'dead'
      ? 'locked'
      : drawn === 'approved' && age >= 19 && age < 35 && random.chance(0.12)
        ? 'activated'
        : drawn
  const phone = person.phone || mobile(random)
  const level = last.state === 'handed-over' && random.chance(coverage.levelOneShare) ? 1 : 2
  if (state === 'requested') return { level, state, phone, approvedAt: '', activatedAt: '' }

  const approvedOn = addDays(floor, random.between(1, days - 1))
  const wasActivated = state === 'activated' || (state !== 'approved' && random.chance(0.5))
  const activatedOn = addDays(approvedOn, random.between(0, Math.min(14, daysBetween(approvedOn, day) - 1)))
  return {
    level,
    state,
    phone,
    approvedAt: instant(approvedOn, random),
    activatedAt: wasActivated ? instant(addDays(activatedOn, 1), random) : '',
  }
}
