import type { partyList, partyOne } from '../../../src/parties/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import type { Search } from '../base/search.ts'

export type PartyHead = Answer<typeof partyList>['parties'][number]
export type Party = Answer<typeof partyOne>
export type Client = Party['clients'][number]
export type Version = Client['versions'][number]
export type Settings = Version['settings']

export const partyAt = (id: string) => at(`/quan-tri/ben-lien-ket/${id}`)
export const flightAt = (code?: string) => at(`/quan-tri/ma-yeu-cau${code ? `?ma=${encodeURIComponent(code)}` : ''}`)

export const flightSearch = ({ ma }: Search) => ({ ma })
