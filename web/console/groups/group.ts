import type { groupList, groupOpen, visitListOpen } from '../../../src/campaign/groups/contract.ts'
import { visitOutcomes } from '../../../src/campaign/groups/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Group = Answer<typeof groupList>['groups'][number]
export type WholeGroup = Answer<typeof groupOpen>
export type ListHead = WholeGroup['lists'][number]
export type WholeList = Answer<typeof visitListOpen>
export type Entry = WholeList['entries'][number]

export const states = ['waiting', ...visitOutcomes] as const
export type EntryState = (typeof states)[number]
export const stateOf = ({ outcome }: Entry): EntryState => outcome ?? 'waiting'

/** Which entries of a list. */
export type ListSearch = { readonly kq?: EntryState | undefined }
export const listSearch = ({ kq }: Search): ListSearch => ({ kq: states.find(one => one === kq) })

const place = '/danh-sach/to-cong-nghe'
export const groupsAt = () => at(place)
export const groupAt = (id: string) => at(`${place}/${id}`)
export const newGroupAt = () => at(`${place}/moi`)
export const visitListAt = (id: string, search: ListSearch = {}) => at(`${place}/goi-cua/${id}${writeSearch(search)}`)
export const visitListPaperAt = (id: string) => at(`${place}/goi-cua/${id}/in`)
