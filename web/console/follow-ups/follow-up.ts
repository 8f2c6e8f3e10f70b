import type { listFollowUps } from '../../../src/follow-ups/contract.ts'
import { followUpOwners, type KeptKind, keptKinds } from '../../../src/follow-ups/follow-up.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type FollowUp = Answer<typeof listFollowUps>['followUps'][number]
export type FollowUpOwner = FollowUp['owner']

/** What is shown of the follow-ups, as the address holds it: who acts, of which school, of which roll. */
export type FollowUpSearch = {
  /** Another kind than the defects of rolls. */
  readonly loai?: KeptKind | undefined
  readonly ai?: FollowUpOwner | undefined
  readonly truong?: string | undefined
  readonly danhsach?: string | undefined
}
export const followUpSearch = ({ loai, ai, truong, danhsach }: Search): FollowUpSearch => ({
  loai: keptKinds.find(one => one === loai),
  ai: followUpOwners.find(one => one === ai),
  truong,
  danhsach,
})
export const asFollowUpQuery = ({ loai, ai, truong, danhsach }: FollowUpSearch) => ({
  kind: loai ?? ('roll-defect' as const),
  ...(ai && { owner: ai }),
  ...(truong && { scopeId: truong }),
  ...(danhsach && { sourceId: danhsach }),
})
export const followUpsPaperAt = (search: FollowUpSearch) => at(`/ra-soat/viec/in${writeSearch(search)}`)
export const followUpsAt = (search: FollowUpSearch = {}) => at(`/ra-soat/viec${writeSearch(search)}`)

/** What was asked of the house comes to the follow-ups by a job of its own, a moment later. */
export const settlingMilliseconds = 1500

/** The values of a follow-up under the names that the register's fields have. */
export const fieldNames: Readonly<Record<string, string>> = {
  number: 'number',
  name: 'full_name',
  birth: 'birth_date',
  sex: 'sex',
  life: 'life_status',
  residence: 'residence',
}
