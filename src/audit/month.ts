import { asDay, beginOf, type Day, dayAt } from '../platform/day.ts'
import { hasValidSignature, isOfKey, type PinnedKeys, type Signed } from './chain-heads.ts'
import { chains, firstSeal } from './deed.ts'
import { firstEntryChain } from './entry.ts'
import type { Place } from './verify-chain.ts'

/** A month of the province's calendar, 'YYYY-MM'. */
export type Month = string & { readonly __kind: 'Month' }

export const asMonth = (text: string): Month | undefined =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? (text as Month) : undefined

export const monthOf = (day: Day) => day.slice(0, 7) as Month
export const monthAt = (instant: Date) => monthOf(dayAt(instant))

const shifted = (month: Month, months: number): Month => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}` as Month
}
export const monthAfter = (month: Month) => shifted(month, 1)
export const monthBefore = (month: Month) => shifted(month, -1)
export const yearsAfter = (month: Month, years: number) => shifted(month, years * 12)

/** The month's first instant. */
export const beginOfMonth = (month: Month): Date => beginOf(asDay(`${month}-01`))

export const allChains = Array.from({ length: firstEntryChain + chains }, (_, chain) => chain)

/**
 * What seals a month: the facts of the deed `month.sealed`. A month has what stands in the chains behind the month
 * before, up to the first row that says a later time. Roots are Merkle roots (RFC 6962) over the seals, chain by chain.
 */
export type MonthSeal = Signed<{
  readonly month: Month
  readonly house: string
  readonly deeds: { readonly count: number; readonly root: string }
  readonly entries: { readonly count: number; readonly root: string; readonly readings: number }
  /** Of each chain its last place of the month, and the seal there. */
  readonly cuts: readonly { readonly chain: number; readonly seq: number; readonly seal: string }[]
}>

/** The facts of the deed `readings.dropped`: which month's readings the rule of retention no longer keeps. */
export type MonthDropped = Signed<{
  readonly month: Month
  readonly house: string
  readonly root: string
  readonly readings: number
  /** The file that has them now, and the hash of its lines. */
  readonly archive?: { readonly file: string; readonly sha256: string }
}>

/** Whether a statement of the house about a month is by the pinned key. */
export const isBy = (facts: Signed<object>, pinned: PinnedKeys) => isOfKey(facts, pinned) && hasValidSignature(facts)

/** Where a month ends in a chain; without a month, the chain's beginning. */
export function cutOf(month: MonthSeal | undefined, chain: number): Place {
  const cut = month?.cuts.find(one => one.chain === chain)
  return cut ? { seq: cut.seq, seal: Buffer.from(cut.seal, 'hex') } : { seq: 0, seal: firstSeal }
}
