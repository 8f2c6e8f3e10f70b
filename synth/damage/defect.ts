import { isWellFormed } from '../people/number.ts'
import type { Pupil } from '../schools/pupil.ts'
import type { DamagedRow } from './damaged-row.ts'
import { bare } from './written-name.ts'

/** Only what the roll has a column for can be wrong in it. */
export type Shown = { number: boolean; birth: boolean; sex: boolean; residence: boolean }

type Judged = {
  given: DamagedRow
  pupil: Pupil
  shown: Shown
  isEncoded: boolean
  isTaken: (number: string) => boolean
}

/** The defects of interfaces.md ("Files out") that a checker who makes no mistake reports for a row. */
export function defectsOf(row: Judged): string[] {
  const { given, pupil, shown, isEncoded } = row
  const found = numberDefects(row)
  if (isEncoded) found.push('text-legacy-encoded')
  if (!pupil.number) return [...found, 'not-in-register']

  found.push(...nameDefects(given.name, pupil.name))
  if (shown.birth && given.birth) found.push(...birthDefects(given.birth.reads, pupil.birthDate))
  if (shown.sex && given.sex && given.sex !== pupil.sex) found.push('sex-differs')
  if (shown.residence && given.residence?.detail === 'whole' && given.residence.commune !== pupil.commune)
    found.push('residence-differs')
  if (pupil.contradictsRecord) found.push('number-contradicts-record')
  if (pupil.isDead) found.push('deceased')
  return found
}

function numberDefects({ given, pupil, shown, isTaken }: Judged): string[] {
  const reads = shown.number && given.number ? given.number.reads : ''
  // Nothing, the ministry's twenty digits, a passport: no number is given.
  if (reads === '' || /^\d{20}$/.test(reads) || /^[A-Z]\d{7}$/.test(reads)) return ['number-missing']

  const lostZero = /^\d{11}$/.test(reads) && isWellFormed(`0${reads}`)
  const number = lostZero ? `0${reads}` : reads
  if (!isWellFormed(number)) return ['number-malformed']

  const found = lostZero ? ['number-lost-zero'] : []
  if (number === pupil.number) return found
  if (pupil.number && pupil.cancelled.includes(number)) return [...found, 'number-cancelled']
  return [...found, isTaken(number) ? 'number-of-another-person' : 'number-differs']
}

const tone = /[\u0300\u0301\u0303\u0309\u0323]/

/** The letters, and the tone behind them: where in the word it stands is no difference. */
function toneLast(word: string): string {
  const apart = word.normalize('NFD')
  const mark = tone.exec(apart)?.[0] ?? ''
  return apart.replace(tone, '') + mark
}

/** One writing for what is no difference: case, Unicode form, blanks, Ð for Đ, the place of the tone. */
const folded = (name: string) =>
  name.normalize('NFC').replaceAll('Ð', 'Đ').toLowerCase().trim().split(/\s+/).map(toneLast).join(' ')

function nameDefects(roll: string, register: string): string[] {
  const [a, b] = [folded(roll), folded(register)]
  if (a === b) return []
  return bare(a) === bare(b) ? ['name-marks-differ'] : ['name-differs']
}

function birthDefects(roll: string, register: string): string[] {
  if (roll === register) return []
  const [y, m, d] = register.split('-')
  if (roll === `${y}-${d}-${m}`) return ['birth-day-month-swapped']
  return [roll.length < 10 ? 'birth-date-partial' : 'birth-date-differs']
}
