import type { reviewRow } from '../../../src/rolls/review/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'
import { rollAt } from './roll.ts'

export type Review = Answer<typeof reviewRow>
export type Candidate = Review['candidates'][number]
export type Line = Review['why'][number]

/** Which rows are gone through, of one roll or of all that the unit sees. */
export type Queue = { readonly of: 'review' | 'referred' | 'risk'; readonly rollId?: string | undefined }
export type Spot = { readonly rollId: string; readonly place: number }

/** What is shown of the unit's queue, as the address holds it: a group of rows, or one row by its roll and place. */
export type QueueSearch = {
  readonly nhom?: string | undefined
  readonly ds?: string | undefined
  readonly dong?: string | undefined
}
/** `handed-on` is what an address kept in a browser may still call the referred rows. */
export const queueSearch = ({ nhom, ds, dong }: Search): QueueSearch => ({
  nhom: nhom === 'handed-on' ? 'referred' : nhom,
  ds,
  dong,
})
export const queueAt = (search: QueueSearch = {}) => at(`/ra-soat/hang-cho${writeSearch(search)}`)

/** The address of a queue, or of one of its rows. A row of another roll is shown among those of the unit. */
export function addressOf({ of, rollId }: Queue, spot?: Spot): string {
  const dong = spot && String(spot.place)
  if (rollId && (!spot || spot.rollId === rollId)) return rollAt(rollId, { nhom: of, ...(dong && { dong }) })
  return queueAt({ nhom: of, ...(spot && dong && { ds: spot.rollId, dong }) })
}

export const spotOf = (review: Review): Spot => ({ rollId: review.roll.id, place: review.row.place })

/** Nobody is ruled out for sure, and nobody is sure. */
export const percent = (probability: number) =>
  probability < 0.01 ? '<1' : probability >= 0.995 ? '>99' : String(Math.floor(probability * 100))
