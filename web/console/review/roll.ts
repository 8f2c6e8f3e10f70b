import type { listRolls } from '../../../src/rolls/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Roll = Answer<typeof listRolls>['rolls'][number]

/** What is shown of a roll, as the address holds it: a group of rows, a defect, or one row by its place. */
export type RollSearch = {
  readonly nhom?: string | undefined
  readonly loi?: string | undefined
  readonly dong?: string | undefined
}
export const rollSearch = ({ nhom, loi, dong }: Search): RollSearch => ({ nhom, loi, dong })
export const rollAt = (id: string, search: RollSearch = {}) => at(`/ra-soat/${id}${writeSearch(search)}`)
