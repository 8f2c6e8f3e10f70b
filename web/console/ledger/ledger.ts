import { asDay } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { firstYearOn } from '../../../src/rolls/law.ts'
import { type LedgerList, ledgerLists, type listEntries } from '../../../src/rolls/ledger/contract.ts'
import { type RollKind, rollKinds } from '../../../src/rolls/roll.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'

export type Entry = Answer<typeof listEntries>['entries'][number]

/** What is shown of the ledger, as the address holds it: the year, pupils or candidates, a school, one of the lists. */
export type LedgerSearch = {
  readonly nam?: string | undefined
  readonly loai?: RollKind | undefined
  readonly truong?: string | undefined
  readonly nhom?: LedgerList | undefined
}
export const ledgerSearch = ({ nam, loai, truong, nhom }: Search): LedgerSearch => ({
  nam,
  loai: rollKinds.find(one => one === loai),
  truong,
  nhom: ledgerLists.find(one => one === nhom),
})
export const ledgerAt = (search: LedgerSearch = {}) => at(`/ra-soat/so${writeSearch(search)}`)

/** How the door is asked for what the address says. */
export const askedBy = ({ nam, loai, truong }: LedgerSearch) => ({
  ...(nam && { schoolYear: nam }),
  ...(loai && { kind: loai }),
  ...(truong && { schoolId: truong }),
})

/** The school year in which a day falls, with those beside it; from August on it is the one that comes. */
export function schoolYears(today: string): readonly string[] {
  const first = firstYearOn(asDay(today), builtInLaw)
  return [first, first - 1, first + 1].map(year => `${year}-${year + 1}`)
}
