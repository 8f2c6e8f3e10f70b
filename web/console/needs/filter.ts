import { type ListBasis, listBases, type Need, needs } from '../../../src/campaign/need-codes.ts'
import { asDay } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { examYearsOn } from '../../../src/rolls/law.ts'
import { at } from '../base/navigation.ts'
import { listed, type Search, writeSearch } from '../base/search.ts'

/** What a list is filtered by, as the address holds it; nothing personal. */
export type ListSearch = {
  readonly can?: string | undefined
  readonly sinh?: string | undefined
  readonly truong?: string | undefined
  readonly lop?: string | undefined
  readonly theo?: string | undefined
  readonly ngay?: string | undefined
  readonly donvi?: string | undefined
  /** What the rows are ordered by. */
  readonly xep?: string | undefined
}

export const listSearch = (search: Search): ListSearch => {
  const { can, sinh, truong, lop, theo, ngay, donvi, xep } = search
  return { can, sinh, truong, lop, theo, ngay, donvi, xep }
}

/** Stands in the address where no year of birth narrows the list. */
export const allYears = 'tat-ca'

/** The list is of those who sit the exams of the school year, unless the address says otherwise. */
export const examYears = (day: string): string => examYearsOn(asDay(day), builtInLaw).join(',')

export const withExamYears = (search: ListSearch, today: string): ListSearch => ({
  ...search,
  sinh: search.sinh ?? examYears(search.ngay ?? today),
})

export const isBasis = (text: string | undefined): text is ListBasis => listBases.some(basis => basis === text)
const isNeed = (text: string): text is Need => needs.some(need => need === text)

/** The same filter as the doors ask for it. `without` leaves parts out: the margin counts what could be chosen. */
export function asQuery(search: ListSearch, without: readonly (keyof ListSearch)[] = []) {
  const of = (key: keyof ListSearch) => (without.includes(key) ? undefined : search[key])
  const query = {
    basis: isBasis(search.theo) ? search.theo : undefined,
    unit: of('donvi'),
    schools: of('truong') ? [...listed(of('truong'))] : undefined,
    classes: of('lop') ? [...listed(of('lop'))] : undefined,
    born: of('sinh') && of('sinh') !== allYears ? listed(of('sinh')).map(Number) : undefined,
    needs: of('can') ? listed(of('can')).filter(isNeed) : undefined,
    day: of('ngay'),
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as {
    [Key in keyof typeof query]?: Exclude<(typeof query)[Key], undefined>
  }
}

/** The address of the list with this filter. Every number of a page links to one. */
export const listAt = (search: ListSearch, page = '/danh-sach') => at(`${page}${writeSearch(search)}`)
