import { type StageOrGroup, stagesAndGroups } from '../../../src/cards/tracking/stage.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

/** The addresses of Thẻ, and what each page keeps in its own: codes and days, never a name, a number or a serial. */

export const cardsAt = at('/the')
export const lifeAt = (id: string) => at(`/the/${id}`)
export const personAt = (id: string) => at(`/dan-cu/nguoi/${id}`)

/** Which cards: of a stage, the late ones alone, with whom they lie, for how many days. */
export type StageSearch = {
  readonly buoc?: StageOrGroup | undefined
  readonly tre?: '1' | undefined
  readonly o?: string | undefined
  readonly qua?: string | undefined
}
export const stageSearch = ({ buoc, tre, o, qua }: Search): StageSearch => ({
  buoc: stagesAndGroups.find(one => one === buoc),
  tre: tre === '1' ? '1' : undefined,
  o,
  qua: qua && /^\d{1,4}$/.test(qua) ? qua : undefined,
})
export const stageAt = (search: StageSearch, page = '') => at(`/the/danh-sach${page}${writeSearch(search)}`)

const batchLists = ['waiting', 'late', 'to-check'] as const
export type BatchesSearch = { readonly loc?: (typeof batchLists)[number] | undefined }
export const batchesSearch = ({ loc }: Search): BatchesSearch => ({ loc: batchLists.find(one => one === loc) })
export const batchesAt = (search: BatchesSearch = {}) => at(`/the/dot${writeSearch(search)}`)
export const planAt = at('/the/dot/moi')

export const batchParts = ['to-make', 'to-check', 'done', 'out'] as const
export type BatchPart = (typeof batchParts)[number]
/** The part of the batch that is shown, and the work at hand. */
export type BatchSearch = { readonly loc?: BatchPart | undefined; readonly viec?: 'make' | 'check' | undefined }
export const batchSearch = ({ loc, viec }: Search): BatchSearch => ({
  loc: batchParts.find(one => one === loc),
  viec: viec === 'make' || viec === 'check' ? viec : undefined,
})
export const batchAt = (id: string, search: BatchSearch = {}) => at(`/the/dot/${id}${writeSearch(search)}`)

export const blanksAt = at('/the/phoi')

export const boxStates = ['open', 'sealed', 'sent', 'received', 'counted'] as const
export type BoxesSearch = {
  readonly huong?: 'in' | 'out' | undefined
  readonly tt?: (typeof boxStates)[number] | undefined
  readonly loc?: 'missing' | 'unexpected' | undefined
}
export const boxesSearch = ({ huong, tt, loc }: Search): BoxesSearch => ({
  huong: huong === 'in' || huong === 'out' ? huong : undefined,
  tt: boxStates.find(one => one === tt),
  loc: loc === 'missing' ? loc : loc === 'unexpected' || loc === 'stray' ? 'unexpected' : undefined,
})
export const boxesAt = (search: BoxesSearch = {}) => at(`/the/thung${writeSearch(search)}`)
export const boxAt = (id: string) => at(`/the/thung/${id}`)
export const labelAt = (id: string) => at(`/the/thung/${id}/nhan`)

export const giveAt = at('/the/trao')
export const listsAt = at('/the/trao/danh-sach')
export const oldCardsAt = at('/the/trao/the-cu')
export const newListAt = at('/the/trao/danh-sach/moi')
export const handOverListAt = (id: string) => at(`/the/trao/danh-sach/${id}`)
export const giveSheetAt = (id: string) => at(`/the/trao/danh-sach/${id}/in`)
