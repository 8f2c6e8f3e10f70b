import { addDays, asDay } from '../../../src/platform/day.ts'
import type { listMovements } from '../../../src/register/movements/contract.ts'
import { type MovementWay, movementWays } from '../../../src/register/movements/movement.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Movements = Answer<typeof listMovements>
export type Movement = Movements['movements'][number]

/** What the list is narrowed by, as the address holds it; nothing personal. */
const keys = ['chieu', 'tu', 'den', 'donvi'] as const
export type MovementSearch = { readonly [Key in (typeof keys)[number]]?: string | undefined }

export const movementSearch = (search: Search): MovementSearch =>
  Object.fromEntries(keys.map(key => [key, search[key]]))

export const movementsAt = (search: MovementSearch, page = '/dan-cu/bien-dong') => at(`${page}${writeSearch(search)}`)

/** A month back, where the address names no days. */
const usualDays = 30

/** What is asked of the door: came, and the last thirty days, where the address says nothing else. */
export function askedOf(search: MovementSearch, today: string, unitId: string) {
  const way: MovementWay = movementWays.find(one => one === search.chieu) ?? 'came'
  const to = search.den ?? today
  return { id: search.donvi ?? unitId, way, from: search.tu ?? addDays(asDay(to), -usualDays), to }
}
