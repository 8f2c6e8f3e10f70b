import { parse } from 'csv-parse/sync'
import { type Random, type Shares, sharesOf } from '../random.ts'
import { officialTable, ownTable } from '../shipped.ts'

/** A commune of Quảng Ninh in 2023, with how many live there (thousands) and of which peoples. */
export type Commune = {
  readonly code: string
  readonly name: string
  readonly district: string
  readonly districtName: string
  readonly thousands: number
  readonly peoples: Shares<string>
  /** The law gives highland and island communes longer (domain.md 2C); cards reach them later too. */
  readonly isRemote: boolean
}

/** The official table of units, passed on as it is. */
export const unitsCsv = officialTable('units.csv')
export const unitCount = (parse(unitsCsv, { columns: true }) as unknown[]).length

const districtNames = new Map(
  (parse(unitsCsv, { columns: true }) as { code: string; name: string; level: string; valid_from: string }[])
    .filter(({ level, valid_from }) => level === 'district' && valid_from === '')
    .map(({ code, name }) => [code, name] as const),
)

const remoteDistricts = new Set(['198', '202', '203', '207'])

export const communes: readonly Commune[] = (
  parse(ownTable('communes.csv'), { columns: true }) as Record<
    'code' | 'name' | 'district' | 'thousands' | 'peoples',
    string
  >[]
).map(row => ({
  code: row.code,
  name: row.name,
  district: row.district,
  districtName: districtNames.get(row.district)!,
  thousands: Number(row.thousands),
  peoples: sharesOf(row.peoples),
  isRemote: remoteDistricts.has(row.district) || /dao:[4-9]/.test(row.peoples),
}))

const isTown = (commune: Commune) => !commune.name.startsWith('Xã')

/** Where a household lives, below the commune: 'Số 12, đường Trần Phú, tổ 5, khu 3' or 'Thôn Đông'. */
export function addressIn(
  commune: Commune,
  random: Random,
  words: { streets: readonly string[]; villages: readonly string[] },
): string {
  if (!isTown(commune)) return `Thôn ${random.chance(0.6) ? random.pick(words.villages) : random.between(1, 12)}`

  const group =
    `tổ ${random.between(1, 14)}, khu ${random.between(1, 9)}` + `${random.chance(0.2) ? random.pick(['A', 'B']) : ''}`
  if (random.chance(0.6)) return `T${group.slice(1)}`
  return `Số ${random.between(1, 480)}, đường ${random.pick(words.streets)}, ${group}`
}

/**
 * What is told of in detail, by the code of its commune: how many times more people than its share of the province it
 * has, and which share of its households are temporary residents, where that is not the usual one.
 */
export type Emphasis = ReadonlyMap<string, { readonly times: number; readonly temporary?: number }>
export const noEmphasis: Emphasis = new Map()

/** How large a commune counts. */
export const sizeOf = ({ code, thousands }: Commune, emphasis: Emphasis) => thousands * (emphasis.get(code)?.times ?? 1)

/** Shares out `people` by size, to the last person. */
export function peopleByCommune(people: number, emphasis: Emphasis = noEmphasis): ReadonlyMap<string, number> {
  const sum = communes.reduce((total, commune) => total + sizeOf(commune, emphasis), 0)
  const exact = communes.map(commune => ({
    code: commune.code,
    share: (people * sizeOf(commune, emphasis)) / sum,
  }))
  const counts = new Map(exact.map(({ code, share }) => [code, Math.floor(share)]))
  const left = people - [...counts.values()].reduce((total, count) => total + count, 0)
  const byRest = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1))
  for (const { code } of byRest.slice(0, left)) counts.set(code, counts.get(code)! + 1)
  return counts
}
