import {
  Clock3,
  Download,
  Eye,
  House,
  LogOut,
  type LucideIcon,
  Moon,
  School,
  Search as SearchIcon,
  Star,
  Timer,
  UserRound,
  Users,
} from 'lucide-react'
import type {
  inspectedOfficers,
  inspectionOverview,
  listPatterns,
  patternReadings,
} from '../../../src/inspection/contract.ts'
import { type PatternRule, rules } from '../../../src/inspection/pattern.ts'
import type { Answer } from '../../parts/call.ts'
import type { ChipKind } from '../../parts/chip.tsx'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Overview = Answer<typeof inspectionOverview>
export type OfficerRow = Answer<typeof inspectedOfficers>['officers'][number]
export type Pattern = Answer<typeof listPatterns>['patterns'][number]
export type Reading = Answer<typeof patternReadings>['readings'][number]

const keys = ['luat', 'cb', 'nep', 'dv', 'tu', 'den'] as const
export type InspectionSearch = { readonly [Key in (typeof keys)[number]]?: string | undefined }
export const inspectionSearch = (search: Search): InspectionSearch =>
  Object.fromEntries(keys.map(key => [key, search[key]]))
export const inspectionAt = (search: InspectionSearch = {}) => at(`/kiem-toan${writeSearch(search)}`)
export const inspectionPaperAt = (search: InspectionSearch) => at(`/kiem-toan/in${writeSearch(search)}`)

const trailKeys = ['cb', 'dv', 'tu', 'den', 'loai', 'viec', 'nep'] as const
export type TrailSearch = { readonly [Key in (typeof trailKeys)[number]]?: string | undefined }
export const trailSearch = (search: Search): TrailSearch => Object.fromEntries(trailKeys.map(key => [key, search[key]]))
export const trailAt = (search: TrailSearch) => at(`/kiem-toan/nhat-ky${writeSearch(search)}`)

export const ruleIn = (text: string | undefined): PatternRule | undefined => rules.find(one => one === text)

/** What an address says of days and unit, as the doors take it. */
export const spanQuery = ({ tu, den, dv }: Pick<InspectionSearch, 'tu' | 'den' | 'dv'>) => ({
  ...(tu && { from: tu }),
  ...(den && { to: den }),
  ...(dv && { unit: dv }),
})

/** How a rule is marked: grave ones as late, the others as waiting for an answer. */
export const ruleMarks: Readonly<Record<PatternRule, { readonly kind: ChipKind; readonly icon: LucideIcon }>> = {
  'off-hours': { kind: 'late', icon: Moon },
  strangers: { kind: 'late', icon: Users },
  together: { kind: 'late', icon: Users },
  quick: { kind: 'late', icon: Timer },
  'own-kin': { kind: 'waiting', icon: House },
  leaving: { kind: 'waiting', icon: LogOut },
  searches: { kind: 'waiting', icon: SearchIcon },
  exported: { kind: 'waiting', icon: Download },
  released: { kind: 'late', icon: School },
  'released-together': { kind: 'late', icon: School },
  'one-person': { kind: 'waiting', icon: Eye },
  'many-officers': { kind: 'waiting', icon: UserRound },
  'known-person': { kind: 'waiting', icon: Star },
}

export const askedMark = Clock3

/** The share in whole per cent, floored: 94,29 of a hundred is 94. */
export const shareOf = (part: number, whole: number) => (whole > 0 ? Math.floor((part / whole) * 100) : 0)
