import type { ChipKind } from '../../parts/chip.tsx'
import type { Party } from './party.ts'

export const chipOf: Record<Party['state'], ChipKind> = {
  draft: 'not-begun',
  submitted: 'waiting',
  approved: 'done',
  refused: 'late',
  suspended: 'late',
}
