import type { ReadingOutcome, ReadingPurpose } from '../../../src/cards/chip-readings/chip-reading.ts'
import { counterReaderPort } from '../../../src/cards/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'

/** What a deed rests on: a reading that found the card itself; or what was found that speaks against it. */
export type ChipRead = { readonly reading?: string | undefined; readonly outcome?: ReadingOutcome | undefined }

/** Outcomes after which an officer does not go on with this card. */
const against: readonly ReadingOutcome[] = ['copy', 'another-card', 'not-genuine']
export const speaksAgainst = ({ outcome }: ChipRead): boolean => outcome !== undefined && against.includes(outcome)

/** Whether the panel has something to show: no counter of some installations has a reader. */
export const showsReader = (demand: 'may' | 'must'): boolean => demand === 'must' || inForceToday(counterReaderPort) > 0

export type ChipPanelProps = {
  readonly purpose: ReadingPurpose
  /** Whether the deed needs it, by the policy of today. */
  readonly demand: 'may' | 'must'
  /** Of the card that lies on the reader; undefined where the officer types it here. */
  readonly serial?: string | undefined
  readonly onRead: (read: ChipRead) => void
}
