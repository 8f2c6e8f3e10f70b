import type { ChipKind } from '../../parts/chip.tsx'
import type { Entry } from './ledger.ts'

export const stateKinds: Readonly<Record<Entry['state'], ChipKind>> = {
  'matched-automatically': 'done',
  'matched-by-person': 'done',
  'refused-by-person': 'not-begun',
  'to-review': 'waiting',
  'not-found': 'late',
  'left-school': 'not-begun',
}
