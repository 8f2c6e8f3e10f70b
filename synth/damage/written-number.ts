// Personal numbers as schools write them: harmless variants of writing and damage are both made here.
import { isWellFormed } from '../people/number.ts'
import { hash32, type Random } from '../random.ts'
import type { Pupil } from '../schools/pupil.ts'
import type { WrittenCell } from './written-cell.ts'

/** The number as the roll has it: one thing at most is wrong with its value, then its cell may spoil it. */
export function writtenNumber(
  pupil: Pupil,
  whole: ReadonlySet<string>,
  drawn: ReadonlyMap<string, boolean>,
  damage: string[],
  random: Random,
): WrittenCell | undefined {
  const right = pupil.numberAtSchool
  const text = wrongNumber(pupil, drawn, damage, random) ?? right
  if (text === '') return undefined
  if (!/^\d{12}$/.test(text)) return { value: text, reads: text }

  const asNumeric = whole.has('number-column-numeric') || drawn.get('number-as-numeric')
  const scientific = whole.has('number-column-scientific')
  if ((asNumeric || scientific) && text.startsWith('0'))
    damage.push(scientific ? 'number-column-scientific' : 'number-as-numeric')
  if (asNumeric || scientific)
    return { value: Number(text), format: scientific ? '0.00E+00' : '0', reads: String(Number(text)) }
  if (drawn.get('number-scientific-text')) {
    damage.push('number-scientific-text')
    const short = Number(text).toExponential(4).replace('e+', 'E+')
    return { value: short, reads: short }
  }
  if (drawn.get('number-spaced')) {
    damage.push('number-spaced')
    return {
      value: random.pick([
        `${text.slice(0, 3)} ${text.slice(3, 6)} ${text.slice(6)}`,
        ` ${text}`,
        `${text}\u00a0`,
        text.replace(/(...)(?=.)/g, '$1.'),
      ]),
      reads: text,
    }
  }
  return {
    value: whole.has('number-column-apostrophe') && random.chance(0.7) ? `'${text}` : text,
    reads: text,
    format: '@',
  }
}

/** The first kind drawn of which the pupil has one: not everyone has a sibling, or a cancelled number. */
function wrongNumber(
  pupil: Pupil,
  drawn: ReadonlyMap<string, boolean>,
  damage: string[],
  random: Random,
): string | undefined {
  for (const [kind, from] of wrongNumbers) {
    const value = drawn.get(kind) ? from(pupil, random) : undefined
    if (value === undefined) continue
    damage.push(kind)
    return value
  }
  return undefined
}

type WrongNumber = (pupil: Pupil, random: Random) => string | undefined
const wrongNumbers: readonly (readonly [kind: string, WrongNumber])[] = [
  ['number-cancelled', pupil => pupil.cancelled[0]],
  ['number-missing', pupil => (pupil.numberAtSchool ? '' : undefined)],
  ['number-ministry-id', pupil => ministryId(pupil)],
  ['number-passport', (_, random) => `C${random.between(1_000_000, 9_999_999)}`],
  ['number-old-nine', pupil => pupil.oldNumbers[0] ?? (pupil.numberAtSchool.slice(3) || undefined)],
  ['number-of-sibling', pupil => pupil.siblingNumbers[0]],
  ['number-of-parent', (pupil, random) => (pupil.parentNumbers.length ? random.pick(pupil.parentNumbers) : undefined)],
  ['number-transposed', (pupil, random) => transposed(pupil.numberAtSchool, random)],
  ['number-wrong-digit', (pupil, random) => wrongDigit(pupil.numberAtSchool, random)],
]

/** Twenty digits (circular 26/2019): another thing than the personal number, and often taken for it. */
export const ministryId = ({ bornOnAtSchool, nameAtSchool }: Pupil) =>
  `22${bornOnAtSchool.replaceAll('-', '')}${String(hash32(nameAtSchool + bornOnAtSchool)).padStart(10, '0')}`

function transposed(number: string, random: Random): string | undefined {
  if (!number) return undefined
  const i = random.between(5, 10)
  const swapped = number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2)
  return swapped === number || !isWellFormed(swapped) ? undefined : swapped
}

function wrongDigit(number: string, random: Random): string | undefined {
  if (!number) return undefined
  const i = random.between(4, 11)
  return number.slice(0, i) + ((Number(number[i]) + random.between(1, 9)) % 10) + number.slice(i + 1)
}
