import type { Day } from '../../src/platform/day.ts'
import type { Random } from '../random.ts'
import { withWrongMark } from './name.ts'
import { contradicts, type Numbers } from './number.ts'
import type { Person } from './person.ts'

/** Shares of people. The first is that of domain.md 1.5, the rest are plausible. */
const rates = {
  numberContradictsSex: 0.001,
  numberContradictsYear: 0.001,
  numberOfOtherProvince: 0.0008,
  cancelledNumber: 0.003,
  nameWrong: 0.003,
  birthSwapped: 0.0015,
} as const

/** Gives the number last, for with it comes what is odd about it. */
export function giveNumber(person: Person, random: Random, numbers: Numbers) {
  const year = Number(person.bornOn.slice(0, 4))
  const other = person.sex === 'M' ? 'F' : 'M'
  person.number = drawNumber(person, other, year, random, numbers)
  if (!random.chance(rates.cancelledNumber)) return

  const sexBefore = random.chance(0.4) ? other : person.sex
  person.cancelled.push(numbers.giveOutside(random.chance(0.3) ? '001' : person.prefix, sexBefore, year))
  person.oddities.push('number-cancelled')
}

function drawNumber(person: Person, other: Person['sex'], year: number, random: Random, numbers: Numbers): string {
  const draw = random.next()
  if (draw < rates.numberContradictsSex) return numbers.give(person.prefix, other, year)
  if (draw < rates.numberContradictsSex + rates.numberContradictsYear)
    return numbers.give(person.prefix, person.sex, year + random.pick([-1, 1]))
  if (!random.chance(rates.numberOfOtherProvince)) return numbers.give(person.prefix, person.sex, year)

  person.oddities.push('number-of-other-province')
  return numbers.give(person.prefix === '022' ? '001' : '022', person.sex, year)
}

/** What the register has wrong and the school right. */
export function errInRegister(person: Person, random: Random, day: Day) {
  const draw = random.next()
  if (draw < rates.nameWrong) misspell(person, random)
  else if (draw < rates.nameWrong + rates.birthSwapped) swapBirth(person, day)
  if (contradicts(person.number, person.sex, Number(person.birthDate.slice(0, 4))))
    person.oddities.push('number-contradicts-record')
}

function misspell(person: Person, random: Random) {
  const wrong = withWrongMark(person.name, random)
  if (wrong === person.name) return
  person.school.name = person.name
  person.name = wrong
  person.oddities.push('register-name-wrong')
}

function swapBirth(person: Person, day: Day) {
  const [y, m, d] = person.birthDate.split('-')
  const swapped = `${y}-${d}-${m}` as Day
  if (!d || Number(d) > 12 || d === m || swapped > day) return
  person.school.bornOn = person.bornOn
  person.bornOn = swapped
  person.birthDate = swapped
  person.oddities.push('register-birth-date-swapped')
}
