import type { accountFunnel, listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { type AccountQueue, accountQueues } from '../../../src/accounts/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Row = Answer<typeof listAccounts>['accounts'][number]
export type Account = Answer<typeof showAccount>
export type FunnelAnswer = Answer<typeof accountFunnel>

/** How a request came, as filters name it. */
const ways = ['desk', 'session', 'application', 'self'] as const
export type Way = (typeof ways)[number]
export const wayChoices: readonly Way[] = ways

/**
 * Which accounts are gone through, as the address holds it: queue, unit, way, level. Never a name, a number or a phone.
 */
export type AccountSearch = {
  readonly hang?: AccountQueue | undefined
  readonly donvi?: string | undefined
  readonly nguon?: Way | undefined
  readonly muc?: '1' | '2' | undefined
}
export const accountSearch = ({ hang, donvi, nguon, muc }: Search): AccountSearch => ({
  hang: accountQueues.find(one => one === hang),
  donvi,
  nguon: ways.find(one => one === nguon),
  muc: muc === '1' || muc === '2' ? muc : undefined,
})

/** What the doors are asked with. */
export const asQuery = ({ donvi, nguon, muc }: AccountSearch) => ({
  ...(donvi && { unit: donvi }),
  ...(nguon && { via: nguon }),
  ...(muc && { level: Number(muc) }),
})

export const accountsAt = (search: AccountSearch = {}, page = '') => at(`/tai-khoan${page}${writeSearch(search)}`)
export const accountAt = (id: string, search: AccountSearch = {}) => at(`/tai-khoan/${id}${writeSearch(search)}`)
export const accountSheetAt = (id: string) => at(`/tai-khoan/${id}/in`)
export const answerAt = (id: string, demand: string) => at(`/tai-khoan/${id}/tra-loi/${demand}`)
