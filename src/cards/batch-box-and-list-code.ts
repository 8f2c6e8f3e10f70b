import { yearOf } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { UnitRecord } from '../units/units.ts'
import * as store from './store.ts'

/** What people call a batch (M), a box (H) or a list (D): the unit's code, the year, the number. */
export async function nextCode(work: Work, unit: UnitRecord, kind: 'batch' | 'box' | 'list'): Promise<string> {
  const year = yearOf(work.today)
  const number = await store.takeNextNumber(work, unit.id, kind, year)
  const letter = { batch: 'M', box: 'H', list: 'D' }[kind]
  return `${letter}${unit.code}-${String(year).slice(2)}-${String(number).padStart(4, '0')}`
}
