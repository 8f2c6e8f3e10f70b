import {
  type UniversalCase,
  type UniversalList,
  universalCases,
  type universalChildren,
  type universalFigures,
  universalLists,
} from '../../../src/out-of-school/universal/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Figures = Answer<typeof universalFigures>
export type Child = Answer<typeof universalChildren>['children'][number]

/** Which list, which case, which age. */
export type UniversalSearch = {
  readonly ds?: UniversalList | undefined
  readonly th?: UniversalCase | undefined
  readonly tuoi?: string | undefined
}

export const universalSearch = ({ ds, th, tuoi }: Search): UniversalSearch => ({
  ds: universalLists.find(one => one === ds),
  th: universalCases.find(one => one === th),
  tuoi: /^\d{1,2}$/.test(String(tuoi ?? '')) ? String(tuoi) : undefined,
})

export const listOf = ({ ds }: UniversalSearch): UniversalList => ds ?? 'primary'
export const universalAt = (search: UniversalSearch = {}) => at(`/pho-cap${writeSearch(search)}`)
export const asQuery = ({ th, tuoi }: UniversalSearch) => ({
  ...(th && { case: th }),
  ...(tuoi !== undefined && { age: Number(tuoi) }),
})
