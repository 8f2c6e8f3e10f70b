import type { listFollowUps } from '../../../src/rolls/errands/contract.ts'
import { followUpOwners } from '../../../src/rolls/errands/errand-word.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/places.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Errand = Answer<typeof listFollowUps>['errands'][number]
export type ErrandOwner = Errand['owner']

/** What is shown of the errands, as the address holds it: who acts, of which school, of which roll. */
export type ErrandSearch = {
  readonly ai?: ErrandOwner | undefined
  readonly truong?: string | undefined
  readonly danhsach?: string | undefined
}
export const errandSearch = ({ ai, truong, danhsach }: Search): ErrandSearch => ({
  ai: followUpOwners.find(one => one === ai),
  truong,
  danhsach,
})
export const errandsAt = (search: ErrandSearch = {}) => at(`/ra-soat/viec${writeSearch(search)}`)

/** What was asked of the house comes to the errands by a job of its own, a moment later. */
export const settlingMilliseconds = 1500

/** The values of an errand under the names that the register's fields have. */
export const fieldNames: Readonly<Record<string, string>> = {
  number: 'number',
  name: 'full_name',
  birth: 'birth_date',
  sex: 'sex',
  life: 'life_status',
}
