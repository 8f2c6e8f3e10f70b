import type { Search } from '../base/search.ts'

const keys = ['cd', 'dv', 'ngay', 'gop', 'truong', 'lop'] as const
export type RiskSearch = { readonly [Key in (typeof keys)[number]]?: string | undefined }
export const riskSearch = (search: Search): RiskSearch => Object.fromEntries(keys.map(key => [key, search[key]]))
