import type { listRows } from '../../../src/rolls/contract.ts'
import type { listReleasedNumbers } from '../../../src/rolls/releasing/contract.ts'
import type { RollDefect } from '../../../src/rolls/roll.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'

export type RollRow = Answer<typeof listRows>['rows'][number]
export type Released = Answer<typeof listReleasedNumbers>['numbers'][number]

export const releasesAt = (rollId: string) => at(`/ra-soat/${rollId}/cap-so`)
export const releasesPaperAt = (rollId: string) => at(`/ra-soat/${rollId}/cap-so/in`)

/** Defects of a row for which its school needs the number. */
export const numberDefects: readonly RollDefect[] = [
  'number-missing',
  'number-malformed',
  'number-lost-zero',
  'number-differs',
  'number-of-another-person',
  'number-cancelled',
]
