import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

/** Addresses of the pages about personal data; what stands in them names nobody. */

const whiches = ['open', 'mine', 'ended'] as const
export type Which = (typeof whiches)[number]
export const whichOf = (text: string | undefined): Which => whiches.find(one => one === text) ?? 'open'

export const requestsSearch = ({ loai, sau }: Search) => ({ loai, sau })
export const requestsAt = (search: { readonly loai?: string; readonly sau?: string } = {}) =>
  `${at('/dan-cu/yeu-cau')}${writeSearch(search)}`
export const requestAt = (id: string) => at(`/dan-cu/yeu-cau/${id}`)
export const breachesPath = at('/quan-tri/vi-pham')
