import { foldMarks } from '../name.ts'
import type { Sex } from './numbers.ts'

export type { Sex }

const words: Readonly<Record<string, Sex>> = {
  nam: 'M',
  trai: 'M',
  'con trai': 'M',
  'be trai': 'M',
  t: 'M',
  male: 'M',
  m: 'M',
  ong: 'M',
  '1': 'M',
  nu: 'F',
  gai: 'F',
  'con gai': 'F',
  'be gai': 'F',
  g: 'F',
  female: 'F',
  f: 'F',
  ba: 'F',
  '0': 'F',
  '2': 'F',
}

const ticks = /^(?:x+|v|✓|✔|☑|1|\+|true|co)$/

/**
 * Reads a cell on sex. Many rolls have a column "Nữ" in which girls are ticked and boys are left blank: say
 * `'female-ticked'`.
 */
export function readSex(
  value: string | number | boolean | null | undefined,
  column: 'sex' | 'female-ticked' | 'male-ticked' = 'sex',
) {
  const raw = String(value ?? '').trim()
  const text = foldMarks(raw)
  if (column === 'sex' || (words[text] && !/^\d$/.test(text))) return words[text]

  const ticked = ticks.test(text || raw)
  const blank = raw === '' || raw === '0' || raw === '-' || text === 'false'
  if (!ticked && !blank) return undefined
  return ticked === (column === 'female-ticked') ? 'F' : 'M'
}
