import type { CardState } from '../../../src/cards/card.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { useCodes } from '../base/labels.ts'

/** What each state means for whoever waits for the card. */
const kinds: Readonly<Record<CardState, ChipKind>> = {
  applied: 'moving',
  approved: 'moving',
  produced: 'moving',
  'at-unit': 'waiting',
  'handed-over': 'done',
  blocked: 'late',
  expired: 'late',
  revoked: 'not-begun',
  cancelled: 'not-begun',
}

/** The state of a card, in colour and words; one that this page does not know has no colour. */
export function CardChip({ state }: { readonly state: string }) {
  const codes = useCodes()
  return <Chip kind={kinds[state as CardState] ?? 'not-begun'}>{codes('card', state)}</Chip>
}
