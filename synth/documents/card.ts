import { addDays, birthday, type Day, dayOf, daysBetween, yearsBetween } from '../../src/platform/day.ts'
import type { Person } from '../people/person.ts'
import type { Random } from '../random.ts'
import { coverage, shareAt, statesOf } from './coverage.ts'

type CardState = 'applied' | 'approved' | 'produced' | 'at-unit' | 'handed-over' | 'blocked' | 'revoked' | 'expired'
export type Card = { serial: string; issuedOn: Day | undefined; expiresOn: Day | undefined; state: CardState }

export const cardColumns = ['person_number', 'serial', 'issued_on', 'expires_on', 'state'] as const
export const cardRow = (person: Person, card: Card): string[] => [
  person.number,
  card.serial,
  card.issuedOn ?? '',
  card.expiresOn ?? '',
  card.state,
]

/** The law of 2014, in force in 2023: a card from fourteen (Art. 19), renewed at these ages (Art. 21). */
export const cardAge = 14
const renewalAges = [25, 40, 60] as const

/** Chip cards have been made since January 2021. */
const firstChipCards = dayOf(2021, 1, 20)

/**
 * Runs to the next renewal age; a card of the two years before one runs to the one after. Undefined = without term
 * (domain.md 2.3).
 */
export function expiryOf(bornOn: Day, issuedOn: Day): Day | undefined {
  const ahead = renewalAges.filter(age => birthday(bornOn, age) > issuedOn)
  const [next, later] = ahead
  if (next === undefined) return undefined
  const tooClose = issuedOn >= birthday(bornOn, next - 2)
  const age = tooClose ? later : next
  return age === undefined ? undefined : birthday(bornOn, age)
}

const states = statesOf<CardState>(coverage.cardStates)
const youngStates = statesOf<CardState>(coverage.youngCardStates)
const isMade: ReadonlySet<CardState> = new Set(['produced', 'at-unit', 'handed-over', 'blocked', 'revoked', 'expired'])
const isRecent: ReadonlySet<CardState> = new Set(['applied', 'approved', 'produced', 'at-unit'])

/** The cards someone has on that day, the oldest first. */
export function cardsOf(person: Person, random: Random, day: Day, serial: () => string): Card[] {
  const age = yearsBetween(person.bornOn, day)
  const share =
    age < cardAge ? 0 : shareAt(coverage.cards, age) * (person.commune.isRemote ? coverage.remoteCardFactor : 1)
  if (!random.chance(share)) return []

  const from = [firstChipCards, birthday(person.bornOn, cardAge)].toSorted().at(-1)!
  if (from >= day) return []
  const state = person.status === 'dead' ? 'revoked' : (age < 19 ? youngStates : states).draw(random)
  const days = daysBetween(from, day)
  const back = isRecent.has(state) ? random.below(Math.min(days, 55)) : random.between(Math.min(days, 12), days)
  const card = cardIssued(person.bornOn, addDays(day, -back), state, day, random, serial())

  const wasReplaced = state === 'handed-over' && back < days - 60 && random.chance(0.015)
  if (!wasReplaced) return [card]
  const before = cardIssued(person.bornOn, addDays(from, random.below(30)), 'revoked', day, random, serial())
  return [before, card]
}

function cardIssued(bornOn: Day, issuedOn: Day, state: CardState, day: Day, random: Random, serial: string): Card {
  if (!isMade.has(state)) return { serial, issuedOn: undefined, expiresOn: undefined, state }

  const expiresOn = expiryOf(bornOn, issuedOn)
  const isOver = state === 'handed-over' && expiresOn !== undefined && expiresOn <= day
  return { serial, issuedOn, expiresOn, state: isOver && !random.chance(coverage.unsweptShare) ? 'expired' : state }
}
