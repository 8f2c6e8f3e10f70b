// Dates of birth as schools write them: harmless variants of writing and damage are both made here.
import { type Day, dayOf, daysInMonth } from '../../src/platform/day.ts'
import type { Random } from '../random.ts'
import type { WrittenCell } from './written-cell.ts'

const two = (n: number) => String(n).padStart(2, '0')
/** Days since 30 December 1899, as Excel counts. */
const serialOf = (y: number, m: number, d: number) => Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569

export function writtenBirth(
  bornOn: Day,
  whole: ReadonlySet<string>,
  draw: (kind: string) => boolean,
  damage: string[],
  random: Random,
): WrittenCell | undefined {
  if (draw('birth-missing')) return undefined
  if (draw('birth-excel-year'))
    return { value: Number(bornOn.slice(0, 4)), format: 'yyyy-mm-dd', reads: bornOn.slice(0, 4) }
  if (draw('birth-year-only'))
    return { value: random.chance(0.5) ? Number(bornOn.slice(0, 4)) : bornOn.slice(0, 4), reads: bornOn.slice(0, 4) }
  if (draw('birth-month-only'))
    return { value: `${bornOn.slice(5, 7)}/${bornOn.slice(0, 4)}`, reads: bornOn.slice(0, 7) }

  let [y, m, d] = bornOn.split('-').map(Number) as [number, number, number]
  if (draw('birth-wrong')) [y, m, d] = misremembered(y, m, d, random)
  else if (d <= 12 && d !== m && draw('birth-swapped')) [m, d] = [d, m]

  // An American Excel takes 3/4 for 4 March, and leaves 25/3 as text.
  const american = whole.has('birth-column-us-locale')
  if (american && d <= 12) {
    if (d !== m) damage.push('birth-column-us-locale')
    return { value: serialOf(y, d, m), format: random.chance(0.8) ? 'm/d/yyyy' : 'dd/mm/yyyy', reads: dayOf(y, d, m) }
  }
  const reads = dayOf(y, m, d)
  if (whole.has('birth-column-serial') || draw('birth-as-serial'))
    return { value: serialOf(y, m, d), format: 'dd/mm/yyyy', reads }
  if (whole.has('birth-column-short'))
    return { value: random.chance(0.5) ? `${d}/${m}/${two(y % 100)}` : `${d}/${m}/${y}`, reads }
  const between = random.chance(0.96) ? '/' : random.pick(['-', '.'])
  return { value: [two(d), two(m), y].join(between), reads }
}

function misremembered(y: number, m: number, d: number, random: Random): [number, number, number] {
  const kind = random.below(3)
  if (kind === 0) return [y + random.pick([-1, 1]), m, Math.min(d, 28)]
  if (kind === 1) return [y, (m % 12) + 1, Math.min(d, 28)]
  const other = (d % daysInMonth(y, m)) + 1
  return [y, m, other]
}
