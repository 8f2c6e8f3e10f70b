import { type Random, shares } from '../random.ts'
import { ownTable } from '../shipped.ts'

export type Quality = 'good' | 'fair' | 'poor'
type ByQuality = readonly [good: number, fair: number, poor: number]
export type DamageProfile = {
  qualities: Record<Quality, number>
  school: Record<string, ByQuality>
  row: Record<string, ByQuality>
}

export const damageProfile = JSON.parse(ownTable('damage.json')) as DamageProfile

const qualities = shares(Object.entries(damageProfile.qualities) as [Quality, number][])
export const drawQuality = (random: Random) => qualities.draw(random)
const columnOf: Record<Quality, number> = { good: 0, fair: 1, poor: 2 }

/** What may befall a roll: how carefully the school keeps it, and a factor on every rate of the profile. */
export type Hazard = { readonly quality: Quality; readonly factor: number }

const scaled = (rates: ByQuality, { quality, factor }: Hazard) => Math.min(1, rates[columnOf[quality]]! * factor)
export const rateOf = (kind: string, hazard: Hazard) => scaled(damageProfile.row[kind]!, hazard)

/** Of each of these only one can hold. */
const exclusive = [
  ['number-column-numeric', 'number-column-scientific', 'number-column-apostrophe'],
  ['birth-column-serial', 'birth-column-us-locale', 'birth-column-short'],
  ['font-tcvn3', 'font-tcvn3-capitals', 'font-vni', 'names-nfd'],
] as const

export function schoolDamage(random: Random, hazard: Hazard): ReadonlySet<string> {
  const kinds = new Set(
    Object.entries(damageProfile.school).flatMap(([kind, rates]) =>
      random.next() < scaled(rates, hazard) ? [kind] : [],
    ),
  )
  for (const group of exclusive) {
    const held = group.filter(kind => kinds.has(kind))
    for (const kind of held.slice(1)) kinds.delete(kind)
  }
  return kinds
}
