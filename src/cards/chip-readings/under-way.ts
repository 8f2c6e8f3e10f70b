import type { ChipReading } from '../../chip/inspecting/inspect-files.ts'
import type { Id } from '../../platform/ids.ts'
import { openPlaces } from '../../platform/limits/places.ts'
import { tooManyAtOnce } from '../../platform/limits/problems.ts'
import type { Card } from '../card.ts'
import { chipReadingLimits } from '../law.ts'
import type { Conversation } from './conversation.ts'
import type { ExpectedChip } from './outcome.ts'

/**
 * Readings that this process has under way. The keys of a line to a chip lie in its memory alone: where another server
 * gets the next answer, or this one was started anew, the reading begins again.
 */
export type ReadingUnderWay = {
  readonly id: Id<'chip-reading'>
  readonly card: Card
  readonly officerId: string
  readonly expected: ExpectedChip
  readonly conversation: Conversation<ChipReading>
  /** Gives its place to the next reading; called when its outcome is known. */
  leave(): void
}

const underWay = new Map<string, ReadingUnderWay>()
const places = openPlaces({
  ofOne: chipReadingLimits.ofOfficer,
  all: chipReadingLimits.atOnce,
  refusal: tooManyAtOnce,
})

/**
 * Keeps a reading for so long as one may take, and its portrait for a while after. Throws too-many-at-once where the
 * officer, or all together, have too many. `begin` makes it once there is a place.
 */
export function keepUnderWay(officerId: string, begin: () => Omit<ReadingUnderWay, 'leave'>): ReadingUnderWay {
  const one = { leave: places.enter(officerId), ...begin() }
  underWay.set(one.id, one)
  const { seconds, portraitSeconds } = chipReadingLimits
  setTimeout(() => {
    one.conversation.end()
    one.leave()
  }, seconds * 1000).unref()
  setTimeout(() => underWay.delete(one.id), (seconds + portraitSeconds) * 1000).unref()
  return one
}

/** A reading of this officer that this process has. */
export function findUnderWay(id: string, officerId: string): ReadingUnderWay | undefined {
  const one = underWay.get(id)
  return one?.officerId === officerId ? one : undefined
}
