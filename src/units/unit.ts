import { createHash } from 'node:crypto'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

export type UnitId = Id<'unit'>

/** From the top down; a commune stands below a district, or since 1 July 2025 below its province. */
export const levels = ['province', 'district', 'commune'] as const
export type UnitLevel = (typeof levels)[number]

/** The levels that a unit of each level may stand below. */
export const levelsAbove: Record<UnitLevel, readonly UnitLevel[]> = {
  province: [],
  district: ['province'],
  commune: ['district', 'province'],
}

/** The days from `validFrom` (absent = since ever) to the day before `validTo` (absent = still so). */
export type Period = { readonly validFrom?: Day | undefined; readonly validTo?: Day | undefined }

/** A unit under one name, rank and code. Its parent is a code, since which unit bears that code depends on the day. */
export type UnitRecord = Period & {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly level: UnitLevel
  readonly parentCode?: string | undefined
}

/** A unit as it stands on a day. */
export type Unit = Period & {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly level: UnitLevel
  readonly parentId?: UnitId | undefined
}

/** What became of a unit: all of it, a part of it, or the rest went to the new one. */
export type Extent = 'whole' | 'part' | 'rest'
export type Succession = {
  readonly oldId: UnitId
  readonly newId: UnitId
  readonly effectiveOn: Day
  readonly extent: Extent
  readonly source: string
}

/** The police of an administrative unit. */
export type PoliceUnit = Period & { readonly id: Id<'police-unit'>; readonly unitId: UnitId; readonly name: string }

export const standsOn = ({ validFrom, validTo }: Period, day: Day) =>
  (!validFrom || validFrom <= day) && (!validTo || day < validTo)

export const periodsOverlap = (a: Period, b: Period) =>
  (!a.validTo || !b.validFrom || b.validFrom < a.validTo) && (!b.validTo || !a.validFrom || a.validFrom < b.validTo)

/**
 * The first day of a period that none of the others covers: 'ever' where that is before all of them; undefined where
 * they cover it whole.
 */
export function firstGap(period: Period, others: readonly Period[]): Day | 'ever' | undefined {
  let reached = period.validFrom
  const rest = [...others].sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))
  for (const other of rest) {
    if (other.validFrom && (!reached || other.validFrom > reached)) return reached ?? 'ever'
    if (!other.validTo) return undefined
    if (!reached || other.validTo > reached) reached = other.validTo
    if (period.validTo && reached >= period.validTo) return undefined
  }
  return reached ?? 'ever'
}

/**
 * A UUID computed from what it names (version 8, RFC 9562 section 5.8), so that all houses give a public thing the same
 * id.
 */
export function derivedId<Kind extends string>(...parts: string[]): Id<Kind> {
  const hash = createHash('sha256').update(parts.join('|')).digest('hex')
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16)
  return (`${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-` +
    `${hash.slice(20, 32)}`) as Id<Kind>
}

export const unitIdOf = (code: string, validFrom?: Day): UnitId => derivedId('unit', code, validFrom ?? '')
