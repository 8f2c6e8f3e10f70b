import { type Day, yearsBetween } from '../../src/platform/day.ts'
import type { Person } from '../people/person.ts'
import type { Account } from './account.ts'
import { type Card, cardAge } from './card.ts'

/** From which age an account is one's own: decree 59/2022 Art. 11, then decree 69/2024 Art. 7 (level 2). */
const accountAgeOn = (day: Day) => (day >= '2024-07-01' ? 6 : 14)

/**
 * What someone needs on that day, by the words of interfaces.md ("Files out"); `correction` depends on the roll's row
 * and is added there.
 */
export function needsOf(person: Person, cards: readonly Card[], account: Account | undefined, day: Day): string[] {
  const hadCards = cards.filter(({ state }) => state !== 'revoked' && state !== 'blocked')
  const inForce = cards.find(({ state }) => state === 'handed-over' || state === 'expired')
  const held = account?.state === 'cancelled' ? undefined : account
  const isPast = inForce?.state === 'expired' || (inForce?.expiresOn !== undefined && inForce.expiresOn <= day)
  const all: [need: string, isSo: boolean][] = [
    ['card', yearsBetween(person.bornOn, day) >= cardAge && hadCards.length === 0],
    ['card-renewal', inForce !== undefined && isPast],
    ['account', yearsBetween(person.bornOn, day) >= accountAgeOn(day) && held === undefined],
    ['activation', held?.state === 'approved'],
    ['level-2', held?.level === 1],
  ]
  return all.flatMap(([need, isSo]) => (isSo ? [need] : []))
}

/** A defect whose wrong side may be the register: someone must look there too. */
const mayBeTheRegister = new Set([
  'name-differs',
  'name-marks-differ',
  'birth-day-month-swapped',
  'birth-date-differs',
  'sex-differs',
  'residence-differs',
  'number-differs',
  'number-contradicts-record',
  'deceased',
])

export const withCorrection = (needs: readonly string[], defects: readonly string[]) =>
  defects.some(defect => mayBeTheRegister.has(defect)) ? [...needs, 'correction'] : [...needs]
