import type { activityList } from '../../../src/awareness/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Ledger = Answer<typeof activityList>
export type Activity = Ledger['activities'][number]
export type Effect = Activity['effect']

/** Which campaign, counted by which figure, of which part; in the address, and nothing personal. */
export type AwarenessSearch = {
  readonly cd?: string | undefined
  readonly cs?: string | undefined
  readonly nhom?: string | undefined
}
export const awarenessSearch = ({ cd, cs, nhom }: Search): AwarenessSearch => ({ cd, cs, nhom })

export const awarenessAt = (search: AwarenessSearch = {}) => at(`/tuyen-truyen${writeSearch(search)}`)
export const activityAt = (id: string, search: AwarenessSearch = {}) =>
  at(`/tuyen-truyen/${id}${writeSearch({ cs: search.cs, nhom: search.nhom })}`)
export const newActivityAt = (search: AwarenessSearch = {}) => at(`/tuyen-truyen/ghi${writeSearch({ cd: search.cd })}`)
export const materialsAt = (search: AwarenessSearch = {}) =>
  at(`/tuyen-truyen/tai-lieu${writeSearch({ cd: search.cd })}`)
