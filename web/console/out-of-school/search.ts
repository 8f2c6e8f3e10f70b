import type { outOfSchoolFigures, outOfSchoolList } from '../../../src/out-of-school/contract.ts'
import {
  type AgeGroup,
  ageGroups,
  type HomeComparison,
  type HomeKind,
  homeComparisons,
  homeKinds,
  type MoveKind,
  moveKinds,
  type OutOfSchoolCase,
  outOfSchoolCases,
} from '../../../src/out-of-school/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { at } from '../base/navigation.ts'
import { listed, type Search, writeSearch } from '../base/search.ts'

export type Figures = Answer<typeof outOfSchoolFigures>
export type Child = Answer<typeof outOfSchoolList>['people'][number]

/** What the list is filtered by, as the address holds it; nothing personal. */
const keys = ['mat', 'xa', 'sinh', 'gioi', 'tuoi', 'noi', 'chuyen', 'du', 'theo', 'ngay', 'nam', 'donvi'] as const
export type AttendanceSearch = { readonly [Key in (typeof keys)[number]]?: string | undefined }

export const attendanceSearch = (search: Search): AttendanceSearch =>
  Object.fromEntries(keys.map(key => [key, search[key]]))

const among = <Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined =>
  words.find(word => word === text)

/** The case in the address; who is on nobody's roll, where it names none. */
export const caseOf = ({ mat }: AttendanceSearch): OutOfSchoolCase => among(outOfSchoolCases, mat) ?? 'absent'

/** The same filter as the doors ask for it. `without` leaves parts out: the margin counts what could be chosen. */
export function asQuery(search: AttendanceSearch, without: readonly (keyof AttendanceSearch)[] = []) {
  const of = (key: keyof AttendanceSearch) => (without.includes(key) ? undefined : search[key])
  const query = {
    home: among<HomeKind>(homeKinds, search.theo),
    unit: search.donvi,
    schoolYear: search.nam,
    day: search.ngay,
    cases: without.includes('mat') ? undefined : [caseOf(search)],
    commune: of('xa'),
    born: of('sinh') ? listed(of('sinh')).map(Number) : undefined,
    sex: among<'M' | 'F'>(['M', 'F'], of('gioi')),
    group: among<AgeGroup>(ageGroups, of('tuoi')),
    said: among<HomeComparison>(homeComparisons, of('noi')),
    moved: among<MoveKind>(moveKinds, of('chuyen')),
    unreported: of('du') ? of('du') === 'chua' : undefined,
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as {
    [Key in keyof typeof query]?: Exclude<(typeof query)[Key], undefined>
  }
}

/** Whatever narrows the list within a case. */
export const narrowings = ['xa', 'sinh', 'gioi', 'tuoi', 'noi', 'chuyen', 'du'] as const

export const attendanceAt = (search: AttendanceSearch, page = '/danh-sach/pho-cap') =>
  at(`${page}${writeSearch(search)}`)
